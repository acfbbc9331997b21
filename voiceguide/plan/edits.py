"""A timeline changed while it is heard: more time for a hold, an instruction once more, fewer words.

Each gives a new timeline in which everything before `at` is as it was, cue for cue.
"""

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from voiceguide.audio import RATE
from voiceguide.plan.room import breaths, last_words, named, opened, quiet, shifted
from voiceguide.plan.timeline import WORDS, WORK, Cue, Signal, Spoken, Stretch, Timeline
from voiceguide.script.model import Breathe, Hold, Wait

APART = RATE
SOON_ENOUGH = 60 * RATE
LONGEST_PASSAGE = 15 * RATE
GIVES_WAY = ("prompt", "reminder", "halfway")
LEFT_OUT: dict[str, tuple[str, ...]] = {"full": (), "some": ("reminder",), "sparse": ("reminder", "halfway")}
"""What each amount of guidance leaves out, by kind of cue."""


def longer(timeline: Timeline, at: int, frames: int) -> Timeline:
    """`frames` more for the hold or the breathing that goes on at `at`, else for the next one in its section.

    The room is opened where nobody is speaking; where there is a breath or a beat it is as many whole ones as come nearest, at
    least one. Once the last words of a hold have begun, or with no work to come, the section gets `frames` at its next quiet
    place. A session whose last section is over stays as it is."""
    section = next((part for part in timeline.parts if part.start <= at < part.end), None)
    if section is None or (timeline.closing and at >= timeline.closing):
        return timeline
    work = _work(timeline, at, section.end)
    if work is not None:
        prompts = [cue.end for cue in timeline.between(work.start, work.end) if cue.kind == "prompt"]
        first, last = max([at, work.start + 1, *prompts]), last_words(work)
        for before, border in pairwise(_borders(timeline, work)):
            if first <= border <= last and not _speaking(timeline, border):
                return _filled(timeline, before, border, frames)
        if quiet(timeline, first) <= last:
            return opened(timeline, quiet(timeline, first), frames)
    return opened(timeline, quiet(timeline, at), frames)


def again(timeline: Timeline, at: int, heard: Timeline | None = None) -> Timeline | None:
    """The last instruction that began before `at` once more, where it fits within a minute and before the next words.

    It is the last of those `heard`, where only a part of the timeline's words is.
    It keeps to one section, with a second of quiet on either side, and takes the place of prompts, reminders and halfway marks;
    nothing else changes. None when nothing was said yet or it fits nowhere."""
    passage = _passage(heard or timeline, at)
    start = _free(timeline, at, passage[-1].end - passage[0].start) if passage else None
    if start is None:
        return None
    later = start - passage[0].start
    copies = named(timeline, [replace(shifted(cue, later), kind="again") for cue in passage])
    first, last = start - APART, copies[-1].end + APART
    kept = [c for c in timeline.cues if not (c.kind in GIVES_WAY and c.start >= at and c.start < last and c.end > first)]
    return timeline.with_cues([*kept, *copies])


def thinned(timeline: Timeline, guidance: str) -> Timeline:
    """What is left of a full timeline with less `guidance` (full, some or sparse): fewer words at the same times."""
    out = LEFT_OUT[guidance]
    return timeline.with_cues(cue for cue in timeline.cues if cue.kind not in out) if out else timeline


def _work(timeline: Timeline, at: int, end: int) -> Stretch | None:
    """The innermost hold or breathing that goes on at `at`, else the next one that begins before `end`."""
    work = [s for s in timeline.stretches if isinstance(s.step, Hold | Breathe) and s.end > at and s.start < end]
    begun = [stretch for stretch in work if stretch.start <= at]
    return begun[-1] if begun else next(iter(work), None)


def _borders(timeline: Timeline, work: Stretch) -> list[int]:
    """Where one breath, else one beat, of this work ends and the next begins; both ends of it too."""
    inside = [cue for cue in timeline.between(work.start, work.end) if cue.start >= work.start]
    if whole := breaths(inside):
        return [*(start for start, _ in whole), whole[-1][1]]
    beats = [cue.start for cue in inside if cue.kind == "beat"]
    after = [2 * beats[-1] - beats[-2]] if len(beats) > 1 else []
    return [*beats, *(border for border in after if border <= work.end)]


def _speaking(timeline: Timeline, at: int) -> bool:
    return any(cue.track == "voice" and cue.start < at for cue in timeline.between(at, at + 1))


def _filled(timeline: Timeline, before: int, border: int, frames: int) -> Timeline:
    """Room at `border` for as many repetitions of what breathes and beats since `before` as come nearest to `frames`."""
    period = border - before
    times = max(1, round(frames / period))
    pulse = [c for c in timeline.between(before, border) if c.start >= before and c.kind in ("breath", "beat")]
    copies = [shifted(cue, turn * period) for turn in range(1, times + 1) for cue in pulse]
    wider = opened(timeline, border, times * period)
    return wider.with_cues([*wider.cues, *named(timeline, copies)])


def _passage(timeline: Timeline, at: int) -> list[Cue]:
    """The last instruction before `at` and those before it, back to where its paragraph opens; 15 s of it at most."""
    passage: list[Cue] = []
    for cue in reversed(timeline.cues[: bisect_left(timeline.starts, at)]):
        if cue.track != "voice":
            continue
        if passage and (cue.kind != "instruction" or not _one_passage(timeline, cue, passage)):
            break
        if cue.kind == "instruction":
            passage.insert(0, cue)
            if isinstance(cue.content, Spoken) and cue.content.say.opens:
                break
    return passage


def _one_passage(timeline: Timeline, cue: Cue, passage: list[Cue]) -> bool:
    """Whether a sentence goes with those after it: no work begins or ends in between, and all is short enough."""
    work = [stretch for stretch in timeline.stretches if isinstance(stretch.step, WORK)]
    worked = any(cue.end <= border <= passage[0].start for stretch in work for border in (stretch.start, stretch.end))
    return not worked and passage[-1].end - cue.start <= LONGEST_PASSAGE


def _free(timeline: Timeline, at: int, length: int) -> int | None:
    """The first frame from `at` on where `length` frames of words find room."""
    near = timeline.between(at - APART, at + SOON_ENOUGH + length + APART)
    last = min([timeline.planned, *(cue.start for cue in near if cue.kind in WORDS and cue.start >= at)])
    busy = [(cue.start, cue.end) for cue in near if _stays(cue, at)]
    busy += [(stretch.start, stretch.end) for stretch in timeline.stretches if isinstance(stretch.step, Wait)]
    busy += [(part.end, part.end) for part in timeline.parts]
    for start in sorted([at, *(end + APART for _, end in busy if end + APART > at)]):
        end = start + length
        clear = all(end + APART <= begins or ends + APART <= start for begins, ends in busy)
        if clear and start <= at + SOON_ENOUGH and end + APART <= last:
            return start
    return None


def _stays(cue: Cue, at: int) -> bool:
    """Whether nothing may be said over a cue: words that do not give way or have begun, and the ticks of a countdown."""
    words = cue.track == "voice" and (cue.kind not in GIVES_WAY or cue.start < at)
    return words or cue.content == Signal("tick")
