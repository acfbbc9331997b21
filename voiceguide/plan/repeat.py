"""A check-in answered: the step before it once more, softer or firmer.

The step is read back from the timeline, where sentences, holds and pauses still are what the writer wrote, and written anew
with other words of pressure; its work is as short as the script allows.
"""

from collections.abc import Callable
from dataclasses import replace

from voiceguide.plan.budget import Budget
from voiceguide.plan.pressure import Pressure, firmer, softer
from voiceguide.plan.room import named, opened, quiet
from voiceguide.plan.sections import body_span, lines_of, place_body
from voiceguide.plan.sheet import Sheet
from voiceguide.plan.timeline import Played, Spoken, Stretch, Timeline
from voiceguide.plan.words import Lengths, Manner
from voiceguide.script.model import Beat, Breathe, CheckIn, Hold, Pause, Recording, Say, Step

OPENINGS: dict[Pressure, str] = {"softer": "A little softer now.", "firmer": "A little firmer now, never past comfortable."}
CHANGES: dict[Pressure, Callable[[str], str]] = {"softer": softer, "firmer": firmer}


def lines_for(budget: Budget, timeline: Timeline, at: int, change: Pressure) -> tuple[Spoken, ...]:
    """What must be voiced before the step can be repeated; nothing when nothing was asked before `at`."""
    asked = _asked(timeline, at)
    if asked is None:
        return ()
    manner = _manner(budget, timeline, asked)
    return tuple(dict.fromkeys(manner.spoken(say) for say in lines_of(_step(timeline, asked, change))))


def repeated(budget: Budget, timeline: Timeline, at: int, change: Pressure, lengths: Lengths) -> Timeline:
    """The timeline with the step before the last check-in inserted at `at`, or where a sentence or a breath is over.

    It is as much longer as that takes. The same timeline when nothing was asked, there is no step before the question, or the
    session is in its closing."""
    asked, place = _asked(timeline, at), quiet(timeline, at)
    body = _step(timeline, asked, change) if asked else ()
    if asked is None or not body or (timeline.closing and place >= timeline.closing):
        return timeline
    manner = replace(_manner(budget, timeline, asked), lengths=lengths)
    sheet = Sheet(manner, timeline.beds[-1])
    start = place + lengths.gap("paragraph")
    end = place_body(sheet, body, start, body_span(body, manner).ideal) + lengths.gap("sentence")
    return _inserted(timeline, asked, sheet, place, end - place)


def _inserted(timeline: Timeline, asked: Stretch, sheet: Sheet, place: int, frames: int) -> Timeline:
    """Room for what is on the sheet, and the sheet in it; the time to answer is over when it begins."""
    answered = replace(asked, end=min(asked.end, place))
    before = tuple(answered if stretch == asked else stretch for stretch in timeline.stretches)
    wider = opened(replace(timeline, stretches=before), place, frames)
    section = _section(timeline, place)
    cues = named(wider, sheet.cues(timeline.parts[section].title, section))
    stretches = sorted((*wider.stretches, *sheet.stretches), key=lambda stretch: (stretch.start, stretch.end))
    return replace(wider, stretches=tuple(stretches), notes=wider.notes + tuple(sheet.notes)).with_cues([*wider.cues, *cues])


def _asked(timeline: Timeline, at: int) -> Stretch | None:
    """The last check-in that began by `at`."""
    asked = [stretch for stretch in timeline.stretches if isinstance(stretch.step, CheckIn) and stretch.start <= at]
    return asked[-1] if asked else None


def _step(timeline: Timeline, asked: Stretch, change: Pressure) -> tuple[Step, ...]:
    """What was written between the beginning of the step before a check-in and the question, said differently."""
    start = max([frame for frame in timeline.steps if frame < asked.start], default=asked.start)
    work = [
        s for s in timeline.stretches if start <= s.start < asked.start and isinstance(s.step, Hold | Breathe | Pause | Beat)
    ]
    written: list[tuple[int, Step]] = [(stretch.start, _changed(stretch.step, change)) for stretch in work]
    for cue in timeline.between(start, asked.start):
        inside = any(stretch.start <= cue.start < stretch.end for stretch in work)
        if cue.start < start or inside:
            continue
        if isinstance(cue.content, Played):
            written.append((cue.start, Recording(cue.content.file, cue.content.at, cue.content.to)))
        elif isinstance(cue.content, Spoken) and cue.kind == "instruction":
            written.append((cue.start, _changed(cue.content.say, change)))
    opening = replace(asked.step.question, text=OPENINGS[change], opens=False) if isinstance(asked.step, CheckIn) else None
    body = tuple(step for _, step in sorted(written, key=lambda each: each[0]))
    return (opening, *body) if opening and body else ()


def _changed(step: Step, change: Pressure) -> Step:
    """A step with other words of pressure."""

    def said(say: Say) -> Say:
        return replace(say, text=CHANGES[change](say.text))

    if isinstance(step, Say):
        return said(step)
    if not isinstance(step, Hold):
        return step
    return replace(
        step,
        reminders=step.reminders and replace(step.reminders, lines=tuple(said(line) for line in step.reminders.lines)),
        halfway=step.halfway and said(step.halfway),
        anchors=tuple(replace(anchor, say=said(anchor.say)) for anchor in step.anchors),
    )


def _manner(budget: Budget, timeline: Timeline, asked: Stretch) -> Manner:
    return budget.bookings[_section(timeline, asked.start)].manner


def _section(timeline: Timeline, at: int) -> int:
    """The number of the section at a frame, from 0."""
    return max(0, sum(part.start <= at for part in timeline.parts) - 1)
