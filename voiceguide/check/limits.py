"""The thresholds of the rules, in one table; a routine may set its own in its front matter, `check: {longest silence: 240}`."""

from collections.abc import Mapping
from dataclasses import dataclass

Limits = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Limit:
    """What a rule allows: the usual `value`, its `unit`, and its `meaning`."""

    value: float
    unit: str
    meaning: str


LIMITS: dict[str, Limit] = {
    "sides differ": Limit(10, "percent", "left and right may differ by this much in working time (R01)"),
    "sides differ a little": Limit(5, "percent", "from here on it is worth a warning (R01)"),
    "turns differ": Limit(2, "percent", "the turns of two people may differ by this much (R01)"),
    "warm-up": Limit(90, "seconds", "light work in an area before firm work there (R02)"),
    "firm": Limit(6, "of ten", "from this pressure on, work is firm (R03, R10)"),
    "without question": Limit(300, "seconds", "firm work, and the first touch, without a check-in (R03)"),
    "between questions": Limit(120, "seconds", "at least this lies between two check-ins (R04)"),
    "touch per question": Limit(180, "seconds", "on average, at least this much touch belongs to a check-in (R04)"),
    "longest tapping": Limit(60, "seconds", "tapping lasts no longer (R08)"),
    "hardest": Limit(7, "of ten", "no pressure is higher (R09)"),
    "longest press": Limit(90, "seconds", "one spot is pressed no longer (R10)"),
    "longest firm press": Limit(60, "seconds", "one spot is pressed firmly no longer (R10)"),
    "shortest press": Limit(20, "seconds", "a shorter press does little (R10)"),
    "longest set": Limit(120, "seconds", "one set with a roller or a ball (R11)"),
    "most sets": Limit(3, "sets", "of an area with a roller or a ball (R11)"),
    "longest cue": Limit(20, "seconds", "one paragraph spoken without a rest (R12)"),
    "far too long a cue": Limit(30, "seconds", "from here on it is an error (R12)"),
    "longest sentence": Limit(22, "words", "one sentence (R12)"),
    "longest paragraph": Limit(55, "words", "one paragraph without a rest (R12)"),
    "longest run": Limit(30, "seconds", "speech without a pause of two seconds (R13)"),
    "longest silence": Limit(180, "seconds", "without a word, a breath tone, a beat or a bell (R14)"),
    "longest silence, eyes closed": Limit(90, "seconds", "the same, once the eyes are closed (R14)"),
    "fastest": Limit(145, "words a minute", "of a passage, gaps included (R15)"),
    "far too fast": Limit(165, "words a minute", "from here on it is an error (R15)"),
    "slowest": Limit(95, "words a minute", "of a passage, gaps included (R15)"),
    "densest": Limit(70, "words a minute", "of a whole session of massage (R16)"),
    "densest rest": Limit(95, "words a minute", "of a whole session of rest (R16)"),
    "change of side": Limit(5, "seconds", "to change sides (R17)"),
    "turning over": Limit(10, "seconds", "to turn over or lie down (R17)"),
    "standing up": Limit(20, "seconds", "to come from lying to standing (R17)"),
    "needs a breath": Limit(480, "seconds", "a routine of this length has breathing in it (R19)"),
    "closing": Limit(45, "seconds", "light strokes or stillness at the end (R22)"),
    "last word": Limit(8, "seconds", "from the last word to the end of the sound (R22)"),
    "time to answer": Limit(5, "seconds", "after a question (R23)"),
    "time to notice": Limit(4, "seconds", "after being asked to notice something (R23)"),
    "strong oil": Limit(2, "percent", "essential oil in a blend (R26)"),
    "too strong oil": Limit(3, "percent", "from here on it is an error (R26)"),
    "most we": Limit(2, "times", "we, us and let's in a routine (R27)"),
    "most orders": Limit(70, "percent", "of the sentences to the receiver may be orders (R27)"),
    "without posture": Limit(420, "seconds", "of giving without a word for the giver's own posture (R28)"),
    "without head turn": Limit(480, "seconds", "face down without a word to turn the head (R29)"),
    "fastest strokes": Limit(12, "a minute", "gliding strokes (R31)"),
    "fastest passes": Limit(20, "a minute", "passes of a roller (R31)"),
    "total differs": Limit(3, "percent", "what is said about the length and what it is (R32)"),
    "same words": Limit(300, "seconds", "the same words thrice within this time (R34)"),
}


def usual() -> dict[str, float]:
    """Every threshold at its usual value."""
    return {name: limit.value for name, limit in LIMITS.items()}
