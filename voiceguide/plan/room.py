"""Room in a timeline that is being heard: where it may be opened, how everything later moves, what copies are called."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from typing import TypeVar

from voiceguide.audio import RATE
from voiceguide.plan.timeline import Breath, Chapter, Cue, Stretch, Timeline
from voiceguide.script.model import Breathe, Hold

Piece = TypeVar("Piece", Cue, Chapter, Stretch)


def opened(timeline: Timeline, at: int, frames: int) -> Timeline:
    """The timeline with `frames` of room at `at` (over 0), all of it as much longer.

    What starts there or later moves. A chapter, a stretch or a phase of breath that goes on there grows, and so do a chapter
    and work that end there; what else sounds across stays as it is. A fade that has begun takes longer."""

    def piece(one: Piece, *, grows: bool) -> Piece:
        if one.start >= at:
            return replace(one, start=one.start + frames, end=one.end + frames)
        return replace(one, end=one.end + frames) if grows else one

    wider = replace(
        timeline,
        length=timeline.length + frames,
        planned=timeline.planned + (frames if timeline.planned >= at else 0),
        closing=timeline.closing + (frames if timeline.closing >= at else 0),
        chapters=tuple(piece(chapter, grows=chapter.end >= at) for chapter in timeline.chapters),
        stretches=tuple(piece(stretch, grows=_goes_on(stretch, at)) for stretch in timeline.stretches),
        beds=tuple(replace(bed, start=bed.start + frames) if bed.start >= at else bed for bed in timeline.beds),
    )
    moved = wider.with_cues(piece(cue, grows=cue.track == "breath" and cue.end > at) for cue in timeline.cues)
    return fading_on(timeline, at, moved)


def until(timeline: Timeline, end: int) -> Timeline:
    """The timeline as if it were planned up to `end` only: what begins later is gone, and so is its closing."""
    cut = replace(
        timeline,
        planned=end,
        closing=0,
        chapters=tuple(replace(c, end=min(c.end, end)) for c in timeline.chapters if c.start < end),
        stretches=tuple(replace(s, end=min(s.end, end)) for s in timeline.stretches if s.start < end),
        beds=tuple(bed for bed in timeline.beds if bed.start < end),
    )
    return cut.with_cues(cue for cue in timeline.cues if cue.start < end)


def fading_on(timeline: Timeline, at: int, changed: Timeline) -> Timeline:
    """`changed`, with its last fade begun where it had begun, if that was before `at`: the bed never comes up again."""
    begun = timeline.length - timeline.ending
    return replace(changed, ending=changed.length - begun) if at > begun else changed


def quiet(timeline: Timeline, at: int) -> int:
    """The first frame from `at` on that cuts no sentence, no breath and no countdown in two."""
    for start, end in sorted([*_said(timeline), *breaths(timeline.cues), *_countdowns(timeline)]):
        if start < at < end:
            at = end
    return at


def breaths(cues: Iterable[Cue]) -> list[tuple[int, int]]:
    """Where each whole breath starts and ends, of cues in order."""
    found: list[tuple[int, int]] = []
    for cue in cues:
        if cue.content == Breath("in"):
            found.append((cue.start, cue.end))
        elif cue.track == "breath" and found:
            found[-1] = (found[-1][0], cue.end)
    return found


def last_words(stretch: Stretch) -> int:
    """Where the countdown of a hold begins, its end if it has none."""
    countdown = stretch.step.countdown if isinstance(stretch.step, Hold) else None
    if countdown is None:
        return stretch.end
    return stretch.end - (1 if countdown.kind == "bell" else countdown.count) * RATE


def named(timeline: Timeline, cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """These cues, to be added, with names that no cue of the timeline has: the name they had and a number."""
    taken = {cue.id for cue in timeline.cues}
    renamed = []
    for cue in cues:
        root = cue.id.partition("+")[0]
        name = next(name for name in (f"{root}+{number}" for number in count(1)) if name not in taken)
        taken.add(name)
        renamed.append(replace(cue, id=name))
    return tuple(renamed)


def shifted(cue: Cue, frames: int) -> Cue:
    """The same cue, `frames` later."""
    return replace(cue, start=cue.start + frames, end=cue.end + frames)


def _goes_on(stretch: Stretch, at: int) -> bool:
    return stretch.end > at or (stretch.end == at and isinstance(stretch.step, Hold | Breathe))


def _said(timeline: Timeline) -> Iterator[tuple[int, int]]:
    return ((cue.start, cue.end) for cue in timeline.cues if cue.track == "voice")


def _countdowns(timeline: Timeline) -> Iterator[tuple[int, int]]:
    return ((last_words(stretch), stretch.end) for stretch in timeline.stretches)
