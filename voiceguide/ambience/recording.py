"""A recording that never ends: pieces of it joined in ever new orders, so that no loop can be heard.

Pieces of a few seconds overlap with equal-power fades. Each next piece is chosen among random candidates: its beginning should
sound like the end of the one before (levels in 24 bands), and parts used lately are avoided. The order is a chain of chance
that depends on the seed and the recording alone, so any place of it can be found again. What is heard once in a recording, such
as a cough, will come again: it belongs to the recording.
"""

from bisect import bisect_right
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import chance, recipe
from voiceguide.ambience.bands import Colour
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.noise import FLAT_BED
from voiceguide.audio import RATE, Block, Values, frames, gain
from voiceguide.errors import MediaError
from voiceguide.loudness import energies, integrated

SHORTEST = frames(2)
HOP = RATE // 10
WINDOW = 4096
EDGES = np.array(sorted({int(edge) for edge in np.geomspace(4, 2000, 25)}))
CANDIDATES = 48
REMEMBERED = 12
AVOID = 10.0
FILTER = 1 << 16
PART = 30 * RATE


class Recombined:
    """A `recording` layer over sound of shape (2, n)."""

    def __init__(self, settings: recipe.Recording, source: int, sound: Planar) -> None:
        self._sound, self._source = sound, source
        self._levels = _band_levels(sound)
        most = sound.shape[1] // 3
        self._segment = tuple(min(frames(end), most) for end in settings.segment)
        self._fade = min(frames(settings.fade), self._segment[0] * 2 // 5)
        self._starts: list[int] = []
        self._plan: list[tuple[int, int]] = []

    def add(self, chunk: int, piece: Planar) -> None:
        """Add chunk number `chunk`; nothing rings on."""
        begin, end = chunk * CHUNK, (chunk + 1) * CHUNK
        if end <= 0:
            return
        self._extend(end)
        for number in range(bisect_right(self._starts, end - 1) - 1, -1, -1):
            start, (source, length) = self._starts[number], self._plan[number]
            if start + length <= begin:
                break
            first, last = max(start, begin), min(start + length, end)
            heard = self._sound[:, source + first - start : source + last - start]
            piece[:, first - begin : last - begin] += heard * self._weights(first - start, last - start, length)

    def _weights(self, first: int, last: int, length: int) -> Planar:
        """Equal-power fades at both ends of a segment."""
        at = np.arange(first, last) + 0.5
        rising, falling = (np.clip(end / self._fade, 0, 1) for end in (at, length - at))
        weights: Planar = (np.sin(rising * np.pi / 2) * np.sin(falling * np.pi / 2)).astype(np.float32)
        return weights

    def _extend(self, until: int) -> None:
        """Plan segments until `until` lies within one that is not fading out."""
        while not self._plan or self._starts[-1] + self._plan[-1][1] - self._fade < until:
            random = chance.generator(self._source, len(self._plan))
            length = int(random.integers(self._segment[0], self._segment[1] + 1))
            candidates = random.integers(0, self._sound.shape[1] - length + 1, CANDIDATES)
            if not self._plan:
                self._starts.append(-self._fade)
                self._plan.append((int(candidates[0]), length))
                continue
            best = candidates[int(np.argmin(self._cost(candidates, length)))]
            self._starts.append(self._starts[-1] + self._plan[-1][1] - self._fade)
            self._plan.append((int(best), length))

    def _cost(self, candidates: NDArray[np.int64], length: int) -> Values:
        """How badly each candidate would follow: dB between the levels at the join, and how lately it was heard."""
        last_source, last_length = self._plan[-1]
        cost = np.sqrt(np.mean((self._at(candidates) - self._at(last_source + last_length - self._fade)) ** 2, axis=1))
        for age, (source, used) in enumerate(reversed(self._plan[-REMEMBERED:])):
            common = np.minimum(candidates + length, source + used) - np.maximum(candidates, source)
            cost = cost + np.maximum(0, common) / length * AVOID / (1 + 0.5 * age)
        return np.asarray(cost)

    def _at(self, frame: "int | NDArray[np.int64]") -> Values:
        return np.asarray(self._levels[np.minimum(np.asarray(frame) // HOP, len(self._levels) - 1)])


def prepared(settings: recipe.Recording, sound: Block, colour: Colour) -> Planar:
    """A recording in the scene's colour, ready for joining, shape (2, n), at its level against a flat noise bed.

    Raises MediaError when it is too short or silent.
    """
    if len(sound) < SHORTEST:
        has, needs = len(sound) / RATE, SHORTEST // RATE
        raise MediaError(settings.file, f"too short for a soundscape: {has:.1f} s; it needs at least {needs} s")
    filtered = _filtered(sound, colour)
    loudness = integrated(np.concatenate([energies(part.T) for part in _parts(filtered)]))
    if not np.isfinite(loudness):
        raise MediaError(settings.file, "silent, so it cannot be a soundscape")
    filtered *= np.float32(gain(FLAT_BED + settings.level - loudness))
    return filtered


def _parts(sound: Planar) -> Iterator[Planar]:
    """Stretches of half a minute, so that nothing of the recording's size is made again."""
    return (sound[:, first : first + PART] for first in range(0, sound.shape[1], PART))


def _filtered(sound: Block, colour: Colour) -> Planar:
    """The scene's eq, tilt and high-pass as one linear-phase filter of half a transform, by overlapping transforms."""
    hz = np.maximum(np.fft.rfftfreq(FILTER, 1 / RATE), 1.0)
    impulse = np.roll(np.fft.irfft(10 ** (colour.correction(hz) / 20)), FILTER // 4)[: FILTER // 2]
    response = np.fft.rfft(impulse * np.hanning(FILTER // 2), FILTER).astype(np.complex64)
    filtered = np.empty((2, len(sound)), np.float32)
    for first in range(0, len(sound), FILTER // 2):
        part = np.fft.irfft(np.fft.rfft(_around(sound, first - FILTER // 4), FILTER) * response, FILTER)[:, FILTER // 2 :]
        filtered[:, first : first + FILTER // 2] = part[:, : len(sound) - first]
    return filtered


def _around(sound: Block, start: int) -> Planar:
    """`FILTER` frames from `start`, silent where there is no sound."""
    window = np.zeros((2, FILTER), np.float32)
    first, last = max(0, start), min(len(sound), start + FILTER)
    window[:, first - start : last - start] = sound[first:last].T
    return window


def _band_levels(sound: Planar) -> Values:
    """dB in bands, ten times a second: shape (times, bands)."""
    mono = sound.mean(axis=0)
    views = np.lib.stride_tricks.sliding_window_view(mono, WINDOW)[::HOP]
    levels = []
    for first in range(0, len(views), 256):
        power = np.abs(np.fft.rfft(views[first : first + 256] * np.hanning(WINDOW), axis=1)) ** 2
        levels.append(10 * np.log10(np.add.reduceat(power, EDGES, axis=1)[:, :-1] + 1e-9))
    return np.concatenate(levels)
