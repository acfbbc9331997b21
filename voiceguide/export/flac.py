"""FLAC, 16 or 24 bit: every sample of the WAV in two thirds of the space, with a checksum in every frame."""

import errno
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import numpy as np

from voiceguide.audio import RATE, Block, seconds
from voiceguide.export.cover import media_type
from voiceguide.export.tags import Mark, Tags, retold
from voiceguide.mix.dither import quantised

FRONT_COVER = 3


class Flac:
    """Encodes to a seekable file on disk, which stays open."""

    def __init__(self, file: BinaryIO, bits: int) -> None:
        import soundfile

        file.flush()
        self._bits, self._position = bits, 0
        self._descriptor = file.fileno()
        self._sound = soundfile.SoundFile(self._descriptor, "w", RATE, 2, f"PCM_{bits}", format="FLAC", closefd=False)

    def write(self, block: Block) -> None:
        """Dither and encode the next frames."""
        steps = quantised(block, self._position, self._bits)
        with _faults(self._descriptor):
            self._sound.write(steps.astype(np.int16) if self._bits == 16 else steps << (32 - self._bits))
        self._position += len(block)

    def close(self) -> None:
        """Complete the header."""
        with _faults(self._descriptor):
            self._sound.close()


def write_tags(file: BinaryIO, tags: Tags, marks: Sequence[Mark]) -> None:
    """Add Vorbis comments, chapters as CHAPTER000 and CHAPTER000NAME, and the cover to a finished file."""
    from mutagen.flac import FLAC, Picture

    with retold():
        file.seek(0)
        flac = FLAC(file)
        flac.tags.clear()
        flac.tags.extend(_comments(tags, marks))
        picture = Picture()
        picture.type, picture.mime, picture.desc, picture.data = FRONT_COVER, media_type(tags.cover), "cover", tags.cover
        flac.add_picture(picture)
        file.seek(0)
        flac.save(file)


def _comments(tags: Tags, marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    yield from ((name, text) for name, text in (("TITLE", tags.title), ("ARTIST", tags.artist), ("ALBUM", tags.album)) if text)
    for number, mark in enumerate(marks):
        minutes, rest = divmod(seconds(mark.start), 60)
        yield f"CHAPTER{number:03}", f"{int(minutes // 60):02}:{int(minutes % 60):02}:{rest:06.3f}"
        yield f"CHAPTER{number:03}NAME", mark.title


@contextmanager
def _faults(descriptor: int) -> Iterator[None]:
    """Turn the library's "system error" into what the system has to say, by asking it to write once more."""
    from soundfile import LibsndfileError

    try:
        yield
    except LibsndfileError as error:
        os.pwrite(descriptor, bytes(2**20), os.fstat(descriptor).st_size)
        raise OSError(errno.EIO, str(error)) from error
