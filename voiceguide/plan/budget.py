"""Minutes shared among sections before anything is spoken, from estimated lengths.

Optional sections are dropped while the rest does not fit, the highest number first, and taken back in reverse where there is
room. What can't be met is said with the shortest and longest possible length. Estimates err a little, so both keep a margin of
`MARGIN` of the speech; the bed-only closing takes up what is left over.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from voiceguide.audio import RATE, clock
from voiceguide.errors import CannotFit
from voiceguide.plan.sections import lines_of, section_span
from voiceguide.plan.span import Span, share, total
from voiceguide.plan.words import Lengths, Manner
from voiceguide.script.model import Node, Place, Section, Sides

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
    plain = Manner(lengths, guidance=guidance)
    order = sorted(_optional(sections), key=lambda found: (-found[0], found[1]), reverse=False)
    leave_order = [section.at for _, _, section in sorted(order, key=lambda found: (-found[0], -found[1]))]
    shortest = _bounds(without(sections, set(leave_order)), plain).least
    longest = _bounds(sections, plain).most
    if not shortest <= length <= longest:
        raise CannotFit(_advice(title, sections, plain, length, shortest, longest), length, shortest, longest)
    left = _leave_out(sections, leave_order, length, plain)
    kept = without(sections, left)
    names = tuple(section.title for _, _, section in _optional(sections) if section.at in left)
    return Budget(title, length, _book(kept, length, plain, taper), names, shortest, longest)


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


def _optional(sections: Sequence[Section]) -> list[tuple[int, int, Section]]:
    """(drop order, position, section) of everything that may be dropped, inner steps too, each place once."""

    def walk(body: Sequence[Node]) -> Iterator[Section]:
        for node in body:
            if isinstance(node, Section):
                yield node
                yield from walk(node.body)
            elif isinstance(node, Sides):
                yield from walk([inner for each in node.passes for inner in each])

    found = {section.at: section for section in walk(sections)}
    droppable = (s for s in found.values() if s.attributes.optional is not None and not s.attributes.keep)
    return [(section.attributes.optional or 0, number, section) for number, section in enumerate(droppable)]


def _bounds(sections: Sequence[Section], manner: Manner) -> Span:
    """Bounds of a whole session, the margin for estimates taken off on both ends."""
    speech = sum(manner.speech(line) for section in sections for line in lines_of(section.body))
    spans = [section_span(section, manner) for section in sections]
    whole = total([*spans, CLOSING])
    fixed_part = LEAD_IN + REST * max(0, len(spans) - 1)
    margin = int(speech * MARGIN)
    return Span(whole.least + fixed_part + margin, whole.ideal + fixed_part, whole.most + fixed_part - margin)


def _leave_out(sections: Sequence[Section], order: Sequence[Place], length: int, manner: Manner) -> set[Place]:
    """The optional places to drop so that the rest fits: as few as need be, and back again where there is room."""
    left: set[Place] = set()
    for place in order:
        if _bounds(without(sections, left), manner).least <= length:
            break
        left.add(place)
    for place in [p for p in reversed(order) if p in left]:
        if _bounds(without(sections, left - {place}), manner).least <= length:
            left.remove(place)
    return left


def _book(sections: Sequence[Section], length: int, manner: Manner, taper: bool) -> tuple[Booking, ...]:
    """The manner of each section from its place in the session: by the end a tenth slower and a little softer."""
    spans = [section_span(section, manner) for section in sections]
    room = length - LEAD_IN - REST * max(0, len(spans) - 1)
    whole = total([*spans, CLOSING])
    shares = share(min(max(room, whole.least), whole.most), [*spans, CLOSING])
    bookings, passed = [], 0
    for section, frames in zip(sections, shares, strict=False):
        progress = (passed + frames / 2) / max(1, length) if taper else 0.0
        speed = 1.0 - round(TAPER_SPEED * progress / TAPER_STEP) * TAPER_STEP
        softer = round(TAPER_GAIN * (0.5 - progress), 2) if taper else 0.0
        own = replace(manner, speed=round(speed, 2), gain=softer)
        bookings.append(Booking(section, own, section_span(section, own)))
        passed += frames
    return tuple(bookings)


def _advice(title: str, sections: Sequence[Section], manner: Manner, length: int, shortest: int, longest: int) -> str:
    """What is possible, and what to drop or add."""
    spans = sorted(((section_span(s, manner), s) for s in sections), key=lambda pair: -pair[0].least)
    possible = f"{title} can't be {clock(length)}: the shortest is {clock(shortest + RATE - 1)}, the longest {clock(longest)}"
    if length < shortest:
        fixed_ones = [s for _, s in spans if s.attributes.optional is None and not s.attributes.keep][:3]
        names = ", ".join(f"“{s.title}” (line {s.at.line})" for s in fixed_ones)
        return f"{possible}; to go shorter, mark sections {{optional}} or shorten the holds of {names or 'the kept sections'}"
    return f"{possible}; to go longer, widen a hold ([hold 1m-4m]), add a section, or ask for {clock(longest)}"
