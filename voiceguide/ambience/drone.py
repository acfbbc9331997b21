"""A drone: held notes whose partials come and go and wander, each a pair a few cents apart, one to each side.

Absolute phase makes it a closed form in time. A chunk is laid out as rows of 32 frames: a partial is then an outer product of
its turn and loudness at each row (they change slowly) and one short stretch of its wave, so that all partials together are one
small matrix product. The product is done in tiles too small for a linear algebra library to share among threads, which keeps
the bits the same on any number of them.
"""

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import chance, recipe
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.drift import drawn, knots, turned
from voiceguide.ambience.noise import TO_LOG
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.audio import RATE, Values

ROW = 32
ROWS = CHUNK // ROW
TILES = 32
CROSSTALK = 0.35
WANDERING, SIDE = 2000, 1000
"""From the key of a partial's swell to that of its pitch on the left, and from there to the right."""

LOUDNESS_FALL = 8.0
"""dB per decade that high notes are softer, so that low ones carry the chord."""


class Drone:
    """A `drone` layer."""

    def __init__(self, settings: recipe.Drone, source: int) -> None:
        self._swell, self._drift = settings.swell, settings.drift
        self._keys = source + 1 + np.arange(len(settings.notes) * settings.partials)
        hz, level = _partials(settings)
        cents = np.exp(np.log(settings.detune[0] + 0.01) + chance.uniform(source, np.arange(len(hz))) * _span(settings.detune))
        self._level = level
        self._hz = np.concatenate([hz * 2 ** (-cents / 2400), hz * 2 ** (cents / 2400)])
        self._phase = chance.uniform(source, 1000 + np.arange(len(self._hz)))
        self._rows = np.exp(2j * np.pi * (np.outer(np.arange(ROWS) * ROW / RATE, self._hz) % 1.0)).astype(np.complex64)
        turn = 2 * np.pi * np.outer(self._hz, np.arange(ROW) / RATE)
        self._stretch = np.concatenate([np.sin(turn), np.cos(turn)]).astype(np.float32)

    def add(self, chunk: int, piece: Planar) -> None:
        """Add chunk number `chunk`; nothing rings on."""
        first = np.exp(2j * np.pi * ((self._hz * (chunk * CHUNK / RATE) + self._phase) % 1.0)).astype(np.complex64)
        turns = self._moved(chunk)
        turns *= self._rows
        turns *= first
        for channel, near in enumerate(_sides(len(self._level))):
            weighted = turns * near
            tiles = np.concatenate([weighted.real, weighted.imag], axis=1).reshape(TILES, ROWS // TILES, -1)
            piece[channel, :CHUNK] += (tiles @ self._stretch).reshape(-1)

    def _moved(self, chunk: int) -> NDArray[np.complex64]:
        """Amplitude of each partial at each row, and how far it has wandered: shape (ROWS, partials of both sides)."""
        times = knots(chunk)
        swell = self._swell.depth * chance.wander(self._keys, times, self._swell.rate)
        level = np.exp((self._level + swell) * TO_LOG).astype(np.float32)
        pitch = turned(np.concatenate([self._keys, self._keys + SIDE]) + WANDERING, times, self._drift)
        return drawn(np.concatenate([level, level], axis=1) * pitch, ROWS)


def _partials(settings: recipe.Drone) -> tuple[Values, Values]:
    """Hz and dB of every partial; all together have the power of a flat bed at the layer's level."""
    number = np.arange(1, settings.partials + 1)
    hz = np.outer(settings.notes, number).reshape(-1)
    fall = np.tile(-settings.fall * (number - 1), len(settings.notes))
    level = fall - LOUDNESS_FALL * np.log10(hz / hz.min())
    mean_swell = 2 * TO_LOG * settings.swell.depth**2 / 2
    power = np.sum(10 ** (level / 10)) * (1 + CROSSTALK**2) / 2
    return hz, level - 10 * np.log10(power) + settings.level + FLAT_BED - mean_swell


def _span(detune: tuple[float, float]) -> float:
    return float(np.log((detune[1] + 0.01) / (detune[0] + 0.01)))


def _sides(partials: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How much of each left-hand and right-hand partial is heard on either side."""
    near, far = np.ones(partials, np.float32), np.full(partials, CROSSTALK, np.float32)
    return np.concatenate([near, far]), np.concatenate([far, near])
