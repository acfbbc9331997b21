"""Everything that is struck, bells, ticks and beats: how loud each is, and how loud it may be so that nobody is startled."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from voiceguide.ambience import beats, bells
from voiceguide.audio import RATE, Block

RECENT = 19 * RATE // 10
"""How much is heard before a strike: the last 2 s, less what passes while it swells."""

RISE = 9.0
"""dB by which the loudest 100 ms of a strike may be over what was heard: with the bed below it, that stays under 12."""

SHORT, STEP = RATE // 10, RATE // 100


@dataclass(frozen=True, slots=True)
class Strike:
    """A sound (n, 2), the LUFS of its loudest 400 ms, and the energy of its loudest 100 ms, both sides added."""

    sound: Block
    loudness: float
    sharpest: float

    def calmest(self, heard: float) -> float:
        """The largest factor at which it rises calmly out of what was `heard` (energy, both sides added)."""
        return float(np.sqrt(heard * 10 ** (RISE / 10) / self.sharpest))


@cache
def strike(name: str) -> Strike:
    """A bell by name, the countdown's `tick` or the metronome's `beat`."""
    if name in bells.BELLS:
        return _strike(bells.strike(name), bells.LOUDNESS)
    return _strike(beats.tick("beat" if name == "beat" else "tick"), beats.LOUDNESS)


def energy(sound: Block) -> float:
    """Mean square of (n, 2), both sides added; of nothing, 0."""
    return float(np.square(sound.T, dtype=np.float64).sum() / max(1, len(sound)))


def _strike(sound: Block, loudness: float) -> Strike:
    return Strike(sound, loudness, max(energy(sound[at : at + SHORT]) for at in range(0, len(sound) - SHORT, STEP)))
