"""Grains: short sounds at random times, from a bank made once. A bank holds noise bursts here, bubbles in `bubbles.py`.

The bank has mean energy 1, so that the power of a layer follows from its rate and level alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import erfc, exp, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import bands, chance, recipe
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.noise import TO_LOG
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.audio import RATE, Mono, Values

Bank = tuple[Mono, ...]
Activity = Callable[[Values], Values]
"""Times in seconds to factors on the rate."""

BANK = 128
LARGEST = 200_000
"""Frames of a whole bank: long grains make a smaller one."""

CAP = 2.2
"""Standard deviations a level may lie above the mean: beyond it real drops startle somebody who lies still."""
LENGTH = 4.0
MARGIN = 96
FADE, RISE = 64, 4
BATCH = 4


class Grains:
    """Poisson events of a bank: `rate` a second, log-normal levels, constant-power places between left and right."""

    def __init__(self, settings: recipe.Events | recipe.Bubbles, source: int, bank: Bank, activity: Activity | None) -> None:
        self._source, self._bank, self._activity = source, bank, activity
        self._rate, self._spread, self._pan = settings.rate, settings.spread, settings.pan
        self._cluster = settings.cluster if isinstance(settings, recipe.Events) else None
        self._latest = 2 * CHUNK - max(len(grain) for grain in bank)
        mean_power = settings.spread**2 * TO_LOG
        self._level = settings.level + FLAT_BED + 10 * np.log10(RATE / settings.rate) - mean_power
        self._level -= 10 * np.log10(1 + _power_of_more(self._cluster)) if self._cluster else 0.0

    def add(self, chunk: int, piece: Planar) -> None:
        """Add the events that begin in `chunk`, and what follows each."""
        random = chance.generator(self._source, chunk)
        events = self._drawn(random, int(random.poisson(self._expected(chunk))))
        if self._cluster:
            events = _followed(events, self._cluster, random, self._latest)
        count = len(events.start)
        gain = np.exp((self._level + events.level) * TO_LOG) * random.choice((-1.0, 1.0), count)
        angle = (1 + self._pan * events.place) * np.pi / 4
        sides = np.stack([np.cos(angle) * gain, np.sin(angle) * gain]).astype(np.float32)
        which = random.integers(0, len(self._bank), count).tolist()
        for number, at, loud in zip(which, events.start.tolist(), sides.T[:, :, None], strict=True):
            grain = self._bank[number]
            piece[:, at : at + len(grain)] += loud * grain

    def _drawn(self, random: np.random.Generator, count: int) -> "_Struck":
        start = random.integers(0, CHUNK, count)
        level = self._spread * np.minimum(random.standard_normal(count), CAP)
        return _Struck(start, level, random.uniform(-1, 1, count))

    def _expected(self, chunk: int) -> float:
        mean = self._rate * CHUNK / RATE
        return mean if self._activity is None else mean * float(self._activity(np.array([(chunk + 0.5) * CHUNK / RATE]))[0])


class _Struck(NamedTuple):
    """Events: first frame in the chunk, level in dB, place from -1 (left) to 1 (right)."""

    start: NDArray[np.int64]
    level: Values
    place: Values


def _followed(first: _Struck, cluster: recipe.Cluster, random: np.random.Generator, latest: int) -> _Struck:
    """The events and those that each sets off: a geometric number, softer, from the same place, none after `latest`."""
    after = np.repeat(np.arange(len(first.start)), random.geometric(1 / (1 + cluster.more), len(first.start)) - 1)
    later = (random.exponential(cluster.within, len(after)) * RATE).astype(np.int64)
    softer = cluster.softer * np.abs(random.standard_normal(len(after)))
    start = np.minimum(np.concatenate([first.start, first.start[after] + later]), latest)
    level = np.concatenate([first.level, first.level[after] - softer])
    return _Struck(start, level, np.concatenate([first.place, first.place[after]]))


def _power_of_more(cluster: recipe.Cluster) -> float:
    """Mean power of what follows an event, as a share of its own: the mean of 10^(-softer |n| / 10) over a normal n."""
    fall = 2 * TO_LOG * cluster.softer
    return cluster.more * exp(fall**2 / 2) * erfc(fall / sqrt(2))


def showers(activity: recipe.Activity, source: int) -> Activity:
    """A rate that wanders around what it says."""
    return lambda times: np.exp(activity.depth * chance.wander(source, times, activity.rate) - activity.depth**2 / 2)


@dataclass(frozen=True, slots=True)
class _Burst:
    """What was drawn for one grain, in seconds and Hz."""

    decay: float
    centre: float
    q: float
    size: int


def bursts(grain: recipe.Grain, source: int, colour: bands.Colour) -> Bank:
    """A bank of noise bursts: exponential decay, one resonance, the colour of the scene."""
    random = chance.generator(source, 0)
    drawn = sorted(_drawn(grain, random), key=lambda burst: burst.size)
    drawn = drawn[:: -(-sum(burst.size for burst in drawn) // LARGEST)]
    bank = [
        sound for first in range(0, len(drawn), BATCH) for sound in _made(drawn[first : first + BATCH], grain, random, colour)
    ]
    mean = np.float32(np.sqrt(np.mean([np.sum(sound * sound) for sound in bank])))
    return tuple(sound / mean for sound in bank)


def _drawn(grain: recipe.Grain, random: np.random.Generator) -> Iterator[_Burst]:
    decays, centres = (np.exp(random.uniform(np.log(low), np.log(high), BANK)) for low, high in (grain.decay, grain.freq))
    for decay, centre, q in zip(decays.tolist(), centres.tolist(), random.uniform(*grain.q, BANK).tolist(), strict=True):
        yield _Burst(decay, centre, q, min(int(LENGTH * decay * RATE) + MARGIN, CHUNK))


def _made(drawn: list[_Burst], grain: recipe.Grain, random: np.random.Generator, colour: bands.Colour) -> Iterator[Mono]:
    """Bursts of similar length, shaped together."""
    size = 1 << (drawn[-1].size + MARGIN).bit_length()
    times = (np.arange(size) / RATE).astype(np.float32)
    hz = np.maximum(np.fft.rfftfreq(size, 1 / RATE), 1.0)
    decay, centre, q = (np.array([[getattr(burst, name)] for burst in drawn]) for name in ("decay", "centre", "q"))
    rising = times[times < grain.attack]
    noise = random.standard_normal((len(drawn), size), dtype=np.float32) * np.exp(-times / decay.astype(np.float32))
    noise[:, : len(rising)] *= np.sin(rising / grain.attack * np.pi / 2) ** 2
    response = 1 / np.sqrt(1 + (q * (hz / centre - centre / hz)) ** 2) + grain.body
    response *= 10 ** (colour.correction(hz) / 20)
    sounds = np.fft.irfft(np.fft.rfft(noise) * response.astype(np.float32), size)
    weights = 10 ** (colour.weight(centre[:, 0]) / 20)
    for burst, sound, weight in zip(drawn, sounds, weights, strict=True):
        cut = faded(sound[: burst.size].astype(np.float32))
        yield cut * np.float32(weight / np.sqrt(np.sum(cut * cut) + 1e-12))


def faded(sound: Mono) -> Mono:
    """The sound with its ends brought to zero: a moment at the start, `FADE` frames at the end."""
    fade = min(FADE, len(sound) // 2)
    sound[-fade:] *= _ramp(fade)[::-1]
    sound[:RISE] *= _ramp(RISE)
    return sound


@cache
def _ramp(count: int) -> Mono:
    return np.linspace(0, 1, count, dtype=np.float32)
