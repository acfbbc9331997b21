import numpy as np
import pytest
from export_kit import music
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE
from voiceguide.mix.dither import quantised, triangular

SOUND = music(3 * RATE)


@given(st.integers(0, len(SOUND)), st.integers(0, 9000), st.sampled_from([16, 24]))
def test_the_numbers_do_not_depend_on_the_cut(start: int, count: int, bits: int) -> None:
    whole = quantised(SOUND[: start + count], 0, bits)
    assert np.array_equal(quantised(SOUND[start : start + count], start, bits), whole[start:])


@pytest.mark.parametrize("bits", [16, 24])
def test_the_error_is_at_most_one_and_a_half_steps_and_has_no_bias(bits: int) -> None:
    error = quantised(SOUND, 0, bits) - SOUND.astype(np.float64) * 2 ** (bits - 1)
    assert np.abs(error).max() <= 1.5
    assert abs(error.mean()) < 0.01
    assert error.std() == pytest.approx(0.5, abs=0.02)


def test_what_is_smaller_than_a_step_is_still_there_on_average() -> None:
    quiet = np.full((RATE, 2), 0.3 / 32_768, np.float32)
    assert quantised(quiet, 0, 16).mean() == pytest.approx(0.3, abs=0.01)


def test_the_noise_is_triangular_and_white_and_not_the_same_on_both_sides() -> None:
    noise = triangular(12_345, RATE)
    assert np.abs(noise).max() < 1
    assert noise.std() == pytest.approx(np.sqrt(1 / 6), abs=0.01)
    assert (np.abs(noise) < 0.5).mean() == pytest.approx(0.75, abs=0.01)
    for other in (noise[:, 1], np.roll(noise[:, 0], 1), np.roll(noise[:, 0], 2)):
        assert abs(np.corrcoef(noise[:, 0], other)[0, 1]) < 0.02


def test_full_scale_does_not_wrap_around() -> None:
    loud = np.array([[1.0, -1.0], [3.0, -3.0]], np.float32)
    for bits in (16, 24):
        top = 2 ** (bits - 1)
        assert (quantised(loud, 0, bits)[1] == [top - 1, -top]).all()
        assert np.abs(quantised(loud, 0, bits)).max() <= top


def test_late_in_a_long_session_it_still_works() -> None:
    assert np.abs(triangular(9 * 3600 * RATE, 1000)).max() < 1
