"""Waves: they come as often as written, never two alike, and can be found from the time alone."""

import numpy as np
import pytest

from voiceguide.ambience import waves
from voiceguide.ambience.bands import COUNT
from voiceguide.ambience.recipe import Shore

SHORE = Shore(period=10.0, jitter=0.3, rise=2.5, decay=3.5, depth=13.0, floor=-14.0)


def test_gains_lie_between_the_floor_and_a_little_over_the_crests() -> None:
    gains = waves.gusts(SHORE, 7)(np.arange(0, 200, 0.25))
    assert gains.shape == (800, COUNT)
    assert gains.min() >= SHORE.floor
    assert 0 < gains.max() < 8


def test_waves_come_as_often_as_written() -> None:
    level = waves.gusts(SHORE, 7)(np.arange(0, 400, 0.5))[:, 10]
    crests = np.flatnonzero((level[1:-1] > level[:-2]) & (level[1:-1] >= level[2:]) & (level[1:-1] > -6))
    assert 400 / len(crests) == pytest.approx(6.5, abs=2)


def test_any_moment_can_be_asked_first() -> None:
    gust, times = waves.gusts(SHORE, 7), np.arange(300, 330, 0.5)
    assert gust(times)[40:] == pytest.approx(gust(times[40:]), abs=0.02)


def test_high_bands_break_later_and_wash_longer_when_asked() -> None:
    late = Shore(period=30.0, jitter=0.0, rise=2.5, decay=3.5, lag=1.0, wash=1.0, depth=13.0, floor=-30.0)
    level = waves.gusts(late, 7)(np.arange(0, 30, 0.05))
    low, high = level[:, 5], level[:, 30]
    assert high.argmax() > low.argmax()
    assert (high > high.max() - 6).sum() > (low > low.max() - 6).sum()


def test_foam_hisses_with_the_crests() -> None:
    gust, times = waves.gusts(SHORE, 7), np.arange(0, 200, 0.25)
    much = waves.foam(gust)(times)
    assert np.corrcoef(much, gust(times)[:, waves.FOAM_BAND])[0, 1] > 0.8
    assert much.max() <= 10**0.6 + 1e-9
