"""A heart: two dull thuds to a beat, found from the time alone.

The first thud is the longer and lower one; both hold enough above 80 Hz to be heard from a small loudspeaker. A beat comes a
little early or late in a slow sway, as a resting heart does with the breath.
"""

import numpy as np

from voiceguide.ambience import chance, recipe
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.grains import faded
from voiceguide.ambience.noise import TO_LOG
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.audio import RATE, Mono, Values, frames

SWAY_HZ = 0.12
BANK = 16
LENGTH = 0.26
ATTACK = 0.014
BETWEEN = 0.3
"""Seconds from the first thud to the second at 60 beats a minute; it grows with the root of the time between beats."""

FIRST, SECOND = (52.0, 0.055, 1.0), (66.0, 0.04, 0.65)
"""Pitch in Hz, seconds to fall by 8.7 dB, amplitude."""

OVERTONES = ((1.0, 1.0), (1.9, 0.55), (3.1, 0.22), (4.3, 0.08))


class Heart:
    """A `heart` layer, in the middle."""

    def __init__(self, settings: recipe.Heart, source: int) -> None:
        self._settings, self._source = settings, source
        self._period = 60 / settings.rate
        random = chance.generator(source, 0)
        self._banks = tuple(tuple(_thud(*thud, random) for _ in range(BANK)) for thud in (FIRST, SECOND))
        energy = sum(np.mean([np.sum(sound * sound) for sound in bank]) for bank in self._banks)
        mean_power = settings.spread**2 * TO_LOG
        self._level = FLAT_BED + settings.level - 10 * np.log10(energy / (self._period * RATE)) - mean_power

    def add(self, chunk: int, piece: Planar) -> None:
        """Add the thuds that begin in `chunk`."""
        begin, end = chunk * CHUNK / RATE, (chunk + 1) * CHUNK / RATE
        beats = np.arange(int(np.floor(begin / self._period)) - 2, int(np.ceil(end / self._period)) + 2)
        sway = self._settings.sway * chance.wander(self._source, np.asarray(beats * self._period, float), SWAY_HZ)
        level = self._level + self._settings.spread * chance.normal(self._source + 1, beats)
        for number, bank in enumerate(self._banks):
            at = np.floor(((beats + sway) * self._period + number * BETWEEN * np.sqrt(self._period)) * RATE).astype(int)
            which = (chance.uniform(self._source + 2 + number, beats) * BANK).astype(int)
            for first, sound, loud in zip((at - chunk * CHUNK).tolist(), which.tolist(), np.exp(level * TO_LOG), strict=True):
                if 0 <= first < CHUNK:
                    piece[:, first : first + len(bank[sound])] += bank[sound] * np.float32(loud)


def _thud(hz: float, decay: float, amplitude: float, random: np.random.Generator) -> Mono:
    """A pitch that sinks a little while it dies, with overtones that die sooner; no two are quite alike."""
    times: Values = np.arange(frames(LENGTH)) / RATE
    hz *= 1 + 0.03 * random.standard_normal()
    turns = hz * times * (1 - 0.6 * times)
    parts = [
        loud * np.exp(-times * ratio / decay) * np.sin(2 * np.pi * (ratio * turns + random.uniform(-0.1, 0.1)))
        for ratio, loud in OVERTONES
    ]
    swell = np.sin(np.minimum(times / ATTACK, 1) * np.pi / 2) ** 2
    return faded((amplitude * np.sum(parts, axis=0) * swell).astype(np.float32))
