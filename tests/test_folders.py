"""A person's folders, and what becomes of somebody without a home."""

import os
import pwd
from pathlib import Path

import pytest

from voiceguide import folders


def test_they_lie_where_the_system_keeps_such_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind))
    assert [folders.config(), folders.data(), folders.cache(), folders.state()] == [
        tmp_path / kind / "voiceguide" for kind in ("CONFIG", "DATA", "CACHE", "STATE")
    ]


def test_without_a_home_they_are_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a user number that the system does not know."""
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def unknown(number: int) -> pwd.struct_passwd:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    monkeypatch.chdir(tmp_path)
    for folder in (folders.config(), folders.data(), folders.cache(), folders.state()):
        assert not folder.exists()
        with pytest.raises(NotADirectoryError):
            os.makedirs(folder)  # noqa: PTH103
    assert list(tmp_path.iterdir()) == []
