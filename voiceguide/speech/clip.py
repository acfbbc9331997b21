"""What is asked of a voice and what comes back, as values."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache

from voiceguide.speech.voice import version

FORM = "2"

LEVEL = -16.0
"""LUFS of everything that is said."""

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
