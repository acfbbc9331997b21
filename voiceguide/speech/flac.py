"""The FLAC form in which what is spoken is kept, 16 bits, 48 kHz.

libsndfile reads and writes a file of its own, in memory where the system has such: called back from C for the bytes of a Python
object, an interrupt would be lost. How long a sound is stands at the beginning of its file (RFC 9639, section 8.2) and needs
nobody to decode it: a player that only passes words on has no use for numpy, and is ready a tenth of a second sooner.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from voiceguide.audio import RATE, Mono
from voiceguide.errors import OutputError

STEPS = 1 << 15
MARK = b"fLaC"
COUNTED = slice(21, 26)
COUNT_BITS = 36
"""Where a file says how many frames it has: the last 36 bits of these bytes."""


def encode(sound: Mono) -> bytes:
    """(n,) within -1..1 as a 16-bit FLAC file; the same bytes each time."""
    import numpy as np
    import soundfile

    steps = np.clip(np.round(sound * STEPS), -STEPS, STEPS - 1).astype(np.int16)
    with _file() as file:
        soundfile.write(file.fileno(), steps, RATE, format="FLAC", subtype="PCM_16", closefd=False)
        file.seek(0)
        return file.read()


def decode(data: bytes) -> Mono:
    """The sound in a FLAC file, float32 (n,), read-only: the same values whether it was spoken just now or long ago."""
    import soundfile

    with _file(data) as file:
        sound: Mono = soundfile.read(file.fileno(), dtype="float32", closefd=False)[0]
    sound.flags.writeable = False
    return sound


def is_flac(data: bytes) -> bool:
    """Whether these may be such a file: its mark is there, and the count of its frames."""
    return data.startswith(MARK) and len(data) >= COUNTED.stop


def length(data: bytes) -> int:
    """Frames in a FLAC file that `encode` made."""
    return int.from_bytes(data[COUNTED]) & ((1 << COUNT_BITS) - 1)


@contextmanager
def _file(data: bytes = b"") -> Iterator[BinaryIO]:
    """A file in memory with these bytes. Raises OutputError where there is no room for it."""
    import soundfile

    try:
        with os.fdopen(os.memfd_create("clip"), "w+b") if hasattr(os, "memfd_create") else TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            yield file
    except (OSError, soundfile.SoundFileError) as error:
        words = f"a spoken sentence finds no room ({error}); free some memory, or space for temporary files"
        raise OutputError(words) from error
