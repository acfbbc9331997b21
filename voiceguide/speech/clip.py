"""What is asked of a voice and what comes back, as values; and the FLAC form in which sound is kept."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import numpy as np

from voiceguide.audio import RATE, Mono
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

    file = BytesIO()
    steps = np.clip(np.round(sound * STEPS), -STEPS, STEPS - 1).astype(np.int16)
    soundfile.write(file, steps, RATE, format="FLAC", subtype="PCM_16")
    return file.getvalue()


def decode(data: bytes) -> Mono:
    """The sound in a FLAC file, float32 (n,), read-only: the same values whether it was spoken just now or long ago."""
    import soundfile

    sound: Mono = soundfile.read(BytesIO(data), dtype="float32")[0]
    sound.flags.writeable = False
    return sound


def length(data: bytes) -> int:
    """Frames in a FLAC file."""
    import soundfile

    return int(soundfile.info(BytesIO(data)).frames)
