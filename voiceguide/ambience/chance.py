"""Chance that can be looked up: every number belongs to a place, so no state runs along and any place can be heard first.

A *key* stands for one source of chance (a seed and a name). `uniform` and `normal` give the number at any integer; `wander` is
a smooth curve through such numbers (cubic, after Catmull and Rom); `generator` starts numpy's SFC64 for one chunk.
The hash is splitmix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
"""

from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import ArrayLike, NDArray

from voiceguide.audio import Values

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
WANDER_SCALE = 0.86
WORD = 0xFFFFFFFF
POINTS = np.arange(-1, 3)[:, None, None]
"""The points of a curve around a place, against the one before it."""

AT_ONCE = 8_192
"""Numbers looked up at once: what they need stays in the processor's cache."""


def key(seed: int, name: str) -> int:
    """A key of 62 bits for the source `name` under `seed` (any integer)."""
    return int.from_bytes(blake2b(f"{seed}/{name}".encode(errors="surrogateescape"), digest_size=8).digest(), "little") >> 2


def generator(source: int, chunk: int) -> np.random.Generator:
    """The random generator of one chunk (any integer, negative as well)."""
    return np.random.Generator(np.random.SFC64([source & WORD, source >> 32, chunk & WORD]))


def gaussian(random: np.random.Generator, count: int) -> NDArray[np.float32]:
    """`count` standard normal numbers, four from each raw word of the generator: quick, and the same in every numpy.

    A table turns 16 equally likely bits into the normal quantile in the middle of their share, up to 4.3 deviations.
    """
    bits = random.bit_generator.random_raw(-(-count // 4)).view(np.uint16)
    numbers = np.empty(count, np.float32)
    for first in range(0, count, AT_ONCE):
        part = numbers[first : first + AT_ONCE]
        np.take(_quantiles(), bits[first : first + len(part)], out=part, mode="clip")
    return numbers


@cache
def _quantiles() -> NDArray[np.float32]:
    """Normal quantiles of 65 536 equal shares with variance 1: the cumulative curve, summed finely, read the other way."""
    x: Values = np.linspace(-4.5, 4.5, 40_001)
    below = np.cumsum(np.exp(-x * x / 2))
    table = np.interp((np.arange(1 << 16) + 0.5) / (1 << 16), below / below[-1], x)
    return np.asarray(table / table.std(), np.float32)


def uniform(source: ArrayLike, index: ArrayLike) -> Values:
    """Numbers in (0, 1) at the integers `index`; keys and indexes broadcast."""
    return np.asarray((_hash(source, index) >> np.uint64(11)) * 2.0**-53 + 2.0**-54)


def normal(source: ArrayLike, index: ArrayLike) -> Values:
    """Standard normal numbers at the integers `index`; keys and indexes broadcast."""
    return np.take(_quantiles(), (_hash(source, index) >> np.uint64(48)).astype(np.intp)).astype(np.float64)


def wander(sources: ArrayLike, times: Values, rate: "float | Values") -> Values:
    """Smooth curves of unit variance without energy above `rate` Hz (one for all, or one each), at `times` in seconds.

    Shape (times, keys); for a single key (times,).
    """
    position = times[:, None] * rate
    whole = np.floor(position)
    points = normal(sources, whole.astype(np.int64) + POINTS)
    value = (np.stack(_catmull_rom(position - whole)) * points).sum(axis=0) / WANDER_SCALE
    return np.asarray(value if np.ndim(sources) else value[:, 0])


def _catmull_rom(x: Values) -> tuple[Values, Values, Values, Values]:
    """Weights of the four points around a place `x` in [0, 1) between the middle two."""
    return (
        -0.5 * x + x * x - 0.5 * x**3,
        1 - 2.5 * x * x + 1.5 * x**3,
        0.5 * x + 2 * x * x - 1.5 * x**3,
        -0.5 * x * x + 0.5 * x**3,
    )


def _hash(source: ArrayLike, index: ArrayLike) -> NDArray[np.uint64]:
    with np.errstate(over="ignore"):
        x = np.asarray(index, np.int64).astype(np.uint64) * GOLDEN + np.asarray(source, np.int64).astype(np.uint64)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(x ^ (x >> np.uint64(31)))
