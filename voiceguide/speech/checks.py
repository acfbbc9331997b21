"""Whether what a voice returned is speech at all: engines fail by silence, by garbage and by losing half a text."""

from voiceguide.audio import Mono, decibels
from voiceguide.errors import VoiceError

LOUDEST = 1.0
QUIETEST_DB = -50.0
SHORTEST, LONGEST = 0.4, 3.0
LEEWAY_SECONDS = 0.3


def check(sound: Mono, rate: int, expected_seconds: float) -> None:
    """Pass a sentence (n,) as speech, or raise VoiceError with the reason.

    Every value finite, none beyond full scale, RMS above -50 dBFS, length 0.4 to 3 times the expected, give or take 0.3 s.
    """
    import numpy as np

    seconds = len(sound) / rate
    if not len(sound):
        raise VoiceError("it returned no sound")
    if not np.isfinite(sound).all():
        raise VoiceError("it returned values that are no numbers")
    if float(np.abs(sound).max()) > LOUDEST:
        raise VoiceError("it returned values beyond full scale")
    if decibels(float(np.sqrt(np.mean(sound.astype(np.float64) ** 2)))) < QUIETEST_DB:
        raise VoiceError("it returned silence")
    if seconds < SHORTEST * expected_seconds - LEEWAY_SECONDS:
        raise VoiceError(f"it returned {seconds:.1f} s where about {expected_seconds:.1f} s were expected: words are missing")
    if seconds > LONGEST * expected_seconds + LEEWAY_SECONDS:
        raise VoiceError(f"it returned {seconds:.1f} s where about {expected_seconds:.1f} s were expected")
