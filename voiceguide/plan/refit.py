"""What is still to come fitted to another length, while the session is heard."""

from bisect import bisect_right
from dataclasses import replace

from voiceguide.plan.budget import CLOSING, REST, Budget
from voiceguide.plan.room import fading_on, until
from voiceguide.plan.schedule import LEAST_ENDING, finish, place
from voiceguide.plan.sections import section_span
from voiceguide.plan.span import Span, fixed, total
from voiceguide.plan.timeline import Timeline
from voiceguide.plan.words import Lengths


def refit(budget: Budget, timeline: Timeline, at: int, length: int, lengths: Lengths) -> Timeline:
    """The timeline with the sections after the one heard at `at` placed anew, so that it is `length` frames long.

    They keep to their bounds; where these do not allow it, the length comes as near as it can. As many sections as were placed
    are placed again, their lines are voiced already; those to come find the new length when they are placed. In its closing a
    session stays as it is."""
    if timeline.closing and at >= timeline.closing:
        return timeline
    here = bisect_right([part.start for part in timeline.parts], at)
    kept = until(timeline, _end_of(timeline, here))
    bounds = _bounds(budget, kept, here, len(timeline.parts), lengths)
    kept = replace(kept, length=min(max(length, bounds.least), bounds.most))
    for number in range(here, len(timeline.parts)):
        kept = place(budget, kept, number, lengths)
    kept = replace(kept, notes=tuple(dict.fromkeys(kept.notes)))
    return fading_on(timeline, at, ended(budget, kept, lengths) if timeline.closing else kept)


def ended(budget: Budget, timeline: Timeline, lengths: Lengths) -> Timeline:
    """The timeline finished, later than promised where the words need it: live, nothing is refused any more."""
    length = max(timeline.length, timeline.planned + LEAST_ENDING)
    return finish(budget, replace(timeline, length=length), lengths)


def _end_of(timeline: Timeline, sections: int) -> int:
    """Where this many sections end, without the closing."""
    if timeline.closing and sections == len(timeline.parts):
        return timeline.closing
    return timeline.parts[sections - 1].end if sections else timeline.planned


def _bounds(budget: Budget, kept: Timeline, here: int, placed: int, lengths: Lengths) -> Span:
    """How long the session can be: real bounds of sections whose lines are voiced, estimates for those to come."""
    spans = [
        section_span(booking.section, replace(booking.manner, lengths=lengths)) if number < placed else booking.span
        for number, booking in enumerate(budget.bookings)
    ][here:]
    rests = REST * max(0, len(spans) - 1)
    closing = replace(CLOSING, least=LEAST_ENDING)
    return total([fixed(kept.planned + rests), *spans, closing])
