"""Recordings that never end: pieces of them joined in ever new orders, so that no loop can be heard.

Several recordings are one pool, each as loud as the others. Pieces of a few seconds overlap with equal-power fades. Each next
piece is chosen among random candidates: its beginning should sound like the end of the one before (levels in 24 bands), parts
used lately are avoided, and so is staying with one recording for long. The order is a chain of chance that depends on the seed
and the recordings alone, so any place of it can be found again. What is heard once in a recording, such as a cough, will come
again: it belongs to the recording.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import chance, recipe
from voiceguide.ambience.bands import Colour
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.audio import RATE, Block, Values, frames, gain
from voiceguide.errors import MediaError
from voiceguide.loudness import energies, integrated
from voiceguide.media import Media

SHORTEST = frames(2)
HOP = RATE // 10
WINDOW = 4096
EDGES = np.array(sorted({int(edge) for edge in np.geomspace(4, 2000, 25)}))
CANDIDATES = 48
REMEMBERED = 12
AVOID, STAYED, UNLIKE = 10.0, 15.0, 12.0
"""dB by which a candidate is worse: just heard, all the time from the same recording, and an unlike join at most."""

FILTER = 1 << 16
PART = 30 * RATE


@dataclass(frozen=True, slots=True)
class Pool:
    """Recordings one after the other, shape (2, n), and the frames at which each begins."""

    sound: Planar
    begins: NDArray[np.int64]

    def which(self, frames: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the recording that each of these frames belongs to."""
        return np.searchsorted(self.begins, frames, "right") - 1

    def places(self, shares: Values, length: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where pieces of `length` frames begin, and how long they are: shorter where a whole recording is.

        `shares` from 0 to 1 are spread evenly over everything; no piece reaches over the end of its recording.
        """
        ends = np.append(self.begins[1:], self.sound.shape[1])
        frame = (shares * self.sound.shape[1]).astype(np.int64)
        which = self.which(frame)
        begin, whole = self.begins[which], (ends - self.begins)[which]
        lengths = np.minimum(length, whole)
        return begin + ((frame - begin) / whole * (whole - lengths + 1)).astype(np.int64), lengths


class Recombined:
    """A `recording` layer over a pool of recordings."""

    def __init__(self, settings: recipe.Recording, source: int, pool: Pool) -> None:
        self._pool, self._sound, self._source = pool, pool.sound, source
        self._levels = _band_levels(pool.sound)
        most = pool.sound.shape[1] // 3
        self._segment = tuple(min(frames(end), most) for end in settings.segment)
        shortest = min(self._segment[0], int(np.diff(pool.begins, append=pool.sound.shape[1]).min()))
        self._fade = min(frames(settings.fade), shortest * 2 // 5)
        ramp = np.sin((np.arange(self._fade) + 0.5) / self._fade * np.pi / 2)
        self._ramp: Planar = np.append(ramp, 1.0).astype(np.float32)
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
        at = np.arange(first, last)
        return np.asarray(self._ramp[np.minimum(np.minimum(at, length - 1 - at), self._fade)])

    def _extend(self, until: int) -> None:
        """Plan segments until `until` lies within one that is not fading out."""
        while not self._plan or self._starts[-1] + self._plan[-1][1] - self._fade < until:
            random = chance.generator(self._source, len(self._plan))
            length = int(random.integers(self._segment[0], self._segment[1] + 1))
            candidates, lengths = self._pool.places(random.random(CANDIDATES), length)
            best = int(np.argmin(self._cost(candidates, lengths))) if self._plan else 0
            self._starts.append(self._starts[-1] + self._plan[-1][1] - self._fade if self._plan else -self._fade)
            self._plan.append((int(candidates[best]), int(lengths[best])))

    def _cost(self, candidates: NDArray[np.int64], lengths: NDArray[np.int64]) -> Values:
        """How badly each candidate would follow: dB between the levels at the join, and how lately it was heard."""
        last_source, last_length = self._plan[-1]
        ends = self._at(last_source + last_length - self._fade)
        cost = np.minimum(np.sqrt(np.mean((self._at(candidates) - ends) ** 2, axis=1)), UNLIKE)
        lately = self._pool.which(np.array([source for source, _ in self._plan[-REMEMBERED:]]))
        cost += STAYED * np.mean(self._pool.which(candidates)[:, None] == lately, axis=1)
        for age, (source, used) in enumerate(reversed(self._plan[-REMEMBERED:])):
            common = np.minimum(candidates + lengths, source + used) - np.maximum(candidates, source)
            cost = cost + np.maximum(0, common) / lengths * AVOID / (1 + 0.5 * age)
        return np.asarray(cost)

    def _at(self, frame: "int | NDArray[np.int64]") -> Values:
        return np.asarray(self._levels[np.minimum(np.asarray(frame) // HOP, len(self._levels) - 1)])


def prepared(settings: recipe.Recording, media: Sequence[Media], colour: Colour) -> Pool:
    """Recordings in the scene's colour, ready for joining, each at the layer's level against a flat noise bed.

    Raises MediaError when one is too short or silent.
    """
    lengths = [one.frames for one in media]
    begins = np.cumsum([0, *lengths[:-1]])
    pool = np.empty((2, sum(lengths)), np.float32)
    for begin, one in zip(begins, media, strict=True):
        _prepare(pool[:, begin : begin + one.frames], one, settings, colour)
    return Pool(pool, begins)


def _prepare(here: Planar, media: Media, settings: recipe.Recording, colour: Colour) -> None:
    """One recording, put `here`."""
    if media.frames < SHORTEST:
        has, needs = media.frames / RATE, SHORTEST // RATE
        raise MediaError(media.name, f"too short for a soundscape: {has:.1f} s; it needs at least {needs} s")
    _filter(here, media.sound, colour)
    loudness = integrated(np.concatenate([energies(part.T) for part in _parts(here)]))
    if not np.isfinite(loudness):
        raise MediaError(media.name, "silent, so it cannot be a soundscape")
    here *= np.float32(gain(FLAT_BED + settings.level - loudness))


def _parts(sound: Planar) -> Iterator[Planar]:
    """Stretches of half a minute, so that nothing of the recording's size is made again."""
    return (sound[:, first : first + PART] for first in range(0, sound.shape[1], PART))


def _filter(here: Planar, sound: Block, colour: Colour) -> None:
    """The scene's eq, tilt and high-pass as one linear-phase filter of half a transform, by overlapping transforms."""
    hz = np.maximum(np.fft.rfftfreq(FILTER, 1 / RATE), 1.0)
    impulse = np.roll(np.fft.irfft(10 ** (colour.correction(hz) / 20)), FILTER // 4)[: FILTER // 2]
    response = np.fft.rfft(impulse * np.hanning(FILTER // 2), FILTER).astype(np.complex64)
    for first in range(0, len(sound), FILTER // 2):
        part = np.fft.irfft(np.fft.rfft(_around(sound, first - FILTER // 4), FILTER) * response, FILTER)[:, FILTER // 2 :]
        here[:, first : first + FILTER // 2] = part[:, : len(sound) - first]


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
