"""What a passage is: how firm, where, with what. Its tags say it; where there are none, its words do."""

import re
from collections.abc import Iterator

from voiceguide.check.amounts import numbers
from voiceguide.check.clauses import asserted, told
from voiceguide.check.routine import Passage, Plan
from voiceguide.check.wording import Sense, of, says, words

FIRM, LIGHT = 6, 2
TOUCHLESS = ("rest", "breath", "breathing", "setup", "talk", "pause", "none")
_AREAS = {
    "low back": ("low back", "waist", "lumbar", "sacrum", "hips"),
    "shoulders": (
        "shoulder", "shoulders", "shoulder blade", "shoulder blades", "blade", "neck",
        "upper back", "trapezius", "beside the spine",
    ),
}  # fmt: skip
_A_PART_LIES = re.compile(r"\b(?:hands?|palms?|fingers?|fingertips|arms?|head|tongue)\s+(?:\w+\s+)?lies?\b", re.IGNORECASE)
_WHOLE = ("back", "full back", "whole back", "")
_BEHIND_A_GRADE = frozenset(["", ".", ",", ";", "!", "if", "on", "or", "when", "here", "at", "and", "for"])
_TENTHS = re.compile(r"\d+\s*/\s*10\b")
_SCALE = ("from one", "one to", "from 1", "1 to", "out of")


def pressure(passage: Passage) -> tuple[int, int] | None:
    """The lowest and highest pressure of a passage, from its tag or else its words; None where neither says."""
    if passage.tags.pressure:
        return passage.tags.pressure
    if not any(asserted(sentence, "handwork", "hard tool") for sentence in sentences_of(passage)):
        return None
    said = [number for sentence in sentences_of(passage) for number in spoken_pressure(sentence)]
    if said:
        return min(said), max(said)
    if any(asserted(sentence, "strong") and asserted(sentence, "press", "hard tool") for sentence in sentences_of(passage)):
        return FIRM, FIRM
    return (LIGHT, LIGHT) if any(asserted(sentence, "light") for sentence in sentences_of(passage)) else None


def spoken_pressure(text: str) -> Iterator[int]:
    """Numbers of pressure that a sentence asks for: "a pressure of nine", "eight out of ten", "go up to nine"."""
    said = words(text)
    for value, start, end in numbers(text):
        before = " ".join(word.text for word in said[max(0, start - 5) : start])
        after = " ".join(word.text for word in said[end : end + 3])
        asked = (
            any(word in before for word in ("pressure", "level", "intensity", "strength", "firmness"))
            or (
                f" {before}".endswith((" a", " an"))
                and not _described(text, end)
                and after.partition(" ")[0] in _BEHIND_A_GRADE
            )
            or _TENTHS.match(text, said[start].at)
            or after.startswith(
                (
                    "out of ten",
                    "out of 10",
                    "of ten",
                    "of 10",
                    "on the scale",
                    "on a scale",
                    "is enough",
                    "is plenty",
                    "is what you",
                    "is what they",
                )
            )
        )
        scale = any(words in before for words in _SCALE) or _of_ten(before)
        if asked and not scale and 0 < value <= 10 and value.is_integer() and told(text, Sense("number", start, end)):
            yield int(value)


def _described(text: str, end: int) -> bool:
    """`at an eight, people hold their breath`: told of others, not asked for."""
    return any(sense.start == end + 1 for sense in of(text, "others"))


def _of_ten(before: str) -> bool:
    """`three of ten`: a number of a scale, whose end is no pressure."""
    number, _, last = before.rpartition(" ")
    return last == "of" and any(True for _ in numbers(number.rpartition(" ")[2]))


def sentences_of(passage: Passage) -> tuple[str, ...]:
    """What is said in a passage, sentence by sentence."""
    return tuple(cue.text for cue in passage.cues if cue.track == "voice")


def touching(passage: Passage, *, partner: bool) -> bool:
    """Whether hands are at work in a passage."""
    if passage.tags.technique in TOUCHLESS and not (passage.tags.pressure and passage.tags.pressure[1] > 1):
        return False
    if passage.tags.pressure is not None:
        return passage.tags.pressure[1] > 0
    return partner and bool(passage.holds) and any(asserted(text, "handwork") for text in sentences_of(passage))


def giving(plan: Plan) -> list[Passage]:
    """The passages in which hands are at work."""
    return [passage for passage in plan.passages if touching(passage, partner=True)]


def covers(light: str, firm: str) -> bool:
    """Whether work in the area `light` warms the area `firm`."""
    first, second = _region(light), _region(firm)
    return first == second or first in _WHOLE or second in _WHOLE


def _region(area: str) -> str:
    tidy = area.lower().strip()
    return next((region for region, names in _AREAS.items() if tidy in names), tidy)


def tool(passage: Passage) -> str:
    """`roller`, `ball` or nothing: what the passage works with."""
    technique = passage.tags.technique
    tagged = next((name for name in ("roller", "ball") if name in technique or says(technique, name)), "")
    if tagged or (technique and technique != "rolling"):
        return tagged
    found = {sense.meaning for text in sentences_of(passage) for sense in asserted(text, "roller", "ball")}
    moving = technique == "rolling" or any(_moves(text) for text in sentences_of(passage))
    return next((name for name in ("roller", "ball") if name in found and moving), "")


def _moves(text: str) -> bool:
    return any(words(text)[sense.start].text not in ("roller", "rollers") for sense in asserted(text, "roll"))


def lies(text: str) -> bool:
    """Whether somebody is told to lie: not the hands."""
    return bool(asserted(_A_PART_LIES.sub("", text), "lying"))


def tapping(passage: Passage) -> bool:
    """Whether the passage is tapping."""
    if passage.tags.technique:
        return passage.tags.technique in ("tapping", "tapotement", "percussion", "cupping")
    return any(told(text, sense) for text in sentences_of(passage) for sense in of(text, "tap") if _is_verb(text, sense))


def pressing(passage: Passage) -> bool:
    """Whether the passage presses one spot and waits."""
    if passage.tags.technique:
        return passage.tags.technique in ("hold", "press", "pressing", "point", "press and hold", "compression")
    texts = sentences_of(passage)
    held = any(asserted(text, "hold") for text in texts) and any(says(text, "press", "hard tool", "spot") for text in texts)
    return held or all(any(asserted(text, meaning) for text in texts) for meaning in ("press", "spot", "staying"))


def _is_verb(text: str, sense: Sense) -> bool:
    before = words(text)[sense.start - 1].text if sense.start else ""
    return before not in ("one", "a", "the", "each", "every", "this", "that")
