"""Sections placed one after the other with their real lengths; what estimates got wrong is carried forward.

timeline = begin(budget, bed)
for number in range(len(budget.bookings)):
    timeline = place(budget, timeline, number, lengths)      # after the lines of that section are voiced
timeline = finish(budget, timeline, lengths)
"""

from collections.abc import Sequence
from dataclasses import replace

from voiceguide.audio import RATE, clock
from voiceguide.errors import CannotFit
from voiceguide.plan.budget import CLOSING, LEAD_IN, REST, Budget
from voiceguide.plan.sections import lines_of, place_section, section_span
from voiceguide.plan.sheet import Sheet
from voiceguide.plan.span import Span, share, total
from voiceguide.plan.timeline import Bed, Chapter, Cue, Spoken, Timeline
from voiceguide.plan.words import Lengths
from voiceguide.script.model import Bell, Node, Section, Sides

LEAST_ENDING = 10 * RATE
CLOSING_BELL = "closing"
BEFORE_BELL = 3 * RATE // 2


def begin(budget: Budget, bed: Bed) -> Timeline:
    """A timeline that holds the lead-in and the first bed."""
    return Timeline(budget.length, planned=LEAD_IN, beds=(bed,), dropped=budget.dropped)


def spoken_in(budget: Budget, number: int) -> tuple[Spoken, ...]:
    """Everything the voice may need for a section, each line once."""
    booking = budget.bookings[number]
    return tuple(dict.fromkeys(booking.manner.spoken(say) for say in lines_of(booking.section.body)))


def place(budget: Budget, timeline: Timeline, number: int, lengths: Lengths) -> Timeline:
    """The timeline with section `number` placed: real bounds for it, estimates for those to come, the rest shared anew."""
    booking = budget.bookings[number]
    manner = replace(booking.manner, lengths=lengths)
    sheet = Sheet(manner, timeline.beds[-1])
    later = budget.bookings[number + 1 :]
    spans = [section_span(booking.section, manner), *(each.span for each in later), CLOSING]
    frames = _share_of_first(timeline.length - timeline.planned - REST * len(later), spans)
    start = timeline.planned
    end = place_section(sheet, booking.section, start, frames) + (REST if later else 0)
    cues = sheet.cues(booking.section.title, number, timeline.length)
    chapter = Chapter(booking.section.title, start if number else 0, end, booking.section.at.line)
    steps = tuple(sorted(sheet.steps, key=lambda step: step.start))
    stretches = tuple(sorted(sheet.stretches, key=lambda stretch: (stretch.start, stretch.end)))
    return timeline.joined(end, cues, (chapter, *steps), tuple(sheet.beds), tuple(sheet.notes), stretches)


def finish(budget: Budget, timeline: Timeline, lengths: Lengths) -> Timeline:
    """The timeline with its closing bell and the bed-only end; raises CannotFit when speech has eaten the ending."""
    left = timeline.length - timeline.planned
    if left < LEAST_ENDING:
        over = clock(LEAST_ENDING - left + RATE - 1)
        words = f"{budget.title} runs {over} over {clock(timeline.length)} once spoken; ask for a little more time"
        raise CannotFit(words, timeline.length, budget.shortest + LEAST_ENDING - left, budget.longest)
    cues: tuple[Cue, ...] = ()
    if not _ends_with_bell(budget.bookings[-1].section.body):
        last = budget.bookings[-1]
        sheet = Sheet(replace(last.manner, lengths=lengths), timeline.beds[-1])
        sheet.signal(CLOSING_BELL, timeline.planned + BEFORE_BELL, "bell", last.section.at)
        cues = sheet.cues("closing", len(budget.bookings) - 1, timeline.length)
    whole = timeline.joined(timeline.length, cues)
    return replace(whole, chapters=_closed(whole.chapters, timeline.length))


def _share_of_first(frames: int, spans: Sequence[Span]) -> int:
    whole = total(spans)
    return share(min(max(frames, whole.least), whole.most), spans)[0]


def _ends_with_bell(body: Sequence[Node]) -> bool:
    last = body[-1] if body else None
    if isinstance(last, Section):
        return _ends_with_bell(last.body)
    if isinstance(last, Sides):
        return _ends_with_bell(last.passes[-1])
    return isinstance(last, Bell)


def _closed(chapters: tuple[Chapter, ...], length: int) -> tuple[Chapter, ...]:
    """The last chapter lasts to the end of the session."""
    last = max(number for number, chapter in enumerate(chapters) if chapter.level == 1)
    return tuple(replace(c, end=length) if number == last else c for number, c in enumerate(chapters))
