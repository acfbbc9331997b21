"""The shore: when waves come, how high, and what they do to every frequency. No state: waves are found from the time."""

from collections.abc import Callable

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
        power = np.full((len(times), bands.COUNT), 10 ** (shore.floor / 10))
        for number, (slower, level) in enumerate(TRAINS):
            power += _train(shore, source + 10 * number, shore.period * slower, level, times, height)
        return np.asarray(np.log(power) / TO_LOG)

    return gains


def foam(gust: Gust) -> Callable[[Values], Values]:
    """How much more often foam hisses when waves are high: the power of a band near 4 kHz."""
    return lambda times: 10 ** (np.clip(gust(times)[:, FOAM_BAND], -20, 6) / 10)


def _train(shore: recipe.Shore, source: int, period: float, level: float, times: Values, height: Values) -> Values:
    """Power of one train of waves: Gaussian rise, exponential fall, in dB down to `depth` below each crest."""
    wave = np.arange(int(np.floor(times[0] / period)) - 3, int(np.ceil(times[-1] / period)) + 2)
    crest = (wave + shore.jitter * (chance.uniform(source, wave) - 0.5)) * period
    tall, long_rise, long_fall = chance.normal(source + np.array([[1], [2], [3]]), wave)[:, :, None, None]
    peak = level + shore.spread * tall
    rise = shore.rise * np.exp(SPREAD_OF_LENGTHS * long_rise) * (1 - 0.45 * height)
    fall = shore.decay * np.exp(SPREAD_OF_LENGTHS * long_fall) * (0.75 + shore.wash * height)
    since = times[None, :, None] - crest[:, None, None] - shore.lag * height
    below = 1 - np.exp(np.where(since < 0, -((since / rise) ** 2), -since / fall))
    return np.asarray((np.exp((peak - shore.depth * below) * TO_LOG) - np.exp((peak - shore.depth) * TO_LOG)).sum(axis=0))
