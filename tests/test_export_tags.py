import errno

import pytest
from mutagen import MutagenError

from voiceguide.export.tags import Mark, Tags, clean, marks, retold
from voiceguide.plan.timeline import Chapter


def test_chapters_are_sections_and_never_nameless() -> None:
    chapters = [Chapter("Arrive\n\x1b[31m", 0, 10, 1), Chapter("Inner", 2, 5, 3, level=2), Chapter("\u202e", 10, 20, 9)]
    assert marks(chapters) == (Mark("Arrive [31m", 0, 10), Mark("Part 2", 10, 20))
    assert marks([]) == ()


def test_tags_are_one_clean_line_each() -> None:
    assert clean(Tags("A\tb\x00", b"picture", artist="\u202eC\n", album=" ")) == Tags("A b", b"picture", artist="C", album="")


def raise_through(error: Exception, cause: Exception | None) -> None:
    with retold():
        raise error from cause


def test_a_fault_of_the_disk_comes_out_as_what_it_was() -> None:
    full = OSError(errno.ENOSPC, "full")
    for error, cause in ((MutagenError("x"), full), (MutagenError(full), None)):
        with pytest.raises(OSError, match="full"):
            raise_through(error, cause)
    with pytest.raises(MutagenError):
        raise_through(MutagenError("not a fault of the disk"), None)
