"""The tone voice: a hum of known length for every text, for rehearsals and tests; it needs no engine and never fails."""

from voiceguide.audio import Mono
from voiceguide.speech.voice import VoiceInfo

RATE = 24_000
FRAMES_A_CHARACTER = RATE // 14
PITCH = 220.0


class Tone:
    """A steady hum, one fourteenth of a second for each character at speed 1."""

    rate = RATE
    lanes = 1

    def speak(self, text: str, speed: float) -> Mono:
        """round(len(text) * 1714 / speed) frames of a 220 Hz hum at -12 dBFS."""
        import numpy as np

        count = round(len(text) * FRAMES_A_CHARACTER / speed)
        return np.asarray(0.25 * np.sin(2 * np.pi * PITCH / RATE * np.arange(count)), np.float32)


def load(name: str) -> Tone:
    """The tone voice; it has only one."""
    return Tone()


def version(name: str) -> str:
    """Changes when the hum changes."""
    return "1"


def voices() -> list[VoiceInfo]:
    """The one voice there is."""
    return [VoiceInfo("tone", "tone", "", "a hum of known length, for rehearsals")]
