"""A scene is listened to once."""

from pathlib import Path

import pytest

from voiceguide import folders
from voiceguide.ambience.remembered import Loudness, remembered

FOUND = Loudness(-31.4159265358979, 2.71)


def unheard() -> Loudness:
    raise AssertionError("listened to again")


def test_what_was_heard_once_is_known() -> None:
    assert remembered(b"rain", lambda: FOUND) == FOUND
    assert remembered(b"rain", unheard) == FOUND
    with pytest.raises(AssertionError):
        remembered(b"other", unheard)


@pytest.mark.parametrize("content", [b"", b"[1]", b"{", b"\xff", b'["a", 2]', b"[null, 2]", b"[NaN, 2]"])
def test_an_entry_that_cannot_be_read_is_listened_to_again(content: bytes) -> None:
    remembered(b"rain", lambda: FOUND)
    (entry,) = (folders.cache() / "soundscapes").iterdir()
    entry.write_bytes(content)
    assert remembered(b"rain", lambda: FOUND) == FOUND
    assert remembered(b"rain", unheard) == FOUND


def test_where_nothing_can_be_kept_nothing_fails(own_home: Path) -> None:
    (own_home / ".cache").write_text("a file where the folder would be")
    assert remembered(b"rain", lambda: FOUND) == FOUND
