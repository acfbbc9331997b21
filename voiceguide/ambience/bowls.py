"""Singing bowls: every partial of a stroke is a pair of dying sines in closed form, so any moment of it can be heard first.

A dying sine with a swell is the difference of two complex exponentials. A chunk is laid out as rows of 64 frames, on which
strokes begin: an exponential is then the product of its value at each row and one short stretch of it, and all of them together
are one small matrix product. It is done in tiles, for the reason told in `drone.py`. Strokes are found from the time alone.
"""

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import chance, recipe
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.drift import drawn, knots, turned
from voiceguide.ambience.noise import TO_LOG
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.audio import RATE, Values

ROW = 64
ROWS = CHUNK // ROW
TILES = 64
PARTIALS: Values = np.array([[1.0, 1.0, 1.0], [2.76, 0.5, 0.55], [5.12, 0.2, 0.3], [8.1, 0.06, 0.16]])
"""Of a bowl: pitch, amplitude and length of ringing of each partial against the lowest, as measured on bowls."""

RINGS = 6.0
"""Lengths of ringing after which an exponential is left out, 52 dB down."""

WIDER = 1.4
"""How much more the next higher partial beats, as a share of the lowest's beating."""

SIDES: Values = np.array([[0.75, 0.4], [0.4, 0.75]])
"""Amplitude at left and right of the lower and the higher one of a pair."""


WANDERING = 1000
"""From the layer's key to those of its partials' pitch."""


class Bowls:
    """A `bowls` layer."""

    def __init__(self, settings: recipe.Bowls, source: int) -> None:
        self._settings, self._source = settings, source
        self._speeds = np.stack([_speeds(settings, note, source + 9 + number) for number, note in enumerate(settings.notes)])
        self._loud = np.repeat(PARTIALS[:, 1], 4) * np.tile([1.0, -1.0], 2 * len(PARTIALS))
        self._sides = np.tile(np.repeat(SIDES, 2, axis=1), len(PARTIALS))
        mean_power = settings.spread**2 * TO_LOG
        self._level = FLAT_BED + settings.level - 10 * np.log10(self._power()) - mean_power

    def add(self, chunk: int, piece: Planar) -> None:
        """Add what sounds in chunk number `chunk` of every stroke; nothing rings on."""
        stroke, row = self._strokes(chunk * ROWS)
        speed = self._speeds[(chance.uniform(self._source + 1, stroke) * len(self._settings.notes)).astype(int)]
        heard = -speed.real * np.maximum(chunk * ROWS - row, 0)[:, None] * ROW / RATE < RINGS
        since = (chunk * ROWS + np.arange(ROWS)[:, None] - np.broadcast_to(row[:, None], heard.shape)[heard]) * ROW / RATE
        rung = self._struck(stroke)[heard] * np.exp(speed[heard] * np.maximum(since, 0)) * (since >= 0)
        rung *= self._wandered(chunk)[:, np.broadcast_to(np.arange(speed.shape[1]) // 4, heard.shape)[heard]]
        stretch = np.exp(speed[heard][:, None] * np.arange(ROW) / RATE)
        wave = np.concatenate([stretch.imag, stretch.real]).astype(np.float32)
        for channel, side in enumerate(self._sides):
            near = rung * np.broadcast_to(side, heard.shape)[heard]
            tiles = np.concatenate([near.real, near.imag], axis=1).astype(np.float32).reshape(TILES, ROWS // TILES, -1)
            piece[channel, :CHUNK] += (tiles @ wave).reshape(-1)

    def _wandered(self, chunk: int) -> NDArray[np.complex64]:
        """How far each partial has wandered at each row, whichever stroke it is of: shape (ROWS, partials)."""
        return drawn(turned(self._source + WANDERING + np.arange(len(PARTIALS)), knots(chunk), self._settings.drift), ROWS)

    def _strokes(self, first: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Numbers and rows of the strokes that may sound in the chunk from row `first`."""
        every, reach = (seconds * RATE / ROW for seconds in (self._settings.every, RINGS * self._settings.ring))
        strokes = np.arange(int(np.floor((first - reach) / every)) - 1, int(np.ceil((first + ROWS) / every)) + 2)
        row = np.floor((strokes + self._settings.jitter * (chance.uniform(self._source, strokes) - 0.5)) * every).astype(
            np.int64
        )
        heard = (row < first + ROWS) & (row > first - reach)
        return strokes[heard], row[heard]

    def _struck(self, stroke: NDArray[np.int64]) -> NDArray[np.complex128]:
        """Amplitude and phase with which each exponential of each stroke begins, shape (strokes, exponentials)."""
        level = self._level + self._settings.spread * np.minimum(chance.normal(self._source + 2, stroke), 2.0)
        phase = chance.uniform(self._source + 3 + np.arange(len(PARTIALS)), stroke[:, None])
        return np.asarray(np.exp(level * TO_LOG)[:, None] * self._loud * np.exp(2j * np.pi * np.repeat(phase, 4, axis=1)))

    def _power(self) -> float:
        """Mean power of both sides together, halved, when every stroke has amplitude 1: partials do not disturb one another."""
        slow, quick = -self._speeds[0, ::2].real, -self._speeds[0, 1::2].real
        energy = self._loud[::2] ** 2 * (1 / (2 * slow) + 1 / (2 * quick) - 2 / (slow + quick)) / 2
        return float(np.sum(energy * np.sum(self._sides[:, ::2] ** 2, axis=0)) / 2 / self._settings.every)


def _speeds(settings: recipe.Bowls, note: float, source: int) -> NDArray[np.complex128]:
    """Turning and falling of the exponentials of one note: for each partial a pair, each the dying sine and its swell."""
    hz = note * PARTIALS[:, 0]
    beat = settings.beat * (1 + WIDER * np.arange(len(hz))) * (0.8 + 0.4 * chance.uniform(source, np.arange(len(hz))))
    turn = 2j * np.pi * np.stack([hz - beat / 2, hz + beat / 2], axis=1)
    slow = 1 / (settings.ring * PARTIALS[:, 2, None])
    return np.stack([turn - slow, turn - slow - 1 / settings.swell], axis=2).ravel()
