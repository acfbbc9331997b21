"""Sections in time: bodies, sides and inner steps, first as bounds, then placed. Both walk the same tree."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from voiceguide.audio import RATE
from voiceguide.plan.sheet import Sheet
from voiceguide.plan.span import Span, fixed, share, total
from voiceguide.plan.steps import FORMS
from voiceguide.plan.timeline import Chapter, Stretch
from voiceguide.plan.words import Manner
from voiceguide.script.model import (
    Attributes,
    Beat,
    Bell,
    Breathe,
    CheckIn,
    Hold,
    Node,
    Pause,
    Recording,
    Say,
    Scene,
    Section,
    Sides,
    Wait,
)
from voiceguide.script.walk import steps_of

CHANGE_OVER = 8 * RATE
AFTER_CHANGE = 2 * RATE


def section_span(section: Section, manner: Manner) -> Span:
    """Bounds of a section: what its content allows, widened or held back by the wishes in its heading.

    A wish longer than the content is met by quiet at the end; a wish shorter than the content can't be."""
    body = body_span(section.body, manner)
    wish: Attributes = section.attributes
    least = max(body.least, wish.least or 0)
    most = max(body.most, wish.ideal or 0, least)
    if wish.most is not None:
        most = max(least, min(most, wish.most))
    ideal = min(max(wish.ideal if wish.ideal is not None else (body.least + body.most) // 2, least), most)
    return Span(least, ideal, most)


def body_span(body: Sequence[Node], manner: Manner) -> Span:
    """Bounds of steps one after the other, the gaps between them included."""
    return total([fixed(gap) for gap, _ in _paced(body, manner)] + [_node_span(node, manner) for node in body])


def place_section(sheet: Sheet, section: Section, start: int, frames: int) -> int:
    """Write a section of `frames` from `start`; gives the frame after its last, later than asked if speech needs it."""
    return place_body(sheet, section.body, start, frames)


def place_body(sheet: Sheet, body: Sequence[Node], start: int, frames: int) -> int:
    """Write steps one after the other into `frames`: stretching what stretches, quiet at the end for what is over."""
    manner = sheet.manner
    paced = list(_paced(body, manner))
    spans = [_node_span(node, manner) for _, node in paced]
    whole, gaps = total(spans), sum(gap for gap, _ in paced)
    lengths = share(min(max(frames - gaps, whole.least), whole.most), spans)
    at = start
    for (gap, node), length in zip(paced, lengths, strict=True):
        _place_node(sheet, node, at + gap, length)
        at += gap + length
    return max(at, start + frames)


def lines_of(body: Sequence[Node]) -> Iterator[Say]:
    """Every sentence the voice may need for these steps."""
    for node in steps_of(body):
        yield from node.changes if isinstance(node, Sides) else FORMS[type(node)].lines(node)


def _paced(body: Sequence[Node], manner: Manner) -> Iterator[tuple[int, Node]]:
    """Each node with the gap before it: owed only between two sounds, longer where a paragraph opens."""
    sounding = False
    for node in body:
        opens = isinstance(node, Say) and node.opens
        yield (manner.lengths.gap("paragraph" if opens else "sentence") if sounding and _begins_in_sound(node) else 0), node
        if not isinstance(node, Scene):
            sounding = ends_in_sound(node)


def _begins_in_sound(node: Node) -> bool:
    if isinstance(node, Hold):
        return node.breathe is not None
    return isinstance(node, Section | Sides | Say | Recording | CheckIn | Breathe | Bell)


def ends_in_sound(node: Node) -> bool:
    """Whether the next sentence needs a gap after this."""
    if isinstance(node, Section):
        return bool(node.body) and ends_in_sound(node.body[-1])
    if isinstance(node, Sides):
        return ends_in_sound(node.passes[-1][-1]) if node.passes[-1] else False
    counted = getattr(node, "countdown", None) is not None
    return counted or FORMS[type(node)].sounds


def _node_span(node: Node, manner: Manner) -> Span:
    if isinstance(node, Section):
        inner = section_span(node, manner)
        return inner if node.attributes.ideal is not None else replace(inner, ideal=inner.least)
    if isinstance(node, Sides):
        return _sides_span(node, manner)
    span: Span = FORMS[type(node)].span(node, manner)
    return span


def _sides_span(sides: Sides, manner: Manner) -> Span:
    """All passes are as long as the longest needs, and stretch together as far as the most patient can."""
    spans = [body_span(each, manner) for each in sides.passes]
    least, most = max(s.least for s in spans), max(s.most for s in spans)
    changes = sum(_change_over(say, manner) for say in sides.changes)
    count = len(spans)
    return Span(count * least + changes, count * least + changes, count * most + changes)


def _change_over(say: Say, manner: Manner) -> int:
    return max(CHANGE_OVER, manner.lengths.gap("sentence") + manner.speech(say) + AFTER_CHANGE)


def _place_node(sheet: Sheet, node: Node, start: int, frames: int) -> None:
    if isinstance(node, Section):
        place_section(sheet, node, start, frames)
        sheet.steps.append(Chapter(node.title, start, start + frames, node.at.line, node.level))
    elif isinstance(node, Sides):
        _place_sides(sheet, node, start, frames)
    else:
        FORMS[type(node)].place(sheet, node, start, frames)
        if isinstance(node, Hold | Breathe | Pause | Beat | CheckIn | Wait):
            sheet.stretches.append(Stretch(start, start + frames, node))


def _place_sides(sheet: Sheet, sides: Sides, start: int, frames: int) -> None:
    """Equal passes to the frame; the change-over is announced first, and a frame that can't be halved goes to its end."""
    changes = [_change_over(say, sheet.manner) for say in sides.changes]
    each = (frames - sum(changes)) // len(sides.passes)
    at = start
    for number, body in enumerate(sides.passes):
        if number:
            sheet.say(sides.changes[number - 1], at + sheet.manner.lengths.gap("sentence"), "change")
            at += changes[number - 1]
        place_body(sheet, body, at, each)
        at += each
