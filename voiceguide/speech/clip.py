"""What is asked of a voice and what comes back, as values; and the FLAC form in which sound is kept.

libsndfile reads and writes a file of its own, in memory where the system has such: called back from C for the bytes of a Python
object, an interrupt would be lost.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from tempfile import TemporaryFile
from typing import BinaryIO

import numpy as np

from voiceguide.audio import RATE, Mono
from voiceguide.errors import OutputError
from voiceguide.speech.finish import LEVEL
from voiceguide.speech.voice import version

FORM = "2"
STEPS = 1 << 15

version_of = cache(version)


@dataclass(frozen=True, slots=True)
class Utterance:
    """A sentence for an engine: normalised text, a voice, and the speed in that voice's own scale."""

    text: str
    voice: str
    speed: float

    @property
    def key(self) -> str:
        """The name of its clip in the cache, made of everything the sound depends on."""
        facts = [FORM, self.text, version_of(self.voice), self.voice, self.speed, LEVEL]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Clip:
    """A spoken sentence, so many frames at 48 kHz; `voice` really spoke, and `reason` says why when another was asked."""

    frames: int
    voice: str
    reason: str = ""
    key: str = ""


def encode(sound: Mono) -> bytes:
    """(n,) within -1..1 as a 16-bit FLAC file; the same bytes each time."""
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


def length(data: bytes) -> int:
    """Frames in a FLAC file."""
    import soundfile

    with _file(data) as file, soundfile.SoundFile(file.fileno(), closefd=False) as sound:
        return int(sound.frames)


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
