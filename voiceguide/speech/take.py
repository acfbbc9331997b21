"""One take: a sentence spoken, judged, and finished as the FLAC that is kept.

It is made where the voice is, so that whoever asked for it needs no numpy, and a fifth of the octets cross between them.
"""

import numpy as np

from voiceguide.speech.checks import check
from voiceguide.speech.finish import finish
from voiceguide.speech.flac import encode
from voiceguide.speech.voice import Voice

PRACTICE = 8_000


def take(voice: Voice, text: str, speed: float, expected: float) -> tuple[bytes, float]:
    """A FLAC file, mono at 48 kHz, and how many dB its peaks were lowered by; `expected` is how many seconds it should last.

    Raises VoiceError for what is no speech, and whatever the voice raises."""
    sound = np.ravel(np.asarray(voice.speak(text, speed), np.float32))
    check(sound, voice.rate, expected)
    clip, lowered = finish(sound, voice.rate)
    return encode(clip), lowered


def practise() -> None:
    """Make everything ready that a take needs once it is spoken, so that the first one does not wait for it."""
    clip, _ = finish(np.sin(np.arange(PRACTICE, dtype=np.float32)), PRACTICE)
    encode(clip)
