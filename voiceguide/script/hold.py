"""`[hold 30s-2m, beat 24/min, halfway]`: a time in which the work goes on, and clauses for what is heard meanwhile."""

import re
from collections.abc import Callable
from typing import Any, cast

from voiceguide.audio import RATE
from voiceguide.script.mistakes import Mistake, short, unknown
from voiceguide.script.model import Anchor, Countdown, CountdownKind, Hold, Reminders, Say
from voiceguide.script.patterns import read_pattern
from voiceguide.script.scope import QUOTED, Scope, clauses, quoted
from voiceguide.script.table import Entry
from voiceguide.script.times import read_span, read_time

MOST_WEIGHT = 100
FASTEST_BEAT = 240
LONGEST_COUNTDOWN = 10
QUICKEST_REMINDER = 5 * RATE
HALFWAY = "Halfway."

Reader = Callable[[str, Scope], object]

_KEYWORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")
_BEAT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,3})?)\s*/\s*min(?:ute)?", re.IGNORECASE)
_REMIND = re.compile(rf"every\s+([^\s\"“]+)\s*({QUOTED}(?:\s*\|\s*{QUOTED})*)", re.IGNORECASE)
_SAY = re.compile(rf"({QUOTED})\s*at\s+(half|-?[0-9].*)", re.IGNORECASE)
_COUNTDOWN = re.compile(r"([0-9]{1,3})(?:\s+(spoken|tick|bell))?", re.IGNORECASE)


def read_hold(text: str, scope: Scope) -> Hold:
    """The hold; its length may be counted in breaths (of its own pattern) or strokes (of its own beat)."""
    length, *rest = clauses(text) or [""]
    if not length or _KEYWORD.match(length):
        raise Mistake("a hold begins with its length")
    said: dict[str, Any] = {}
    for clause in rest:
        name, value = _clause(clause, scope)
        if name == "anchors":
            said[name] = (*said.get(name, ()), value)
        elif name in said:
            raise Mistake(f"{short(clause)} is said twice", "keep one of them")
        else:
            said[name] = value
    hold = Hold(read_span(length, said.get("breathe", scope.breathing), said.get("beat")), scope.at, **said)
    _check(hold)
    return hold


def _clause(text: str, scope: Scope) -> tuple[str, object]:
    match = _KEYWORD.match(text)
    name = match[0].lower() if match else ""
    if match is None or name not in CLAUSES:
        raise unknown("clause of a hold", name or text, CLAUSES)
    try:
        return _FIELDS.get(name, name), CLAUSES[name].use(text[match.end() :].strip(), scope)
    except Mistake as mistake:
        mistake.fix = mistake.fix or f"write it like {CLAUSES[name].example}"
        raise


def _check(hold: Hold) -> None:
    if hold.length.most == 0:
        raise Mistake("a hold of no time at all", "leave it out")
    for anchor in hold.anchors:
        if anchor.offset is not None and abs(anchor.offset) > hold.length.most:
            raise Mistake(f"{short(anchor.say.text)} would come when the hold is over", "name a time inside the hold")
    if hold.countdown and hold.countdown.count * RATE > hold.length.least:
        raise Mistake("the countdown is longer than the hold can be", "count fewer seconds")


def _weight(text: str, _scope: Scope) -> float:
    weight = float(text) if _NUMBER.fullmatch(text) else 0.0
    if not 0 < weight <= MOST_WEIGHT:
        raise Mistake(f"{short(text)} is not a weight", f"write a number above 0, at most {MOST_WEIGHT}: weight 3")
    return weight


def _beat(text: str, _scope: Scope) -> float:
    match = _BEAT.fullmatch(text)
    if match is None or not 0 < float(match[1]) <= FASTEST_BEAT:
        raise Mistake(f"{short(text)} is not a beat", f"write strokes a minute, at most {FASTEST_BEAT}: beat 24/min")
    return float(match[1])


def _remind(text: str, scope: Scope) -> Reminders:
    match = _REMIND.fullmatch(text)
    if match is None:
        raise Mistake(f"{short(text)} does not say how often to say what")
    every = read_time(match[1])
    if every < QUICKEST_REMINDER:
        raise Mistake("reminders less than 5 s apart leave no room", "remind every 30s or more")
    return Reminders(every, tuple(scope.say(quoted(line)) for line in re.findall(QUOTED, match[2])))


def _halfway(text: str, scope: Scope) -> Say:
    return scope.say(quoted(text) if text else HALFWAY)


def _say(text: str, scope: Scope) -> Anchor:
    match = _SAY.fullmatch(text)
    if match is None:
        raise Mistake(f"{short(text)} does not say what to say when")
    return Anchor(scope.say(quoted(match[1])), _offset(match[2].lower()))


def _offset(when: str) -> int | None:
    if when == "half":
        return None
    return -max(1, read_time(when[1:])) if when.startswith("-") else read_time(when)


def _countdown(text: str, _scope: Scope) -> Countdown:
    match = _COUNTDOWN.fullmatch(text)
    if match is None or not 1 <= int(match[1]) <= LONGEST_COUNTDOWN:
        fix = f"write 1 to {LONGEST_COUNTDOWN}, then spoken, tick or bell: countdown 3"
        raise Mistake(f"{short(text)} is not a countdown", fix)
    return Countdown(int(match[1]), cast(CountdownKind, (match[2] or "spoken").lower()))


_FIELDS = {"remind": "reminders", "say": "anchors"}

CLAUSES: dict[str, Entry[Reader]] = {
    "weight": Entry("how much of the spare time it takes, compared with other holds; 1 if not said", "weight 3", _weight),
    "breathe": Entry("breathing goes with it", "breathe six", lambda text, _scope: read_pattern(text)),
    "beat": Entry("a soft metronome, in strokes a minute; still while a countdown ticks", "beat 24/min", _beat),
    "remind": Entry(
        "lines said in turn while it lasts; the first to go when time is short",
        'remind every 45s "Slow hands." | "Soft elbows."',
        _remind,
    ),
    "halfway": Entry("says Halfway. in the middle, or your own words", 'halfway "Half the time is left."', _halfway),
    "say": Entry("a line at a time of its own: from the start, at half, or from the end", 'say "Nearly there." at -15s', _say),
    "countdown": Entry("counts the last seconds: spoken, tick or bell; spoken if not said", "countdown 3 tick", _countdown),
}
