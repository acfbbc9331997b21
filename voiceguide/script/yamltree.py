"""The front matter's YAML as plain values with places, and nothing more.

Only events are read; nothing is ever built by the library. So no anchor, alias, merge key or tag can do anything (each is
refused where it stands), nesting ends at ten, a key stands once, and every value stays the text that was typed: 5:00, no,
010 and 2024-01-01 mean what their setting says, not what YAML 1.1 would make of them. The hard spaces that word processors
leave behind are spaces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Problem
from voiceguide.script.mistakes import Mistake, short
from voiceguide.script.model import Place
from voiceguide.script.text import refuse_controls

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

DEEPEST = 10
MOST_VALUES = 4_000
HARD_SPACE = "\u00a0"

_UNCLOSED = {
    "while parsing a flow sequence": ("[ opens a list that is not closed", "close it with ], and part what is in it by commas"),
    "while parsing a flow mapping": ("{ opens a group that is not closed", "close it with }, and part what is in it by commas"),
    "while scanning a quoted scalar": ("a quotation mark is not closed", "put one at the end of the value as well"),
}
_TOO_DEEP = re.compile(rf"(?:[\[{{][ \t\n]*){{{DEEPEST + 1}}}")


@dataclass(frozen=True, slots=True)
class Text:
    """A value as typed, white space joined to single spaces; `empty` if nothing (or YAML's null) stands there."""

    text: str
    at: Place
    empty: bool


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    values: "tuple[Value, ...]"
    at: Place


@dataclass(frozen=True, slots=True)
class Fields:
    """`key: value` lines, each key once."""

    entries: "tuple[tuple[Text, Value], ...]"
    at: Place


Value = Text | Items | Fields


def read_yaml(source: str, file: str, line: int, problems: list[Problem]) -> Fields:
    """The `key: value` lines of `source`, whose first line is `line` of `file`; what cannot be read at all is a Mistake."""
    reader = _Reader(file, line, problems)
    if deep := _TOO_DEEP.search(source):
        raise Mistake("the front matter is nested too deeply", at=Place(file, line + source.count("\n", 0, deep.start())))
    events = _events(source, file, line)
    root = reader.value(next(events), events, 0)
    next(events, None)
    if isinstance(root, Text) and root.empty:
        return Fields((), root.at)
    if not isinstance(root, Fields):
        raise Mistake("the front matter is not made of `key: value` lines", "write for example title: My routine", at=root.at)
    return root


def _events(source: str, file: str, line: int) -> "Iterator[Event]":
    from ruamel.yaml import YAML
    from ruamel.yaml.events import DocumentEndEvent, DocumentStartEvent, ScalarEvent, StreamEndEvent, StreamStartEvent

    documents, place = 0, Place(file, line)
    try:
        for count, event in enumerate(YAML(typ="safe", pure=True).parse(source.replace(HARD_SPACE, " "))):
            if count > MOST_VALUES:
                raise Mistake(f"the front matter has more than {MOST_VALUES} values", "keep to what is needed", at=place)
            documents += isinstance(event, DocumentStartEvent)
            if documents > 1:
                raise Mistake("the front matter holds two documents", "write one list of `key: value` lines", at=place)
            if not isinstance(event, StreamStartEvent | DocumentStartEvent | DocumentEndEvent | StreamEndEvent):
                yield event
    except Mistake:
        raise
    except Exception as error:  # the library lets ValueError, AttributeError and others out for broken text
        raise _unreadable(error, place) from None
    if documents == 0:
        yield ScalarEvent(None, None, (True, False), "")


def _unreadable(error: Any, begin: Place) -> Mistake:
    """What the library could not read, where it met that; or where something was opened that no line closes."""
    opened, met = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    unclosed = _UNCLOSED.get(getattr(error, "context", None) or "")
    if unclosed and opened and met and opened.line < met.line:
        return Mistake(*unclosed, at=Place(begin.file, begin.line + opened.line, opened.column + 1))
    at = Place(begin.file, begin.line + met.line, met.column + 1) if met else begin
    what = getattr(error, "problem", None) or "it is not YAML"
    if r"'\t'" in what:
        return Mistake("a tab stands in the front matter", "write spaces instead", at=at)
    return Mistake(f"the front matter cannot be read: {what}", "put the value in quotes, or check its indent", at=at)


class _Reader:
    """Turns events into values; `line` is added to their own lines."""

    def __init__(self, file: str, line: int, problems: list[Problem]) -> None:
        self.file, self.line, self.problems = file, line, problems

    def value(self, event: "Event", events: "Iterator[Event]", depth: int) -> Value:
        from ruamel.yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

        at = self.place(event)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise Mistake("anchors (&) and aliases (*) are not allowed", "put a text that begins like this in quotes", at=at)
        if getattr(event, "tag", None):
            raise Mistake("tags (!) are not allowed", "put a text that begins with ! in quotes", at=at)
        if depth > DEEPEST:
            raise Mistake("the front matter is nested too deeply", at=at)
        if isinstance(event, ScalarEvent):
            return self.text(event, at)
        if isinstance(event, SequenceStartEvent):
            return Items(tuple(self.value(each, events, depth + 1) for each in _until_end(events)), at)
        if isinstance(event, MappingStartEvent):
            return self.fields(events, depth, at)
        raise Mistake("the front matter cannot be read", at=at)

    def fields(self, events: "Iterator[Event]", depth: int, at: Place) -> Fields:
        entries: dict[str, tuple[Text, Value]] = {}
        for event in _until_end(events):
            key = self.value(event, events, depth + 1)
            value = self.value(next(events), events, depth + 1)
            if not isinstance(key, Text) or key.text == "<<":
                raise Mistake("a key must be a plain word", at=key.at)
            if key.text in entries:
                fix = f"keep one of them; the first is on line {entries[key.text][0].at.line}"
                self.problems.append(Mistake(f"{short(key.text)} is said twice", fix).problem(key.at))
            else:
                entries[key.text] = (key, value)
        return Fields(tuple(entries.values()), at)

    def text(self, event: Any, at: Place) -> Text:
        joined = " ".join(event.value.split())
        try:
            refuse_controls(event.value.replace("\n", " "))
        except Mistake as mistake:
            self.problems.append(mistake.problem(at))
        return Text(joined, at, event.style is None and joined in ("", "~", "null"))

    def place(self, event: "Event") -> Place:
        mark = event.start_mark
        return Place(self.file, self.line) if mark is None else Place(self.file, self.line + mark.line, mark.column + 1)


def _until_end(events: "Iterator[Event]") -> "Iterator[Event]":
    from ruamel.yaml.events import MappingEndEvent, SequenceEndEvent

    for event in events:
        if isinstance(event, MappingEndEvent | SequenceEndEvent):
            return
        yield event
