"""Rules about a finished sound: what was measured while it was written, held against what a listener can bear.

The bed counts under speech (WCAG 2.2, 1.4.7), loudness by EBU R128 as podcasts have it, the end by what listeners report.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from voiceguide.audio import RATE


@dataclass(frozen=True, slots=True)
class Sound:
    """What was measured: loudness of speech in LUFS, true peak in dBTP, the least margin of speech over the bed in LU and the
    line it was at, the frames of the last fade and from the last word to the end; None where there was nothing to measure."""

    mix: str
    speech: float | None
    peak: float | None
    margin: float | None
    line: int
    fade: int
    after_words: int | None


@dataclass(frozen=True, slots=True)
class SoundRule:
    """One rule: what it looks for, why, what to do; `broken` gives what was measured, in words, or nothing."""

    looks_for: str
    reason: str
    fix: str
    broken: Callable[[Sound], str]


SPEECH, SPREAD = -16.0, 1.0
PEAK = -1.0
CLEAR = 20.0
LEAST_FADE = LEAST_QUIET = 8 * RATE


def _bed(sound: Sound) -> str:
    if sound.mix != "clear" or sound.margin is None or sound.margin >= CLEAR:
        return ""
    return f"the bed is {sound.margin:.1f} LU under the words of line {sound.line}"


def _loudness(sound: Sound) -> str:
    off = sound.speech is not None and abs(sound.speech - SPEECH) > SPREAD
    return f"speech is at {sound.speech:.1f} LUFS" if off else ""


def _peak(sound: Sound) -> str:
    return f"the true peak is {sound.peak:.1f} dBTP" if sound.peak is not None and sound.peak > PEAK else ""


def _fade(sound: Sound) -> str:
    return f"the last fade takes {sound.fade / RATE:.1f} s" if sound.fade < LEAST_FADE else ""


def _cut(sound: Sound) -> str:
    short = sound.after_words is not None and sound.after_words < LEAST_QUIET
    return f"the sound ends {(sound.after_words or 0) / RATE:.1f} s after the last word" if short else ""


SOUND_RULES: dict[str, SoundRule] = {
    "A1": SoundRule(
        "a bed less than 20 LU under speech in the mix clear",
        "people with hearing loss lose the words",
        "lower the level of the soundscape",
        _bed,
    ),
    "A2": SoundRule(
        "speech that is not at -16 LUFS, give or take 1",
        "it is too loud or too soft beside other audio",
        "use another voice or mix",
        _loudness,
    ),
    "A3": SoundRule(
        "a true peak over -1 dBTP", "players and codecs distort it", "lower the loudest soundscape or recording", _peak
    ),
    "A4": SoundRule("a last fade under 8 s", "a sudden end undoes the calm", "leave more time at the end", _fade),
    "A5": SoundRule(
        "an end less than 8 s after the last word", "whoever rests is startled", "leave more time at the end", _cut
    ),
}
"""Every rule about the finished sound, by its number."""


def listened(sound: Sound) -> Iterator[str]:
    """What is wrong with a finished sound, a sentence each."""
    for number, rule in SOUND_RULES.items():
        if told := rule.broken(sound):
            yield f"{number}: {told}, because {rule.reason}; try: {rule.fix}"
