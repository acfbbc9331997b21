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
from voiceguide.plan.timeline import END_FADE, Bed, Chapter, Cue, Signal, Spoken, Timeline
from voiceguide.plan.words import Lengths, Manner
from voiceguide.script.model import Bell, Node, Place, Section, Sides

LEAST_ENDING = 10 * RATE
SLEEP_FADE = 60 * RATE
CLOSING_BELL = "closing"
BEFORE_BELL = 3 * RATE // 2


def begin(budget: Budget, bed: Bed, *, ending: int = END_FADE, bell: bool = True) -> Timeline:
    """A timeline that holds the lead-in and the first bed; the bed will fade out over `ending` frames, at most all of it.

    To fall asleep by: `ending=SLEEP_FADE, bell=False`; then no bell closes it, not even one that the routine ends with."""
    ending = min(ending, budget.length)
    return Timeline(budget.length, planned=LEAD_IN, beds=(bed,), dropped=budget.dropped, ending=ending, bell=bell)


def beginning(budget: Budget, bed: Bed, *, sleep: bool) -> Timeline:
    """`begin` as the session is meant to end: with a bell, or to fall asleep by."""
    return begin(budget, bed, ending=SLEEP_FADE, bell=False) if sleep else begin(budget, bed)


def spoken_in(budget: Budget, number: int) -> tuple[Spoken, ...]:
    """Everything the voice may need for a section, each line once."""
    booking = budget.bookings[number]
    return tuple(dict.fromkeys(booking.manner.spoken(say) for say in lines_of(booking.section.body)))


def place(budget: Budget, timeline: Timeline, number: int, lengths: Lengths) -> Timeline:
    """The timeline with section `number` placed: real bounds for it, estimates for those to come, the rest shared anew."""
    booking, later = budget.bookings[number], budget.bookings[number + 1 :]
    section = booking.section if later or timeline.bell else replace(booking.section, body=_unrung(booking.section.body))
    manner = replace(booking.manner, lengths=lengths)
    sheet = Sheet(manner, timeline.beds[-1])
    spans = [section_span(section, manner), *(each.span for each in later), CLOSING]
    frames = _share_of_first(timeline.length - timeline.planned - REST * len(later), spans)
    start = timeline.planned
    end = place_section(sheet, section, start, frames) + (REST if later else 0)
    cues = sheet.cues(section.title, number)
    chapter = Chapter(section.title, start if number else 0, end, section.at.line)
    steps = tuple(sorted(sheet.steps, key=lambda step: step.start))
    stretches = tuple(sorted(sheet.stretches, key=lambda stretch: (stretch.start, stretch.end)))
    return timeline.joined(end, cues, (chapter, *steps), tuple(sheet.beds), tuple(sheet.notes), stretches)


def finish(budget: Budget, timeline: Timeline, lengths: Lengths) -> Timeline:
    """The timeline with its closing bell and the bed-only end, in which all sounds end with it.

    Raises CannotFit when speech has eaten the ending."""
    left = timeline.length - timeline.planned
    if left < LEAST_ENDING:
        over = clock(LEAST_ENDING - left + RATE - 1)
        words = f"{budget.title} runs {over} over {clock(timeline.length)} once spoken; ask for a little more time"
        raise CannotFit(words, timeline.length, budget.shortest + LEAST_ENDING - left, budget.longest)
    last = budget.bookings[-1].section
    return closed(timeline, lengths, closing_bell(timeline, last.at, lengths) if _unrung(last.body) == last.body else ())


def closing_bell(timeline: Timeline, at: Place, lengths: Lengths) -> tuple[Cue, ...]:
    """The bell that is struck 1.5 s after all that is planned; none where the session is to have none."""
    if not timeline.bell:
        return ()
    sheet = Sheet(Manner(lengths), timeline.beds[-1])
    sheet.signal(CLOSING_BELL, timeline.planned + BEFORE_BELL, "bell", at)
    return sheet.cues("closing", max(0, len(timeline.parts) - 1))


def closed(timeline: Timeline, lengths: Lengths, cues: tuple[Cue, ...]) -> Timeline:
    """The timeline whole, with its last cues: the last chapter lasts to the end, and what rings rings until then at most."""
    whole = timeline.joined(timeline.length, cues)
    rung = (replace(cue, end=_rung_out(cue, timeline.length, lengths)) for cue in whole.cues)
    chapters = _to_the_end(whole.chapters, timeline.length)
    return replace(whole.with_cues(rung), chapters=chapters, closing=timeline.planned)


def _share_of_first(frames: int, spans: Sequence[Span]) -> int:
    whole = total(spans)
    return share(min(max(frames, whole.least), whole.most), spans)[0]


def _unrung(body: tuple[Node, ...]) -> tuple[Node, ...]:
    """These steps without the bell that they end with; the same steps if they end otherwise."""
    last = body[-1] if body else None
    if isinstance(last, Section):
        return (*body[:-1], replace(last, body=_unrung(last.body)))
    if isinstance(last, Sides):
        return (*body[:-1], replace(last, passes=(*last.passes[:-1], _unrung(last.passes[-1]))))
    return body[:-1] if isinstance(last, Bell) else body


def _rung_out(cue: Cue, length: int, lengths: Lengths) -> int:
    """Where a cue ends in a session of `length` frames."""
    return min(length, cue.start + lengths.signal(cue.content.name)) if isinstance(cue.content, Signal) else cue.end


def _to_the_end(chapters: tuple[Chapter, ...], length: int) -> tuple[Chapter, ...]:
    """The last chapter lasts to the end of the session."""
    last = max((number for number, chapter in enumerate(chapters) if chapter.level == 1), default=0)
    return tuple(replace(c, end=length) if number == last else c for number, c in enumerate(chapters))
