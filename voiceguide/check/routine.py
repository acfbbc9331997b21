"""A routine as the rules see it: every sentence with the tags it stands under, and what happens when, as planned.

Tags come first: `{pressure 3-5, area shoulders, technique kneading}`. Where a heading has none, its words say it.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from voiceguide.audio import RATE
from voiceguide.plan.timeline import Chapter, Cue, Stretch, Timeline
from voiceguide.script.model import Front, Hold, Node, Place, Role, Script, Section, Sides
from voiceguide.script.walk import said_by


@dataclass(frozen=True, slots=True)
class Tags:
    """What a heading says about the work under it, its own tags before those of the section around it."""

    pressure: tuple[int, int] | None = None
    area: str = ""
    technique: str = ""

    def within(self, section: Section) -> "Tags":
        """The tags of a step inside."""
        said = dict(section.attributes.tags)
        numbers = [int(number) for number in re.findall(r"\d+", said.get("pressure", ""))]
        return Tags(
            (numbers[0], numbers[-1]) if numbers else self.pressure,
            said.get("area", self.area),
            said.get("technique", self.technique),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that may be heard: where, to whom, after which sentence, under which headings."""

    text: str
    at: Place
    before: str
    to: Role
    tags: Tags
    headings: tuple[Section, ...]
    opens: bool = False
    pace: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the session under one heading: from `start` to `end` seconds, with its tags, its cues and its work."""

    start: float
    end: float
    section: Section
    tags: Tags
    cues: tuple[Cue, ...]
    stretches: tuple[Stretch, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(cue.text for cue in self.cues if cue.track == "voice")

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end - self.start

    @property
    def holds(self) -> tuple[Stretch, ...]:
        """Its work."""
        return tuple(stretch for stretch in self.stretches if isinstance(stretch.step, Hold))


@dataclass(frozen=True, slots=True)
class Plan:
    """The routine at one length in one position: its sections, its timeline and the passages in order."""

    sections: tuple[Section, ...]
    timeline: Timeline
    position: str
    passages: tuple[Passage, ...] = field(default=(), repr=False)

    @property
    def voice(self) -> tuple[Cue, ...]:
        """Everything that is spoken, in order."""
        return tuple(cue for cue in self.timeline.cues if cue.track == "voice")

    @property
    def seconds(self) -> float:
        """The whole length."""
        return self.timeline.length / RATE


@dataclass(frozen=True, slots=True)
class Routine:
    """A script, the plans made of it (none where it cannot be fitted), the sentences of all of them, each once, its sections as
    first `written` out, and the `places` of its sentences by text and line."""

    script: Script
    plans: tuple[Plan, ...]
    lines: tuple[Line, ...]
    written: tuple[Section, ...] = ()
    places: Mapping[tuple[str, int], Place] = field(default_factory=dict, repr=False)

    @property
    def front(self) -> Front:
        """The front matter."""
        return self.script.front

    @property
    def title(self) -> Place:
        """Where the title stands, for what has no other place."""
        return self.script.front.at

    @property
    def partner(self) -> bool:
        """Whether one gives and one receives."""
        return self.front.audience == "partner"


def plan_of(sections: tuple[Section, ...], timeline: Timeline, position: str) -> Plan:
    """The plan of a timeline made of these sections."""
    return Plan(sections, timeline, position, tuple(_passages(sections, timeline)))


def routine(script: Script, shapes: Sequence[tuple[Section, ...]], plans: tuple[Plan, ...]) -> Routine:
    """A routine as its unfolded `shapes` and plans show it."""
    found: dict[tuple[Place, str], Line] = {}
    for sections in shapes:
        for line in _lines(sections, (), Tags()):
            found.setdefault((line.at, line.text), line)
    lines = tuple(sorted(found.values(), key=lambda line: line.at))
    places = {(line.text, line.at.line): line.at for line in lines}
    return Routine(script, plans, lines, shapes[0] if shapes else (), places)


def _lines(body: Sequence[Node], headings: tuple[Section, ...], tags: Tags) -> Iterator[Line]:
    before = ""
    for node in body:
        if isinstance(node, Section):
            yield from _lines(node.body, (*headings, node), tags.within(node))
        elif isinstance(node, Sides):
            for each in node.passes:
                yield from _lines(each, headings, tags)
        else:
            for say in said_by(node):
                yield Line(say.text, say.at, before, say.to, tags, headings, say.opens, say.pace)
                before = say.text


def _passages(sections: tuple[Section, ...], timeline: Timeline) -> Iterator[Passage]:
    """The chapters of a timeline, cut where a step begins or ends, in order."""
    known = {(section.at.line, section.title): (section, tags) for section, tags in _headed(sections, Tags())}
    tops = [chapter for chapter in timeline.chapters if chapter.level == 1]
    for top in tops:
        inner = [c for c in timeline.chapters if c.level > 1 and top.start <= c.start and c.end <= top.end]
        edges = sorted({top.start, top.end, *(c.start for c in inner), *(c.end for c in inner)})
        for start, end in itertools.pairwise(edges):
            owner = _innermost(top, inner, start, end)
            if (owner.line, owner.title) in known:
                passage = _passage(timeline, start, end, *known[owner.line, owner.title])
                if passage.cues or passage.stretches:
                    yield passage


def _innermost(top: Chapter, inner: Sequence[Chapter], start: int, end: int) -> Chapter:
    around = [chapter for chapter in inner if chapter.start <= start and end <= chapter.end]
    return min(around, key=lambda chapter: chapter.end - chapter.start, default=top)


def _passage(timeline: Timeline, start: int, end: int, section: Section, tags: Tags) -> Passage:
    cues = tuple(cue for cue in timeline.between(start, end) if start <= cue.start < end)
    stretches = tuple(stretch for stretch in timeline.stretches if start <= stretch.start and stretch.end <= end)
    return Passage(start / RATE, end / RATE, section, tags, cues, stretches)


def _headed(body: Sequence[Node], tags: Tags) -> Iterator[tuple[Section, Tags]]:
    for node in body:
        if isinstance(node, Section):
            yield node, tags.within(node)
            yield from _headed(node.body, tags.within(node))
        elif isinstance(node, Sides):
            for each in node.passes:
                yield from _headed(each, tags)
