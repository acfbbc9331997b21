"""A heart: two thuds to a beat, at its rate, never quite even, and in the middle."""

from dataclasses import replace

import numpy as np
import pytest

from voiceguide.ambience.chunks import CHUNK, Chunks
from voiceguide.ambience.heart import Heart
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.ambience.recipe import Heart as Written
from voiceguide.audio import RATE, Block

EVEN = Written(id="heart", rate=60.0, sway=0.0, spread=0.0)


def heard(written: Written, start: int = 0, seconds: int = 20) -> Block:
    return Chunks([Heart(written, 8)], lambda chunk: chunk).render(start, seconds * RATE)


def thuds(block: Block) -> np.ndarray:
    """Seconds at which thuds begin."""
    level = np.abs(block[:, 0]).reshape(-1, RATE // 100).max(axis=1)
    loud = level > 0.2 * level.max()
    quiet_before = np.convolve(loud, np.ones(8), "full")[: len(loud)] - loud == 0
    return np.flatnonzero(loud & quiet_before) / 100


def test_a_beat_is_two_thuds_a_third_of_a_second_apart() -> None:
    begins = thuds(heard(EVEN))
    assert len(begins) == pytest.approx(40, abs=2)
    steps = np.diff(begins)
    assert sorted(steps.round(2))[:5] == pytest.approx([0.3] * 5, abs=0.05)
    assert steps[:-1] + steps[1:] == pytest.approx(np.ones(len(steps) - 1), abs=0.05)


@pytest.mark.parametrize("rate", [45.0, 90.0])
def test_it_beats_at_its_rate_and_sways(rate: float) -> None:
    first = thuds(heard(replace(EVEN, rate=rate, sway=0.06), seconds=60))[::2]
    assert len(first) == pytest.approx(rate, abs=3)
    assert np.diff(thuds(heard(replace(EVEN, sway=0.06), seconds=60))).std() > 0.0


def test_it_is_as_loud_as_its_level_says_and_in_the_middle() -> None:
    block = heard(replace(EVEN, level=-6.0), seconds=30)
    assert 10 * np.log10(np.mean(block**2)) == pytest.approx(FLAT_BED - 6, abs=0.5)
    assert np.array_equal(block[:, 0], block[:, 1])


def test_a_small_loudspeaker_hears_it_and_nothing_rumbles() -> None:
    block = heard(EVEN)
    power = np.abs(np.fft.rfft(block[:, 0])) ** 2
    hz = np.fft.rfftfreq(len(block), 1 / RATE)
    assert power[hz > 80].sum() > 0.1 * power.sum()
    assert power[hz < 25].sum() < 0.02 * power.sum()


def test_any_stretch_is_a_slice_of_the_whole() -> None:
    written = replace(EVEN, sway=0.1, rate=73.0)
    whole = heard(written, -5 * RATE, 20)
    for start in (1, CHUNK, 3 * CHUNK - 1, 7 * RATE):
        assert np.array_equal(heard(written, start - 5 * RATE, 2), whole[start : start + 2 * RATE])
