"""How long a sentence will last, from its text alone: what minutes are shared by before anything is spoken."""

import re

from voiceguide.speech.pace import words_a_minute

VOWELS = re.compile(r"[aeiouyà-ÿ]+", re.IGNORECASE)
REFERENCE = 155.0
BASE, WORD, SYLLABLE, COMMA = 0.25, 0.1, 0.2, 0.3


def seconds(text: str, voice: str, speed: float) -> float:
    """Estimated seconds of a normalised sentence in a voice at its own `speed`."""
    syllables = len(VOWELS.findall(text))
    commas = len(re.findall(r"[,;:—…]", text))
    words = len(text.split())
    return (BASE + WORD * words + SYLLABLE * syllables + COMMA * commas) * REFERENCE / words_a_minute(voice, speed)
