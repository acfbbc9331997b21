"""The braces at the end of a heading: a list of attributes, each with its own shape in one table."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from voiceguide.script.mistakes import Mistake, short, unknown
from voiceguide.script.model import Attributes, Condition, Place
from voiceguide.script.table import Entry
from voiceguide.script.times import read_length, read_time
from voiceguide.script.variables import tidy

MOST_ROUNDS = 100
SIDES = ("left", "right")

_BRACES = re.compile(r"\s*\{([^{}]*)\}\s*")
_NEXT = r"\s*(?:,\s*|$)"


@dataclass(frozen=True, slots=True)
class Reading:
    """How an attribute looks, and what fields it sets."""

    shape: re.Pattern[str]
    fields: Callable[[re.Match[str], Place], dict[str, Any]]


def cut_braces(title: str, names: frozenset[str]) -> tuple[str, list[tuple[int, str]]]:
    """The title without its trailing attributes, and each group of them with its offset; a variable in braces stays words."""
    groups: list[tuple[int, str]] = []
    end = len(title.rstrip())
    while title.endswith("}", 0, end):
        start = title.rfind("{", 0, end)
        match = _BRACES.fullmatch(title, max(start, 0), end)
        if match is None or tidy(match[1]) in names:
            break
        groups.insert(0, (start, match[1]))
        end = len(title[:start].rstrip())
    return title[:end].strip(), groups


def read_attributes(groups: list[str], at: Place) -> Attributes:
    """All attributes of a heading; Mistake for the first that is unknown, wrong or at odds with another."""
    said: dict[str, Any] = {}
    for group in groups:
        for fields in _each_item(tidy(group), at):
            for name, value in fields.items():
                if name in said and name not in ("when", "tags"):
                    raise Mistake(f"{_SAID_AS.get(name, name)} is said twice", "keep one of them")
                said[name] = said.get(name, ()) + value if name in ("when", "tags") else value
    return _settle(said)


def _each_item(group: str, at: Place) -> list[dict[str, Any]]:
    found, position = list[dict[str, Any]](), 0
    while position < len(group):
        tried = ((reading, reading.shape.match(group, position)) for reading in (entry.use for entry in ATTRIBUTES.values()))
        reading, match = next(((reading, match) for reading, match in tried if match), (None, None))
        if reading is None or match is None:
            raise _stranger(tidy(group[position:].partition(",")[0]))
        found.append(reading.fields(match, at))
        position = match.end()
    return found


def _stranger(item: str) -> Mistake:
    for name, entry in ATTRIBUTES.items():
        if item.lower() == name or item.lower().startswith((name + " ", name + ":")):
            return Mistake(f"{short(item)} is not understood", f"write it like {entry.example}")
    return unknown("attribute", item, ATTRIBUTES) if item else Mistake("the braces hold nothing", "leave them out")


def _settle(said: dict[str, Any]) -> Attributes:
    start, exact, _ = said.pop("start", None), said.pop("length", None), said.pop("pressure", None)
    for name, frames in zip(("least", "ideal", "most"), exact or (), strict=False):
        said.setdefault(name, frames)
    lengths = [said[name] for name in ("least", "ideal", "most") if name in said]
    if lengths != sorted(lengths):
        raise Mistake("the lengths are out of order", "least comes first, then ideal, then most")
    if said.get("keep") and "optional" in said:
        raise Mistake("a section cannot be kept and optional", "choose one of them")
    if start:
        sides = said.get("sides", ())
        if start not in sides:
            raise Mistake(f"no side is called {short(start)}", f"write each side, start {sides[-1] if sides else 'right'}")
        said["sides"] = (start, *(side for side in sides if side != start))
    return Attributes(**said)


def _wish(name: str) -> Reading:
    shape = re.compile(rf"{name}\s+([^,]+?){_NEXT}", re.IGNORECASE)
    return Reading(shape, lambda match, _: {name: read_time(match[1])})


def _tag(name: str) -> Reading:
    shape = re.compile(rf"{name}\s+([^,]+?){_NEXT}", re.IGNORECASE)
    return Reading(shape, lambda match, _: {"tags": ((name, tidy(match[1])),)})


def _length(match: re.Match[str], _at: Place) -> dict[str, Any]:
    length = read_length(match[1])
    return {"length": (length.least, length.ideal, length.most)}


def _each_side(match: re.Match[str], _at: Place) -> dict[str, Any]:
    sides = (match[1].lower(), match[2].lower()) if match[1] else SIDES
    if sides[0] == sides[1]:
        raise Mistake("both sides have the same name", "write {each side: near, far}")
    return {"sides": sides}


def _repeat(match: re.Match[str], _at: Place) -> dict[str, Any]:
    if not 1 <= int(match[1]) <= MOST_ROUNDS:
        raise Mistake(f"a section cannot be repeated {match[1]} times", f"write a number from 1 to {MOST_ROUNDS}")
    return {"repeat": int(match[1]), "between": read_time(match[2]) if match[2] else 0}


def _optional(match: re.Match[str], _at: Place) -> dict[str, Any]:
    return {"optional": int(match[1] or 1)}


def _when(match: re.Match[str], at: Place) -> dict[str, Any]:
    sign = {"≤": "<=", "≥": ">=", "==": "=", "≠": "!="}.get(match[2], match[2])
    return {"when": (Condition(tidy(match[1]), sign, tidy(match[3]), at),)}  # type: ignore[arg-type]


def _pressure(match: re.Match[str], _at: Place) -> dict[str, Any]:
    ends = [int(end) for end in match.groups() if end]
    if max(ends) > 10 or ends != sorted(ends):
        fix = "pressure goes from 0 to 10, the lower first: pressure 3-5"
        raise Mistake(f"{short(match[0].strip(' ,'))} is not a pressure", fix)
    return {"pressure": True, "tags": (("pressure", "-".join(map(str, ends))),)}


_SAID_AS = {"sides": "each side"}


def _shape(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern + _NEXT, re.IGNORECASE)


ATTRIBUTES: dict[str, Entry[Reading]] = {
    "ideal": Entry("the length the section would like", "{ideal 3m}", _wish("ideal")),
    "least": Entry("it is never shorter", "{least 2m, ideal 3m}", _wish("least")),
    "most": Entry("it is never longer", "{ideal 3m, most 6m}", _wish("most")),
    "length": Entry(
        "an exact time or a range, written without a word", "{2m-6m}", Reading(_shape(r"(~?[0-9][^,]*?)"), _length)
    ),
    "each side": Entry(
        "runs once for each side, for equally long; left and right if not said",
        "{each side: near, far}",
        Reading(_shape(r"each\s+side(?:\s*:\s*([^\W\d_]+)\s*,\s*([^\W\d_]+))?"), _each_side),
    ),
    "start": Entry(
        "the side that comes first",
        "{each side, start right}",
        Reading(_shape(r"start\s+([^\W\d_]+)"), lambda m, _: {"start": m[1].lower()}),
    ),
    "repeat": Entry(
        "runs several times, with a rest between if one is named",
        "{repeat 3, between 20s}",
        Reading(_shape(r"repeat\s+([0-9]{1,9})(?:\s*,\s*between\s+([^,]+?))?"), _repeat),
    ),
    "optional": Entry(
        "dropped when time is short, higher numbers first",
        "{optional 2}",
        Reading(_shape(r"optional(?:\s+([1-9][0-9]?))?"), _optional),
    ),
    "keep": Entry("kept whatever happens", "{keep}", Reading(_shape(r"keep"), lambda _m, _: {"keep": True})),
    "when": Entry(
        "runs only then; compares minutes, position, guidance, for or a variable",
        "{when minutes >= 25}",
        Reading(_shape(r"when\s+([^,<>=!≤≥≠]+?)\s*(<=|>=|!=|==|[<>=≤≥≠])\s*([^,<>=]+?)"), _when),
    ),
    "pressure": Entry(
        "how firm, from 0 to 10",
        "{pressure 3-5}",
        Reading(_shape(r"pressure\s+([0-9]{1,2})(?:\s*[-–]\s*([0-9]{1,2}))?"), _pressure),
    ),
    "area": Entry("the part of the body it is about", "{area low back}", _tag("area")),
    "technique": Entry("what the hands do", "{technique kneading}", _tag("technique")),
}
