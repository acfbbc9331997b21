"""What the control process wants to be heard; the audio process knows nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.plan.timeline import Timeline

if TYPE_CHECKING:
    from voiceguide.ambience.remembered import Loudness
    from voiceguide.ambience.scenes import Key
    from voiceguide.audio import Block

PLAIN_BED, NO_WORDS = 1, 2


@dataclass(frozen=True, slots=True)
class Levels:
    """How much louder each part is than the mix has it, in dB, -30 to 6."""

    voice: float = 0.0
    bed: float = 0.0
    signals: float = 0.0


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


@dataclass(frozen=True, slots=True)
class Setting:
    """What the sound needs to know of the session before it begins; `heard` are soundscapes measured before.

    `safe` is PLAIN_BED where its soundscape, NO_WORDS where also its recordings and words are replaced by something plain,
    because the process has died of them."""

    clock: int
    seed: int
    folder: Path
    given: "Mapping[str, Block]" = field(default_factory=dict)
    heard: "Mapping[Key, Loudness]" = field(default_factory=dict)
    safe: int = 0
