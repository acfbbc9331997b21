"""What the control process wants to be heard; the audio process knows nothing else."""

from dataclasses import dataclass, field

from voiceguide.live.state import Levels
from voiceguide.plan.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Aim:
    """From now on this is heard.

    `position` None goes on from where the sound is; `until` is the frame it may not pass. A sound that is not `moving` rests on
    the bed of its position. `fade` frames lead over from what was heard before; 0 takes the timeline as the same sound, known
    further. After `out` frames there is silence. `number` comes back with every report."""

    number: int
    timeline: Timeline
    position: int | None
    moving: bool
    until: int
    levels: Levels = field(default_factory=Levels)
    mix: str = "clear"
    fade: int = 0
    out: int | None = None
