"""The shore: when waves come, how high, and what they do to every frequency. No state: waves are found from the time."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from voiceguide.ambience import bands, chance, recipe
from voiceguide.audio import Values

Gust = Callable[[Values], Values]
"""Times in seconds (ascending) to gains in dB, shape (times, bands)."""

TRAINS = ((1.0, 0.0), (1.43, -3.0))
SPREAD_OF_LENGTHS = 0.25
LOW_HZ, HIGH_HZ = 200.0, 6000.0
FOAM_BAND = 24
TO_LOG = np.log(10) / 10


def gusts(shore: recipe.Shore, source: int) -> Gust:
    """Band gains of two jittered wave trains over a steady sea; high bands break later and wash longer when asked."""
    height = np.clip(np.log(bands.BANDS / LOW_HZ) / np.log(HIGH_HZ / LOW_HZ), 0, 1.2)

    def gains(times: Values) -> Values:
        waves = _waves(shore, source, times)
        rise = shore.rise * waves.rise * (1 - 0.45 * height)
        fall = shore.decay * waves.fall * (0.75 + shore.wash * height)
        since = times[None, :, None] - waves.crest - shore.lag * height
        below = 1 - np.exp(np.where(since < 0, -((since / rise) ** 2), -since / fall))
        above = np.exp((waves.peak - shore.depth * below) * TO_LOG) - np.exp((waves.peak - shore.depth) * TO_LOG)
        return np.asarray(np.log(10 ** (shore.floor / 10) + above.sum(axis=0)) / TO_LOG)

    return gains


def foam(gust: Gust) -> Callable[[Values], Values]:
    """How much more often foam hisses when waves are high: the power of a band near 4 kHz."""
    return lambda times: 10 ** (np.clip(gust(times)[:, FOAM_BAND], -20, 6) / 10)


class _Waves(NamedTuple):
    """The waves around a time, each of shape (waves, 1, 1): crest in s, peak in dB, factors on the rise and fall."""

    crest: Values
    peak: Values
    rise: Values
    fall: Values


def _waves(shore: recipe.Shore, source: int, times: Values) -> _Waves:
    """Those of every train that may be heard at `times`; each rises as a Gaussian and falls exponentially in dB."""
    slower, level = np.array(TRAINS).T[:, :, None]
    period, keys = shore.period * slower, source + 10 * np.arange(len(TRAINS))[:, None]
    first, last = np.floor(times[0] / period) - 3, np.ceil(times[-1] / period) + 2
    wave = (first + np.arange(int((last - first).max()))).astype(np.int64)
    crest = (wave + shore.jitter * (chance.uniform(keys, wave) - 0.5)) * period
    tall, long_rise, long_fall = chance.normal(keys + np.array([[[1]], [[2]], [[3]]]), wave)
    longer = (np.exp(SPREAD_OF_LENGTHS * long) for long in (long_rise, long_fall))
    return _Waves(*(each.reshape(-1, 1, 1) for each in (crest, level + shore.spread * tall, *longer)))
