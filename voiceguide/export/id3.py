"""The tag in front of an MP3: ID3v2.3 with title, artist, album, cover, chapters (CHAP) and their table of contents (CTOC).

Written here because the order of chapters in the file is the order in which many players list them, and the tag library sorts
frames by size. Layout: id3.org, `id3v2.3.0` and `id3v2-chapters-1.0`.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from voiceguide.audio import RATE
from voiceguide.export.cover import media_type
from voiceguide.export.tags import Mark, Tags

UTF_16 = b"\x01"
FRONT_COVER = b"\x03"
TOP_LEVEL_IN_ORDER = 3
NOT_GIVEN = 2**32 - 1
MOST_CHAPTERS = 255
BATCH = 2**20


def write_tags(file: BinaryIO, tags: Tags, marks: Sequence[Mark]) -> None:
    """Put a tag in front of a finished file, whose bytes are moved back to make room."""
    _insert(file, tag(tags, marks))


def tag(tags: Tags, marks: Sequence[Mark]) -> bytes:
    """The whole tag. A table of contents can name 255 chapters; what is more is left out."""
    body = b"".join((*_about(tags), *_chapters(marks[:MOST_CHAPTERS])))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def _about(tags: Tags) -> Iterator[bytes]:
    for name, text in ((b"TIT2", tags.title), (b"TPE1", tags.artist), (b"TALB", tags.album)):
        if text:
            yield _text(name, text)
    picture = media_type(tags.cover).encode() + b"\0" + FRONT_COVER + _utf_16("cover") + b"\0\0" + tags.cover
    yield _frame(b"APIC", UTF_16 + picture)


def _chapters(marks: Sequence[Mark]) -> Iterator[bytes]:
    names = [b"chapter%d\0" % number for number in range(len(marks))]
    if names:
        yield _frame(b"CTOC", b"contents\0" + bytes([TOP_LEVEL_IN_ORDER, len(names)]) + b"".join(names))
    for name, mark in zip(names, marks, strict=True):
        place = struct.pack(">IIII", _milliseconds(mark.start), _milliseconds(mark.end), NOT_GIVEN, NOT_GIVEN)
        yield _frame(b"CHAP", name + place + _text(b"TIT2", mark.title))


def _text(name: bytes, text: str) -> bytes:
    return _frame(name, UTF_16 + _utf_16(text))


def _utf_16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


def _frame(name: bytes, content: bytes) -> bytes:
    return name + struct.pack(">IH", len(content), 0) + content


def _milliseconds(frames: int) -> int:
    return (frames * 1000 + RATE // 2) // RATE


def _insert(file: BinaryIO, front: bytes) -> None:
    """Move everything in the file back by the length of `front`, last bytes first, and write `front` before it."""
    end = file.seek(0, 2)
    while end > 0:
        start = max(0, end - BATCH)
        file.seek(start)
        moved = file.read(end - start)
        file.seek(start + len(front))
        file.write(moved)
        end = start
    file.seek(0)
    file.write(front)
