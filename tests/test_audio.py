from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE, clock, decibels, empty, fade_in, frames, gain, seconds


@pytest.mark.parametrize(("time", "count"), [(0, 0), (1, RATE), (2.5, 120_000), (0.1, 4_800), (Decimal("0.00001041667"), 1)])
def test_seconds_become_whole_frames(time: float, count: int) -> None:
    assert frames(time) == count


@given(st.integers(0, 8 * 3600 * RATE))
def test_frames_survive_being_told_in_seconds(count: int) -> None:
    assert frames(seconds(count)) == count


@pytest.mark.parametrize(("time", "shown"), [(0, "0:00"), (75.9, "1:15"), (3599, "59:59"), (3723, "1:02:03")])
def test_positions_are_shown_as_a_clock_would(time: float, shown: str) -> None:
    assert clock(frames(time)) == shown


@given(st.floats(-100, 40))
def test_decibels_and_factors_are_one_scale(level: float) -> None:
    assert decibels(gain(level)) == pytest.approx(level, abs=1e-6)


def test_a_block_lies_channel_by_channel() -> None:
    block = empty(1000)
    assert block.shape == (1000, 2)
    assert block.dtype == np.float32
    assert block.T.flags.c_contiguous
    assert not block.any()


@given(st.integers(1, 5000))
def test_a_fade_rises_smoothly_and_meets_its_mirror(count: int) -> None:
    ramp = fade_in(count)
    assert len(ramp) == count
    assert (np.diff(ramp) >= 0).all()
    assert ramp + ramp[::-1] == pytest.approx(np.ones(count), abs=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        ramp[0] = 1.0
