"""Singing bowls: every partial of a stroke is a pair of dying sines in closed form, so any moment of it can be heard first.

A dying sine with a swell is the real part of exp(a t) - exp(b t): two complex exponentials, each an outer product of its value
at every row of 64 frames and one short stretch of it. Strokes are found from the time alone.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import chance, recipe
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.noise import FLAT_BED, TO_LOG
from voiceguide.audio import RATE

ROW = 64
PARTIALS = ((1.0, 1.0, 1.0), (2.76, 0.5, 0.55), (5.12, 0.2, 0.3), (8.1, 0.06, 0.16))
"""Ratio to the lowest, amplitude, and length of ringing against the lowest; ratios as measured on bowls."""

RINGS = 7.0
"""Lengths of ringing after which a partial is left out, 61 dB down."""

NEAR, FAR = 0.75, 0.4
HIGHEST = 16_000.0


class Bowls:
    """A `bowls` layer."""

    def __init__(self, settings: recipe.Bowls, source: int) -> None:
        self._settings, self._source = settings, source
        mean_power = settings.spread**2 * TO_LOG
        self._level = FLAT_BED + settings.level - 10 * np.log10(_power(settings)) - mean_power

    def add(self, chunk: int, piece: Planar) -> None:
        """Add what sounds in chunk number `chunk` of every stroke; nothing rings on."""
        for stroke, at in self._strokes(chunk * CHUNK):
            first = max(0, at - chunk * CHUNK)
            begun = max(0, chunk * CHUNK - at) / RATE
            piece[:, first:CHUNK] += self._struck(stroke, begun)[:, : CHUNK - first]

    def _strokes(self, begin: int) -> Iterator[tuple[int, int]]:
        """Number and frame of every stroke that is heard in the chunk from frame `begin`."""
        every = self._settings.every * RATE
        reach = RINGS * self._settings.ring * RATE
        strokes = np.arange(int(np.floor((begin - reach) / every)) - 1, int(np.ceil((begin + CHUNK) / every)) + 2)
        at = ((strokes + self._settings.jitter * (chance.uniform(self._source, strokes) - 0.5)) * every).astype(int)
        heard = (at < begin + CHUNK) & (at > begin - reach)
        return zip(strokes[heard].tolist(), at[heard].tolist(), strict=True)

    def _struck(self, stroke: int, begun: float) -> NDArray[np.float32]:
        """A chunk of one stroke from `begun` seconds on, shape (2, CHUNK)."""
        notes = self._settings.notes
        note = int(chance.uniform(self._source + 1, stroke) * len(notes))
        level = self._level + self._settings.spread * float(np.minimum(chance.normal(self._source + 2, stroke), 2.0))
        sound = np.zeros((2, CHUNK), np.float32)
        for number, (ratio, amplitude, length) in enumerate(PARTIALS):
            hz, decay = notes[note] * ratio, self._settings.ring * length
            if hz < HIGHEST and begun < RINGS * decay:
                beat = self._settings.beat * (1 + 1.4 * number) * (0.8 + 0.4 * float(chance.uniform(self._source + 3, note)))
                phase = float(chance.uniform(self._source + 4 + number, stroke))
                pair = [_dying(hz + apart, phase, decay, self._settings.swell, begun) for apart in (-beat / 2, beat / 2)]
                loud = np.float32(amplitude * np.exp(level * TO_LOG))
                sound += loud * np.stack([NEAR * pair[0] + FAR * pair[1], FAR * pair[0] + NEAR * pair[1]])
        return sound


def _dying(hz: float, phase: float, decay: float, swell: float, begun: float) -> NDArray[np.float32]:
    """exp(-t / decay) (1 - exp(-t / swell)) sin of a partial from `begun` seconds on, shape (CHUNK,)."""
    rows = begun + np.arange(0, CHUNK, ROW) / RATE
    stretch = np.arange(ROW) / RATE
    turn = np.exp(2j * np.pi * ((hz * rows + phase) % 1.0))[:, None] * np.exp(2j * np.pi * hz * stretch)
    falls = (np.outer(np.exp(-rows * rate), np.exp(-stretch * rate)) for rate in (1 / decay, 1 / decay + 1 / swell))
    return np.asarray((turn.imag * (next(falls) - next(falls))).ravel(), np.float32)


def _power(settings: recipe.Bowls) -> float:
    """Mean power of one side when every stroke has amplitude 1: the integral of each swelling, dying sine, over `every`."""
    sides = (NEAR**2 + FAR**2) / 2
    return (
        sum(sides * loud**2 * _integral(settings.ring * length, settings.swell) for _, loud, length in PARTIALS)
        / settings.every
    )


def _integral(decay: float, swell: float) -> float:
    """Of (exp(-t / decay) - exp(-t (1 / decay + 1 / swell)))^2, in seconds."""
    slow, quick = 1 / decay, 1 / decay + 1 / swell
    return 1 / (2 * slow) + 1 / (2 * quick) - 2 / (slow + quick)
