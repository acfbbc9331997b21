"""Directions, `[name arguments]`: one table from the name to what it means, how it is written and what reads it.

A reader gets the words after the name and the scope they stand in, and gives a node of the script, or a new scope for the
directions that hold until the section ends. Names and fixed words may be written in capitals; quoted words keep theirs.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal, cast

from voiceguide.audio import RATE
from voiceguide.script.attributes import ATTRIBUTES
from voiceguide.script.front import FASTEST, SLOWEST
from voiceguide.script.hold import read_hold
from voiceguide.script.mistakes import Mistake, short, unknown
from voiceguide.script.model import (
    Bell,
    Breathe,
    CheckIn,
    Condition,
    Include,
    Node,
    Only,
    Pattern,
    Pause,
    Recording,
    Role,
    Scene,
    Wait,
)
from voiceguide.script.patterns import read_pattern
from voiceguide.script.scope import Scope, clauses, quoted
from voiceguide.script.table import Entry
from voiceguide.script.times import read_length, read_span, read_time
from voiceguide.script.variables import tidy

BELLS = ("soft", "bowl", "chime", "closing")
BREATHS = 3
MOST_BREATHS = 200
MOST_STRIKES = 12
ANSWER = 7 * RATE
READY = 180 * RATE
CHANGE = 8 * RATE
FOLLOW = "follow"

Reader = Callable[[str, Scope], Node | Scope]

_NAME = re.compile(r"\s*([^\W\d_]+(?:-[^\W\d_]+)*)(?=[\s,]|$)[\s,]*", re.UNICODE)
_TIMES = re.compile(r"(?:(.*?)\s*)[x×]\s*([0-9]{1,4})", re.IGNORECASE)
_FOR = re.compile(r"(?:(.*?)\s*)\bfor\s+(.+)", re.IGNORECASE)
_SCENE = re.compile(r"[\w.:-]+/?")
_NUMBER = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})?")
_FILE = re.compile(r"[^\x00-\x1f\"“”]{1,200}")
_PARAMETER = re.compile(r"([^=]+)=(.*)", re.DOTALL)


def read_direction(text: str, scope: Scope) -> Node | Scope:
    """The node that `text` (without brackets) asks for, or the scope that holds from here on."""
    match = _NAME.match(text)
    name = match[1].lower() if match else ""
    if match is None or name not in DIRECTIONS:
        spoken = f"directions are {', '.join(DIRECTIONS)}; words that are meant to be spoken stand in round brackets"
        raise _forgotten(text) or unknown("direction", name or text, DIRECTIONS, spoken)
    try:
        return DIRECTIONS[name].use(" ".join(text[match.end() :].split()), scope)
    except Mistake as mistake:
        mistake.fix = mistake.fix or f"write it like {DIRECTIONS[name].example}"
        raise


def _forgotten(text: str) -> Mistake | None:
    """The mistake in `[5s]`: a time with no word before it."""
    try:
        read_length(text)
    except Mistake:
        return None
    return Mistake(f"[{text.strip()}] does not say what to do", f"write [pause {text.strip()}] or [hold {text.strip()}]")


def _pause(text: str, scope: Scope) -> Node:
    length = read_span(text, scope.breathing, None)
    if length.least != length.most:
        raise Mistake("a pause is exact", f"write one time, or [hold {text}] if it may stretch")
    return Pause(length.ideal, scope.at)


def _breathe(text: str, scope: Scope) -> Node:
    if timed := _FOR.fullmatch(text):
        length = read_length(timed[2])
        if length.most == 0:
            raise Mistake("breathing for no time at all")
        return Breathe(_pattern(timed[1], scope), scope.at, length=length)
    counted = _TIMES.fullmatch(text)
    count = _count(counted[2], MOST_BREATHS, "breaths") if counted else BREATHS
    return Breathe(_pattern(counted[1] if counted else text, scope), scope.at, count=count)


def _pattern(text: str | None, scope: Scope) -> Pattern:
    return read_pattern(text) if text and text.strip(" ,") else scope.breathing


def _count(text: str, most: int, what: str) -> int:
    count = int(text)
    if not 1 <= count <= most:
        raise Mistake(f"{text} {what} are too many" if count else f"no {what} at all", f"write a number from 1 to {most}")
    return count


def _bell(text: str, scope: Scope) -> Node:
    counted = _TIMES.fullmatch(text)
    name = ((counted[1] if counted else text) or BELLS[0]).strip(" ,").lower()
    if name not in BELLS:
        raise unknown("bell", name, BELLS)
    return Bell(name, scope.at, _count(counted[2], MOST_STRIKES, "strokes") if counted else 1)


def _soundscape(text: str, scope: Scope) -> Node:
    words = text.replace(",", " ").split()
    named = words[:1] if not _moves(words) else []
    fade, controls, breathes = CHANGE, dict[str, float](), False
    rest = words[len(named) :]
    for key, value in zip(rest[::2], rest[1::2], strict=False):
        if key.lower() in ("fade", "over"):
            fade = read_time(value)
        elif key.lower() == FOLLOW:
            breathes = _breath(value)
        else:
            controls[key.lower()] = _control(key, value)
    if not words or len(rest) % 2 or (named and _SCENE.fullmatch(named[0]) is None):
        raise Mistake(f"{short(text)} is not a change of soundscape")
    name = named[0] if named else ""
    return Scene(None if name.lower() == "off" else name, scope.at, fade, tuple(controls.items()), breathes)


def _moves(words: list[str]) -> bool:
    """Whether these words name no soundscape, and only move the one that is heard."""
    return len(words) > 1 and (words[0].lower() == FOLLOW or _NUMBER.fullmatch(words[1]) is not None)


def _breath(value: str) -> bool:
    if value.lower() != "breath":
        raise unknown("thing to follow", value, ("breath",), "a soundscape can follow the breath, and nothing else")
    return True


def _control(key: str, value: str) -> float:
    if _SCENE.fullmatch(key) is None or _NUMBER.fullmatch(value) is None or float(value) > 1:
        fix = "controls go from 0 to 1: [soundscape rain intensity 0.3]"
        raise Mistake(f"{short(f'{key} {value}')} does not set a control", fix)
    return float(value)


def _check_in(text: str, scope: Scope) -> Node:
    question, *rest = clauses(text) or [""]
    timed = [clause for clause in rest if clause.lower() != "keep"]
    wait = _after("wait", timed, ANSWER)
    return CheckIn(scope.say(quoted(question)), wait, scope.at, keep=timed != rest)


def _after(word: str, rest: list[str], default: int) -> int:
    """The time in the one clause `word TIME` that may follow, in frames."""
    if not rest:
        return default
    clause = " ".join(rest[0].split())
    if len(rest) > 1 or not clause.lower().startswith(word + " "):
        raise Mistake(f"{short(', '.join(rest))} is not understood here")
    return read_time(clause[len(word) :])


def _play(text: str, scope: Scope) -> Node:
    name = quoted(text) if text[:1] in ('"', "“") else text
    if _FILE.fullmatch(name) is None:
        raise Mistake("the name of the recording is missing" if not name else f"{short(name)} is not the name of a file")
    return Recording(name, scope.at, scope.to)


def _wait(text: str, scope: Scope) -> Node:
    what, *rest = clauses(text) or [""]
    if " ".join(what.lower().split()) != "for ready":
        raise Mistake("what to wait for is missing", f"write [wait for ready], or [pause {what}] for a silence" if what else "")
    return Wait(_after("at most", rest, READY), scope.at)


def _to(text: str, scope: Scope) -> Scope:
    if text.lower() not in ("giver", "receiver", "both"):
        raise unknown("listener", text, ("giver", "receiver", "both"))
    return replace(scope, to=cast(Role, text.lower()))


def _include(text: str, scope: Scope) -> Node:
    name, *rest = clauses(text) or [""]
    if _FILE.fullmatch(name) is None:
        raise Mistake("the name of the routine is missing")
    values: dict[str, str] = {}
    for clause in rest:
        match = _PARAMETER.fullmatch(clause)
        if match is None:
            raise Mistake(f"{short(clause)} gives no value")
        values[tidy(match[1])] = tidy(match[2].strip().strip('"“”'))
    return Include(name, scope.at, tuple(values.items()))


def _voice(text: str, scope: Scope) -> Scope:
    if not text or " " in text:
        raise Mistake(f"{short(text)} is not the name of a voice")
    return replace(scope, voice=text)


def _pace(text: str, scope: Scope) -> Scope:
    if _NUMBER.fullmatch(text) is None or not SLOWEST <= float(text) <= FASTEST:
        raise Mistake(f"{short(text)} is not a pace", f"write words a minute, {SLOWEST} to {FASTEST}: [pace 110]")
    return replace(scope, pace=float(text))


def _only(which: Literal["first", "again"]) -> Reader:
    def read(text: str, scope: Scope) -> Node:
        if text:
            raise Mistake(f"[{which}] stands alone in its brackets", f"write [{which}] and the words after it")
        return Only(which, ())

    return read


def _when(text: str, scope: Scope) -> Node:
    return Only(None, (), tuple(_condition(clause, scope) for clause in clauses(text) or [""]))


def _condition(clause: str, scope: Scope) -> Condition:
    """One condition, written as in a heading."""
    when = ATTRIBUTES["when"].use
    match = when.shape.fullmatch(f"when {clause}")
    if match is None:
        raise Mistake(f"{short(clause)} is not a condition")
    condition: Condition = when.fields(match, scope.at)["when"][0]
    return condition


DIRECTIONS: dict[str, Entry[Reader]] = {
    "pause": Entry("exactly this silence; the soundscape goes on", "[pause 5s]", _pause),
    "hold": Entry(
        "the work goes on; a range takes up spare time", "[hold 30s-2m, beat 24/min, halfway, countdown 3]", read_hold
    ),
    "breathe": Entry("guided breathing in whole breaths; three if not said", "[breathe extended x4]", _breathe),
    "bell": Entry("a bell: soft if not said, bowl, chime or closing", "[bell bowl x2]", _bell),
    "soundscape": Entry("the sound behind the words changes, in 8 s if not said", "[soundscape ocean, fade 12s]", _soundscape),
    "check-in": Entry(
        "a question, and time to answer; 7 s if not said", '[check-in "How is the pressure?", wait 9s]', _check_in
    ),
    "play": Entry("a recording of your own, found beside the script", "[play voice-over.flac]", _play),
    "wait": Entry(
        "live: until somebody says go, 3 minutes at most if not said; in a file 20 s", "[wait for ready, at most 2m]", _wait
    ),
    "to": Entry("who is spoken to until the section ends: giver, receiver or both", "[to giver]", _to),
    "include": Entry("another routine's sections, with values for its variables", "[include agreement, name = Sam]", _include),
    "voice": Entry("another voice until the section ends", "[voice heart]", _voice),
    "pace": Entry("other words a minute until the section ends", "[pace 110]", _pace),
    "first": Entry(
        "begins a paragraph that is spoken in the first round only", "[first] Lean in with your weight.", _only("first")
    ),
    "again": Entry("begins a paragraph that is spoken in later rounds only", "[again] And once more.", _only("again")),
    "when": Entry("begins a paragraph that is for some only", "[when minutes >= 25] Take your time.", _when),
}
