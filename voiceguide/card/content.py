"""What stands on a card, as values: who for, what is needed, what to check first, and a row for each part of the session.

Made from a timeline of estimated lengths, so that nothing needs to be voiced. The length of the whole is exact, the clock times
in it are as good as the estimates.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voiceguide.audio import RATE
from voiceguide.plan.timeline import Chapter, Cue, Spoken, Timeline
from voiceguide.script.model import Breathe, Front, Hold, Pattern, Role, Section, Sides
from voiceguide.script.walk import every, sections_of

TAGS = ("pressure", "technique", "area")


@dataclass(frozen=True, slots=True)
class Line:
    """Words that are spoken at a frame, and to whom."""

    start: int
    text: str
    to: Role = "both"


@dataclass(frozen=True, slots=True)
class Row:
    """A section of the session, or a step inside one: frames, what is done there and how.

    `pressure` is (from, to) of ten, None where nobody presses; `sides` says that it is done on each side; `breaths` are the
    patterns breathed there; `asks` counts the check-ins; `words` is all that is spoken there."""

    title: str
    start: int
    length: int
    inner: bool = False
    stroke: str = ""
    area: str = ""
    pressure: tuple[int, int] | None = None
    sides: bool = False
    breaths: tuple[str, ...] = ()
    asks: int = 0
    words: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A whole card; `length` in frames, `left_out` are the titles of sections that did not fit or were not wanted."""

    front: Front
    position: str
    length: int
    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[Row, ...]:
        """The rows of whole sections."""
        return tuple(row for row in self.rows if not row.inner)


def content(
    front: Front, sections: Sequence[Section], timeline: Timeline, *, position: str = "", avoided: Sequence[str] = ()
) -> Content:
    """The card of a timeline planned to its end from these `sections`, in the position asked for, else the usual one.

    `avoided` are titles of sections that were not wanted."""
    pairs = zip(timeline.parts, sections, strict=True)
    rows = tuple(row for part, section in pairs for row in _rows(part, section, timeline))
    usual = front.position[0] if front.position else ""
    return Content(front, position or usual, timeline.length, rows, (*timeline.dropped, *avoided))


def _rows(part: Chapter, section: Section, timeline: Timeline) -> Iterator[Row]:
    """A section, and those of its steps that have tags of their own."""
    yield _row(part, section, timeline)
    tagged = {(step.title, step.at.line): step for step in sections_of(section.body) if _tags(step)}
    for chapter in timeline.chapters:
        step = tagged.get((chapter.title, chapter.line))
        if chapter.level > 1 and part.start <= chapter.start < part.end and step is not None:
            yield _row(chapter, step, timeline, inner=True)


def _row(chapter: Chapter, section: Section, timeline: Timeline, *, inner: bool = False) -> Row:
    cues = [cue for cue in timeline.between(chapter.start, chapter.end) if cue.start >= chapter.start]
    tags = _tags(section)
    return Row(
        chapter.title,
        chapter.start,
        chapter.end - chapter.start,
        inner,
        tags.get("technique", ""),
        tags.get("area", ""),
        _pressure(tags.get("pressure", "")),
        any(isinstance(node, Sides) for node in every(section.body)),
        _breaths(chapter, timeline),
        sum(cue.kind == "question" for cue in cues),
        tuple(_line(cue) for cue in cues if cue.track == "voice"),
    )


def _tags(section: Section) -> dict[str, str]:
    return {name: value for name, value in section.attributes.tags if name in TAGS and value}


def _pressure(written: str) -> tuple[int, int] | None:
    numbers = [int(number) for number in re.findall(r"[0-9]{1,2}", written)]
    return (min(numbers), max(numbers)) if any(numbers) else None


def _breaths(chapter: Chapter, timeline: Timeline) -> tuple[str, ...]:
    """The patterns that are breathed in a chapter, in words."""
    found: dict[str, None] = {}
    for stretch in timeline.stretches:
        step = stretch.step
        pattern = step.pattern if isinstance(step, Breathe) else step.breathe if isinstance(step, Hold) else None
        if pattern and chapter.start <= stretch.start < chapter.end:
            found[in_words(pattern)] = None
    return tuple(found)


def in_words(pattern: Pattern) -> str:
    """A breath in seconds: `4 in, 6 out`, `4 in, 7 hold, 8 out`."""
    phases = (
        (pattern.breathe_in, "in"),
        (pattern.sip, "more"),
        (pattern.hold_in, "hold"),
        (pattern.breathe_out, "out"),
        (pattern.hold_out, "rest"),
    )
    return ", ".join(f"{frames / RATE:g} {name}" for frames, name in phases if frames)


def _line(cue: Cue) -> Line:
    return Line(cue.start, cue.text, cue.content.say.to if isinstance(cue.content, Spoken) else "both")
