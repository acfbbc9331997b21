import sys
import tomllib
from pathlib import Path

import pytest

from voiceguide import plugins
from voiceguide.errors import UsageError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def stranger(tmp_path, monkeypatch):
    """A package of somebody else's, installed: two voices, of which one needs a package that is not there."""
    info = tmp_path / "stranger-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\nProvides-Extra: whisper\n")
    lines = ("[voiceguide.voices]", "loud = stranger:loud", "whisper = stranger:whisper", "bare = stranger:whisper", "")
    (info / "entry_points.txt").write_text("\n".join(lines))
    (tmp_path / "stranger.py").write_text(
        "def loud(name):\n    return f'loud {name}'\n\ndef whisper():\n    import a_package_nobody_has\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("stranger", None)


def test_a_strangers_voice_is_found_and_loaded(stranger):
    assert {"loud", "whisper"} <= set(plugins.names("voices"))
    assert plugins.load("voices", "loud")("emma") == "loud emma"


def test_a_missing_extra_names_its_install(stranger):
    with pytest.raises(UsageError, match=r"'a_package_nobody_has'.*pip install 'stranger\[whisper\]'"):
        plugins.load("voices", "whisper")()


def test_a_missing_package_without_an_extra_says_so_too(stranger):
    with pytest.raises(UsageError, match="pip install --force-reinstall stranger"):
        plugins.load("voices", "bare")()


def test_an_unknown_name_gives_the_nearest(stranger):
    with pytest.raises(UsageError, match="did you mean 'whisper'"):
        plugins.load("voices", "wisper")


def test_an_empty_group_says_so():
    with pytest.raises(UsageError, match="there are: none"):
        plugins.load("layers", "anything")


def test_our_own_voices_are_registered_like_a_strangers():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["entry-points"]["voiceguide.voices"]) <= set(plugins.names("voices"))
