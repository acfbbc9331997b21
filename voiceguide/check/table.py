"""The rules, one row each: the words of `rules.toml` and the function that looks. The reference for `check --explain`."""

import tomllib
from importlib.resources import files
from typing import Any

from voiceguide.check import care, claims, firmness, safety, sides, speech, sums, touch, work
from voiceguide.check.rule import Look, Rule

LOOKS: dict[str, Look] = {
    "R01": sides.balance,
    "R02": firmness.warm_up,
    "R03": firmness.asked,
    "R04": firmness.asked_too_often,
    "R05": touch.bones,
    "R06": touch.roller_places,
    "R07": touch.roller_on_spine,
    "R08": touch.tapping_places,
    "R09": touch.hardest,
    "R10": work.pressed_spots,
    "R11": work.sets,
    "R12": speech.long_cues,
    "R13": speech.long_runs,
    "R14": speech.silences,
    "R15": speech.rates,
    "R16": speech.density,
    "R17": sides.changes,
    "R18": sides.whose_side,
    "R19": safety.breath,
    "R20": safety.agreement,
    "R21": safety.warnings,
    "R22": safety.ending,
    "R23": speech.answers,
    "R24": claims.promises,
    "R25": touch.neck,
    "R26": claims.oils,
    "R27": claims.tone,
    "R28": care.posture,
    "R29": care.head_turns,
    "R30": sums.speakable,
    "R31": work.beats,
    "R32": sums.totals,
    "R33": sums.dangling,
    "R34": speech.repeats,
}

SENTENCES = ("R05", "R06", "R07", "R08", "R09", "R24", "R25", "R26")
"""What a sentence can break by itself, whatever else stands in the routine."""


def _said() -> dict[str, Any]:
    return tomllib.loads(files("voiceguide.check").joinpath("rules.toml").read_text(encoding="utf-8"))


_WORDS = _said()

RULES: dict[str, Rule] = {
    name: Rule(id=name, look=look, **{**_WORDS["rules"][name], "sources": tuple(_WORDS["rules"][name]["sources"])})
    for name, look in LOOKS.items()
}
"""Every rule by its number."""

SOURCES: dict[int, str] = {int(number): source for number, source in _WORDS["sources"].items()}
"""What the numbers of a rule's sources stand for."""
