"""What a file says about itself: title, artist, album, a cover, and chapters."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from voiceguide.cleantext import tag
from voiceguide.plan.timeline import Chapter

ARTIST = "voiceguide"


@dataclass(frozen=True, slots=True)
class Tags:
    """Plain text, one line each, empty when unknown; `cover` is a PNG or JPEG file, in bytes."""

    title: str
    cover: bytes
    artist: str = ARTIST
    album: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter as a file tells it: whole frames, a title that is never empty."""

    title: str
    start: int
    end: int


def clean(tags: Tags) -> Tags:
    """The same tags with nothing in them that could break a file or a terminal."""
    return Tags(tag(tags.title), tags.cover, tag(tags.artist), tag(tags.album))


def marks(chapters: Sequence[Chapter]) -> tuple[Mark, ...]:
    """The chapters of level 1, in order, those without a name numbered."""
    whole = [chapter for chapter in chapters if chapter.level == 1]
    return tuple(Mark(tag(each.title) or f"Part {number}", each.start, each.end) for number, each in enumerate(whole, 1))


@contextmanager
def retold() -> Iterator[None]:
    """Let a disk's fault come out of the tag library as the OSError it was."""
    from mutagen import MutagenError

    try:
        yield
    except MutagenError as error:
        cause = error.__cause__ or error.__context__ or (error.args[0] if error.args else None)
        if isinstance(cause, OSError):
            raise cause from error
        raise
