"""A bed that follows the breath: it comes nearer while you breathe in and draws back while you breathe out.

Each breath in and each breath out is a change of bed that lasts as long as the phase, drawn by the same S-curve as every other
change; a hold keeps what was reached, and after the last breath the bed goes back to what it was. So breathing is nothing new
to the mix: it is made of the cues of the timeline, and two settings of one scene, each endless and without memory.

The bed never gets louder than it is without breath: at the top of a breath in it has its own level and more `intensity`, at the
bottom of a breath out it is `DRAWN_BACK` lower with less. Its own restlessness steps back (`calm`), so that its waves are those
of the breath; a routine that sets `calm` itself keeps what it set.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from voiceguide.audio import RATE
from voiceguide.plan.timeline import Bed, Breath, BreathPhase, Cue, Timeline

DRAWN_BACK = -9.0
SWELL = 0.35
RETURN = 6 * RATE

Standing = Callable[[Bed], Mapping[str, float]]

_TURNS: dict[BreathPhase, int] = {"in": 0, "sip": 0, "out": 1}


def tides(bed: Bed, standing: Mapping[str, float]) -> tuple[Bed, Bed]:
    """What a bed becomes at the top of a breath in and at the bottom of a breath out; `standing` are its controls, 0 to 1."""
    return _turned(bed, standing, SWELL, 0.0), _turned(bed, standing, -SWELL, DRAWN_BACK)


def tidal(timeline: Timeline, start: int, end: int, standing: Standing) -> Sequence[Bed]:
    """The beds of a timeline in order, with those that the breaths around [start, end) make of a bed that follows them.

    Reads no cue that begins at `end` or later. `standing` tells where the controls of a bed's scene stand.
    """
    if not any(bed.breathes for bed in timeline.beds):
        return timeline.beds
    near = timeline.between(start - 2 * timeline.longest - RETURN, end)
    breaths = [cue for cue in near if isinstance(cue.content, Breath)]
    moved = (bed for number in range(len(breaths)) for bed in _moved(timeline.beds, breaths, number, standing))
    return sorted((*timeline.beds, *moved), key=lambda bed: bed.start)


def _moved(beds: Sequence[Bed], breaths: Sequence[Cue], number: int, standing: Standing) -> Iterator[Bed]:
    """The change of bed that a phase makes, and the way back where no other phase follows."""
    cue, later = breaths[number], breaths[number + 1 : number + 2]
    phase = cue.content.phase if isinstance(cue.content, Breath) else "rest"
    if (bed := _bed_at(beds, cue.start)) and phase in _TURNS:
        yield replace(tides(bed, standing(bed))[_TURNS[phase]], start=cue.start, fade=cue.end - cue.start)
    if (bed := _bed_at(beds, cue.end)) and not (later and later[0].start <= cue.end):
        yield replace(bed, start=cue.end, fade=RETURN)


def _bed_at(beds: Sequence[Bed], frame: int) -> Bed | None:
    """The bed that follows the breath at a frame, None when that bed does not."""
    last = next((bed for bed in reversed(beds) if bed.start <= frame), None)
    return last if last and last.scene is not None and last.breathes else None


def _turned(bed: Bed, standing: Mapping[str, float], swell: float, level: float) -> Bed:
    said = dict(bed.controls)
    if "calm" in standing:
        said.setdefault("calm", 1.0)
    if "intensity" in standing:
        said["intensity"] = min(max(standing["intensity"] + swell, 0.0), 1.0)
    return replace(bed, controls=tuple(sorted(said.items())), level=bed.level + level)
