"""Rules about promises, oil and tone: R24, R26 and R27."""

import re
from collections.abc import Iterator
from itertools import product

from voiceguide.check.amounts import counted
from voiceguide.check.clauses import affirmed, asserted, clause_of, denied, told, turned_by
from voiceguide.check.lexicon import VERBS
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Line, Routine
from voiceguide.check.rule import Finding
from voiceguide.check.wording import Sense, of, says, words

DROPS_PER_ML = 20
_WE = re.compile(r"\b(?:we|us|our|ours|let['’]s|we['’](?:re|ll|ve))\b", re.IGNORECASE)
_ML = {"ml": 1.0, "millilitre": 1.0, "milliliter": 1.0, "teaspoon": 5.0, "tablespoon": 15.0, "tsp": 5.0, "spoon": 5.0}
_HURT = "(?:wound|skin|cut|scar|fracture|bone|injur)"
_WOUND = re.compile(rf"\bhealing {_HURT}|\b{_HURT}\w* (?:is|are|has|have|was) (?:\w+ )?heal", re.IGNORECASE)


def promises(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R24: a promise that nobody can keep."""
    for line in routine.lines:
        if claimed := _claim(line.text):
            yield Finding(line.at, f"this claims more than is known: “{claimed}”")


def _claim(text: str) -> str:
    for sense in asserted(text, "certain"):
        if not _WOUND.search(text) and not denied(text, sense):
            return _words(text, sense.start, sense.end)
    for act, ailment in product(of(text, "curing"), of(text, "ailment")):
        if told(text, act) and 0 <= ailment.start - act.end <= 3 and not denied(text, act):
            return _words(text, act.start, ailment.end)
    for doing, thing in (("breaking", "tissue"), ("raising", "flow")):
        for act, what in product(of(text, doing), of(text, thing)):
            near = -2 <= what.start - act.end <= 6 or 0 <= act.start - what.end <= 3
            if near and clause_of(text, act) == clause_of(text, what) and told(text, act, what):
                return _words(text, min(act.start, what.start), max(act.end, what.end))
    return ""


def _words(text: str, start: int, end: int) -> str:
    return " ".join(word.text for word in words(text)[start:end])


def oils(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R26: essential oil too strong, undiluted, for those it is not for, or without asking about allergies."""
    used = [line for line in routine.lines if asserted(line.text, "essential")]
    for line in routine.lines:
        strength = _percent(line.text) if says(line.text, "essential", "carrier") else 0.0
        if strength > limits["strong oil"] and (says(line.text, "essential") or used):
            grave = strength > limits["too strong oil"]
            yield Finding(line.at, f"this blend has {strength:.1f} % of essential oil", None if grave else "warning")
        elif says(line.text, "essential") and _undiluted(line.text):
            yield Finding(line.at, "this puts essential oil on the skin undiluted")
        elif used and asserted(line.text, "essential") and _vulnerable(routine, line):
            yield Finding(line.at, "essential oils are not for pregnancy or for children")
    if used and not any(says(line.text, "allergy") for line in routine.lines):
        yield Finding(used[0].at, "essential oil is used, and nobody is asked about allergies")


def _undiluted(text: str) -> bool:
    """Neat on the skin, or told not to need a carrier, or "no need to dilute the lavender"."""
    neat = [sense for sense in asserted(text, "neat") if not denied(text, sense)]
    spared = [sense for sense in of(text, "diluting") if not told(text, sense)]
    essential = of(text, "essential")
    undone = any(
        turned_by(text, sense) == turned_by(text, oil) for sense in spared for oil in essential if oil.start > sense.start
    )
    return undone or (bool(neat or spared) and told(text, *essential[:1]))


def _percent(text: str) -> float:
    """Percent of essential oil in a blend, as said or as counted in drops."""
    said = [value for value, at in counted(text, "percent", "%", "per") if told(text, Sense("amount", at, at + 1))]
    drops = [value for value, _ in counted(text, "drop")]
    room = [value * _ML[unit] for unit in _ML for value, _ in counted(text, unit)]
    if drops and room:
        said.append(100 * drops[0] / DROPS_PER_ML / max(room))
    if len(room) > 1 and (poured := _poured(text)):
        said.append(100 * poured / max(room))
    return max(said, default=0.0)


def _poured(text: str) -> float:
    """Millilitres of essential oil where they are counted in no drops: "1 ml of lavender"."""
    starts = [oil.start for oil in of(text, "essential")]
    poured = [value * _ML[unit] for unit in _ML for value, at in counted(text, unit) if any(1 < n - at < 5 for n in starts)]
    return max(poured, default=0.0)


def _vulnerable(routine: Routine, line: Line) -> bool:
    about = f"{routine.front.title}. {routine.front.summary}"
    asked = line.before.endswith("?") and says(line.before, "vulnerable")
    named = any(affirmed(line.text, sense) for sense in of(line.text, "vulnerable"))
    return asked or says(about, "vulnerable") or (named and not says(line.text, "professional"))


def tone(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R27: we, orders, pet names, and words about the shape of a body."""
    spoken = [line for line in routine.lines if _WE.search(line.text)]
    if sum(len(_WE.findall(line.text)) for line in spoken) > limits["most we"]:
        yield Finding(spoken[0].at, f"“{_WE.findall(spoken[0].text)[0]}” takes the listener along unasked")
    for line in routine.lines:
        for meaning, why in _TONES.items():
            found = (of if meaning in ("shape", "pet") else asserted)(line.text, meaning)
            if found and not _other_sense(line.text, meaning, found[0]):
                yield Finding(line.at, f"“{_words(line.text, found[0].start, found[0].end)}” {why}")
                break
    heard = [line for line in routine.lines if line.to == "receiver" and not line.text.endswith("?")]
    orders = [line for line in heard if words(line.text) and words(line.text)[0].text in VERBS - {"let", "notice"}]
    if len(heard) >= 6 and 100 * len(orders) / len(heard) > limits["most orders"]:
        yield Finding(heard[0].at, f"{len(orders)} of {len(heard)} sentences to the receiver are orders")


_TONES = {
    "relax": "cannot be done on command",
    "must": "leaves no choice",
    "pet": "is too familiar",
    "shape": "is about the shape of a body",
}


def _other_sense(text: str, meaning: str, found: Sense) -> bool:
    """`lovely` and `dear` as plain words; a colour; the heavy side of a thing; a piece of advice to the giver."""
    start, end = found.start, found.end
    said = words(text)
    if meaning == "relax":
        return end - start == 2 and start > 0 and said[start - 1].text not in ("now", "please", "and", ",", "then")
    if meaning == "shape":
        return said[start].text in ("fat", "on") and end < len(said) and said[end].text == "of"
    if meaning != "pet":
        return meaning == "must" and any(word.text in ("stop", "nothing") for word in said)
    addressed = (
        start == 0
        or said[start - 1].text
        in (",", "my", "well", "so", "yes", "good", "relax", "now", "oh", "hey", "hello", "okay", "there")
    ) and (end >= len(said) or said[end].text in (",", ".", "!", "…", "?"))
    if not told(text, found):
        return not addressed or said[start - 1].text != ","
    return not addressed and not (said[start].text == "my" and (end >= len(said) or not said[end].text.isalpha()))
