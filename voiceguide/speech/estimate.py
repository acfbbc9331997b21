"""How long a sentence will last, from its text alone: minutes are shared by this before anything is spoken.

A weighted sum of what can be counted in a text, in seconds at 170 words a minute. The weights were fitted by least squares to
120 sentences (tests/speech_sentences.txt) spoken at all speeds from 0.6 to 1.0, each voice by its own engine. On sentences left
out of the fit, one is off by 6 % and a section of 24 by 1.1 % (hibari) to 1.6 % (espeak), root mean square.
"""

import re
from functools import lru_cache

from voiceguide.speech.pace import words_a_minute
from voiceguide.speech.voice import split

REFERENCE = 170.0
LITTLE = "a an and are as at be by do does for from if in is it its let not of on or than that the them then there they this to"
COUNTED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"[aeiouyà-ÿ]+",
        r"\w",
        r"[,;:—…]",
        r"\S+",
        rf"\b(?:{LITTLE.replace(' ', '|')}|until|when|with|you|your)\b",
        r"\w\w[^\Waeiou]e\b",
        r"([a-z])\1|ck|th|sh|ch|wh|ng|gh|ph",
        r"ee|ea|oo|ou|ow|ai|ay|oi|oy|igh|ar|or|er|ir|ur|[aiou][bcdfgklmnprstvz]e\b",
    )
)
ESPEAK = (0.1489, -0.0009, 0.0605, 0.2695, 0.153, -0.1216, -0.0092, -0.0527, -0.031)
WEIGHTS = {
    "hibari": (0.1025, 0.0395, 0.0585, 0.228, 0.1365, -0.1293, -0.044, -0.0631, -0.0544),
    "pyttsx3": ESPEAK,
    "piper": (0.2808, 0.0422, 0.0492, 0.3959, 0.133, -0.1178, -0.0403, -0.0638, -0.0482),
}
TONE_CHARACTER = 1 / 14
SHORTEST = 0.2


def seconds(text: str, voice: str, speed: float) -> float:
    """Seconds of a normalised sentence in a voice at its own `speed`; a stranger's voice is taken to speak like espeak."""
    engine = split(voice)[0]
    if engine == "tone":
        return len(text) * TONE_CHARACTER / speed
    base, *weights = WEIGHTS.get(engine, ESPEAK)
    counted = sum(weight * count for weight, count in zip(weights, _counts(text), strict=True))
    return max(SHORTEST, base + counted) * REFERENCE / words_a_minute(voice, speed)


@lru_cache(maxsize=4096)
def _counts(text: str) -> tuple[int, ...]:
    return tuple(len(pattern.findall(text)) for pattern in COUNTED)
