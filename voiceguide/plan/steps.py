"""Every kind of step: how long it may be, and how it is written onto the sheet. One row of a table each."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from voiceguide.audio import RATE
from voiceguide.plan import breathing
from voiceguide.plan.holds import place_breaths, place_hold, prompt_breaths
from voiceguide.plan.sheet import Sheet
from voiceguide.plan.span import Span, fixed
from voiceguide.plan.timeline import Bed
from voiceguide.plan.words import Manner, counted, prompt
from voiceguide.script.model import (
    Beat,
    Bell,
    Breathe,
    CheckIn,
    Hold,
    Length,
    Pause,
    Recording,
    Say,
    Scene,
    Step,
    Wait,
)

BELL_ROOM = 4 * RATE
WAIT_IN_FILE = 20 * RATE


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of step is timed, placed and heard.

    `span(step, manner)` gives its bounds, `place(sheet, step, start, frames)` writes it, `lines(step)` are the sentences it may
    speak, and `sounds` says whether it ends in a sound, so that a gap is owed before the next sentence."""

    span: Callable[[Any, Manner], Span]
    place: Callable[[Sheet, Any, int, int], object]
    lines: Callable[[Any], tuple[Say, ...]] = lambda step: ()
    sounds: bool = False


def _stretch(length: Length, weight: float = 1.0) -> Span:
    return Span(length.least, length.least, length.most, weight)


def _breathe_span(step: Breathe, manner: Manner) -> Span:
    if step.length:
        least, most = breathing.bounds(step.pattern, step.length)
        return Span(least, least, most)
    return fixed((step.count or 3) * step.pattern.period)


def _hold_lines(hold: Hold) -> tuple[Say, ...]:
    lines = [anchor.say for anchor in hold.anchors]
    lines += hold.reminders.lines if hold.reminders else ()
    lines += [hold.halfway] if hold.halfway else []
    lines += counted(hold.countdown.count, hold.at) if hold.countdown and hold.countdown.kind == "spoken" else ()
    return (*lines, *(_prompts(hold) if hold.breathe else ()))


def _prompts(step: Hold | Breathe) -> tuple[Say, ...]:
    pattern = step.pattern if isinstance(step, Breathe) else step.breathe
    if pattern is None:
        return ()
    said = (prompt(phase.kind, phase.breath, step.at) for phase in breathing.phases(pattern, 2, 0, 2 * pattern.period))
    return tuple(line for line in said if line)


def _place_breathe(sheet: Sheet, step: Breathe, start: int, frames: int) -> None:
    place_breaths(sheet, step.pattern, start, frames, step.at)
    prompt_breaths(sheet, step.pattern, start, frames, step.at)


def _place_bell(sheet: Sheet, step: Bell, start: int, frames: int) -> None:
    for number in range(step.count):
        sheet.signal(step.name, start + number * BELL_ROOM, "bell", step.at)


def _place_scene(sheet: Sheet, step: Scene, start: int, frames: int) -> None:
    if step.name == "":
        moved = tuple(sorted((dict(sheet.bed.controls) | dict(step.controls)).items()))
        breathes = step.breathes or sheet.bed.breathes
        sheet.change_bed(replace(sheet.bed, start=start, fade=step.fade, controls=moved, breathes=breathes))
    else:
        sheet.change_bed(Bed(start, step.fade, step.name, step.controls, sheet.bed.level, step.breathes))


def _nothing(sheet: Sheet, step: Step, start: int, frames: int) -> None:
    """Silence: the bed goes on."""


FORMS: dict[type, Form] = {
    Say: Form(
        lambda step, manner: fixed(manner.speech(step)),
        lambda sheet, step, start, frames: sheet.say(step, start, "instruction"),
        lambda step: (step,),
        sounds=True,
    ),
    Recording: Form(
        lambda step, manner: fixed(manner.lengths.recording(step)),
        lambda sheet, step, start, frames: sheet.play(step, start),
        sounds=True,
    ),
    CheckIn: Form(
        lambda step, manner: fixed(manner.speech(step.question) + step.wait),
        lambda sheet, step, start, frames: sheet.say(step.question, start, "question"),
        lambda step: (step.question,),
    ),
    Breathe: Form(_breathe_span, _place_breathe, _prompts, sounds=True),
    Hold: Form(lambda step, manner: _stretch(step.length, step.weight), place_hold, _hold_lines),
    Pause: Form(lambda step, manner: fixed(step.frames), _nothing),
    Beat: Form(lambda step, manner: fixed(manner.lengths.gap("beat")), _nothing),
    Bell: Form(lambda step, manner: fixed(step.count * BELL_ROOM), _place_bell),
    Scene: Form(lambda step, manner: fixed(0), _place_scene),
    Wait: Form(lambda step, manner: fixed(min(step.most, WAIT_IN_FILE)), _nothing),
}
