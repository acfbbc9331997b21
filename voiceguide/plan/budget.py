"""Minutes shared among sections before anything is spoken, from estimated lengths.

Optional sections are dropped while the rest does not fit, the highest number first, and taken back in reverse where there is
room. What can't be met is said with the shortest and longest possible length. Estimates err a little, so the shortest keeps a
margin of `MARGIN` of the speech; the bed-only closing takes up what is left over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voiceguide.audio import RATE, clock
from voiceguide.errors import CannotFit
from voiceguide.plan.sections import lines_of, section_span
from voiceguide.plan.span import Span, fixed, total
from voiceguide.plan.words import Lengths, Manner
from voiceguide.script.model import Node, Place, Section, Sides
from voiceguide.script.walk import sections_of

LEAD_IN = 4 * RATE
REST = 2 * RATE
CLOSING = Span(14 * RATE, 18 * RATE, 40 * RATE)
MARGIN = 0.02
TAPER_SPEED, TAPER_GAIN, TAPER_STEP = 0.10, 1.5, 0.02


@dataclass(frozen=True, slots=True)
class Booking:
    """A section that takes part, how it is said, and its estimated bounds."""

    section: Section
    manner: Manner
    span: Span


@dataclass(frozen=True, slots=True)
class Budget:
    """The sections of a session of `length` frames; `dropped` are titles, `shortest` and `longest` what would be possible."""

    title: str
    length: int
    bookings: tuple[Booking, ...]
    dropped: tuple[str, ...]
    shortest: int
    longest: int


def budget(
    title: str, sections: Sequence[Section], length: int, lengths: Lengths, *, taper: bool = True, guidance: str = "full"
) -> Budget:
    """Share `length` frames among sections; raises CannotFit with the shortest and longest possible."""
    plan = _Plan(Manner(lengths, guidance=guidance), taper)
    order = [section.at for section in _drop_order(sections)]
    shortest = plan.bounds(without(sections, set(order))).least
    longest = plan.bounds(sections).most
    if not shortest <= length <= longest:
        raise CannotFit(_advice(title, plan.book(sections), length, shortest, longest), length, shortest, longest)
    left = _leave_out(sections, order, length, plan)
    names = tuple(section.title for section in _drop_order(sections) if section.at in left)
    return Budget(title, length, plan.book(without(sections, left)), names, shortest, longest)


def natural_length(sections: Sequence[Section], lengths: Lengths, *, taper: bool = True, guidance: str = "full") -> int:
    """The length at which every section has its ideal, to the whole second."""
    bounds = _Plan(Manner(lengths, guidance=guidance), taper).bounds(sections)
    return _whole_second(max(bounds.ideal, bounds.least))


def _whole_second(frames: int) -> int:
    return -(-frames // RATE) * RATE


def without(sections: Sequence[Section], left: set[Place]) -> tuple[Section, ...]:
    """The sections and their inner steps, those at `left` taken out."""

    def kept(body: Sequence[Node]) -> tuple[Node, ...]:
        nodes: list[Node] = []
        for node in body:
            if isinstance(node, Section):
                nodes += [replace(node, body=kept(node.body))] if node.at not in left else []
            elif isinstance(node, Sides):
                nodes.append(replace(node, passes=tuple(kept(each) for each in node.passes)))
            else:
                nodes.append(node)
        return tuple(nodes)

    return tuple(replace(section, body=kept(section.body)) for section in sections if section.at not in left)


def _drop_order(sections: Sequence[Section]) -> list[Section]:
    """Everything that may be dropped, inner steps too: the highest number first, of equals the later one first."""
    found = {section.at: section for section in sections_of(sections)}
    optional = [s for s in found.values() if s.attributes.optional is not None and not s.attributes.keep]
    by_place = {section.at: number for number, section in enumerate(optional)}
    return sorted(optional, key=lambda section: (-(section.attributes.optional or 0), -by_place[section.at]))


@dataclass(frozen=True, slots=True)
class _Plan:
    """How any choice of sections would be said and how long it may be; the plain manner, tapered over the session."""

    plain: Manner
    taper: bool

    def book(self, sections: Sequence[Section]) -> tuple[Booking, ...]:
        """Each section in its own manner, by its place among the ideals: by the end a tenth slower and a little softer."""
        ideals = [section_span(section, self.plain).ideal for section in sections]
        bookings, passed = [], 0
        for section, ideal in zip(sections, ideals, strict=True):
            progress = (passed + ideal / 2) / max(1, sum(ideals))
            manner = self._tapered(progress) if self.taper else self.plain
            bookings.append(Booking(section, manner, section_span(section, manner)))
            passed += ideal
        return tuple(bookings)

    def _tapered(self, progress: float) -> Manner:
        speed = 1.0 - round(TAPER_SPEED * progress / TAPER_STEP) * TAPER_STEP
        return replace(self.plain, speed=round(speed, 2), gain=round(TAPER_GAIN * (0.5 - progress), 2))

    def bounds(self, sections: Sequence[Section]) -> Span:
        """Bounds of a whole session; the shortest keeps a margin for estimates, for the longest the closing takes it up."""
        bookings = self.book(sections)
        speech = sum(each.manner.speech(line) for each in bookings for line in lines_of(each.section.body))
        whole = total([*(each.span for each in bookings), CLOSING, fixed(LEAD_IN + REST * max(0, len(bookings) - 1))])
        least = whole.least + int(speech * MARGIN)
        return Span(least, max(least, whole.ideal), max(_whole_second(least), whole.most))


def _leave_out(sections: Sequence[Section], order: Sequence[Place], length: int, plan: _Plan) -> set[Place]:
    """The optional places to drop so that the rest fits: as few as need be, and back again where there is room."""
    left: set[Place] = set()
    for place in order:
        if plan.bounds(without(sections, left)).least <= length:
            break
        left.add(place)
    for place in [p for p in reversed(order) if p in left]:
        if plan.bounds(without(sections, left - {place})).least <= length:
            left.remove(place)
    return left


def _advice(title: str, bookings: Sequence[Booking], length: int, shortest: int, longest: int) -> str:
    """What is possible, and what to drop or add."""
    possible = f"{title} can't be {clock(length)}: the shortest is {clock(shortest + RATE - 1)}, the longest {clock(longest)}"
    if length > longest:
        return f"{possible}; to go longer, widen a hold ([hold 1m-4m]), add a section, or ask for {clock(longest)}"
    fixed_ones = [each for each in bookings if each.section.attributes.optional is None and not each.section.attributes.keep]
    longest_ones = sorted(fixed_ones, key=lambda each: -each.span.least)[:3]
    names = ", ".join(f"“{each.section.title}” (line {each.section.at.line})" for each in longest_ones)
    return f"{possible}; to go shorter, mark sections {{optional}} or shorten the holds of {names or 'the kept sections'}"
