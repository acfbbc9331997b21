import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.audio import RATE, Block, decibels
from voiceguide.loudness import Meter
from voiceguide.mix.master import CEILING, Master


def mastered(sound: Block, size: int) -> Block:
    master = Master()
    parts = [master.process(sound[at : at + size]) for at in range(0, len(sound), size)]
    return np.concatenate([*parts, master.flush()])


def music(count: int, peak: float, seed: int = 0) -> Block:
    """Noise under 16 kHz, with bursts and clicks."""
    random = np.random.default_rng(seed)
    spectrum = np.fft.rfft(random.standard_normal((2, count)))
    spectrum[:, int(spectrum.shape[1] * 16 / 24) :] = 0
    sound = np.fft.irfft(spectrum, count)
    sound *= 0.2 + np.abs(np.sin(np.arange(count) / RATE * 3))
    sound[:, random.integers(0, count, 20)] += 3
    return np.asfortranarray((sound * peak / np.abs(sound).max()).T.astype(np.float32))


def sixteen_times(sound: Block) -> Block:
    spectrum = np.fft.rfft(sound.astype(np.float64), axis=0)
    return np.fft.irfft(spectrum, len(sound) * 16, axis=0) * 16


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(st.integers(1, 20_000), st.integers(0, 100))
def test_the_size_of_blocks_makes_no_difference(size: int, seed: int) -> None:
    sound = music(RATE // 2, 2.0, seed)
    assert np.array_equal(mastered(sound, max(size, 40)), mastered(sound, len(sound)))


@pytest.mark.slow
@pytest.mark.parametrize("peak", [0.5, 1.0, 3.0, 20.0])
def test_nothing_passes_the_ceiling_even_between_samples(peak: float) -> None:
    made = mastered(music(4 * RATE, peak), 65_536)
    assert decibels(float(np.abs(sixteen_times(made)).max())) <= decibels(CEILING) + 0.2
    assert np.abs(made).max() <= CEILING * 1.0001


@given(st.integers(0, 3000))
def test_as_many_frames_come_out_as_went_in(count: int) -> None:
    assert len(mastered(music(max(count, 64), 1.5)[:count], 700)) == count


def test_what_is_under_the_ceiling_passes_to_the_bit() -> None:
    sound = music(2 * RATE, 0.5)
    assert np.array_equal(mastered(sound, 4800), sound)


def test_sound_stays_in_place() -> None:
    sound = np.zeros((RATE, 2), np.float32)
    sound[[0, 1234, RATE - 1]] = 4.0
    made = mastered(sound, 999)
    assert np.flatnonzero(np.abs(made).max(axis=1) > 0.5).tolist() == [0, 1234, RATE - 1]


def test_a_peak_turns_the_sound_down_gently_and_lets_it_come_back_slowly() -> None:
    sound = np.full((2 * RATE, 2), 0.3, np.float32)
    sound[RATE] = 1.6
    gains = mastered(sound, 65_536)[:, 0] / sound[:, 0]
    assert (gains[: RATE - RATE // 50] == 1).all()
    assert gains[RATE] == pytest.approx(CEILING / 1.6, rel=0.02)
    assert gains[RATE + RATE // 5] == pytest.approx(1 - (1 - gains[RATE]) / np.e, abs=0.03)
    assert np.abs(np.diff(gains)).max() < 0.005


def test_a_steady_loud_tone_is_not_distorted() -> None:
    tone = 1.2 * np.sin(2 * np.pi * 100 * np.arange(4 * RATE) / RATE)
    made = mastered(np.asfortranarray(np.stack([tone, tone], 1).astype(np.float32)), 65_536)[2 * RATE : 3 * RATE, 0]
    spectrum = np.abs(np.fft.rfft(made))
    assert decibels(np.delete(spectrum, 100).max() / spectrum[100]) < -60


def test_numbers_that_are_none_become_silence() -> None:
    sound = music(RATE, 0.4)
    sound[100] = np.nan
    sound[200, 0] = np.inf
    sound[300, 1] = -np.inf
    sound[400] = 1e38
    made = mastered(sound, 480)
    assert np.isfinite(made).all()
    assert not made[100].any()
    assert (made[200, 0], made[300, 1]) == (0, 0)
    assert np.abs(made).max() <= CEILING * 1.0001
    assert np.array_equal(made[RATE // 2 :], mastered(music(RATE, 0.4), 480)[RATE // 2 :]) or made[RATE // 2 :].any()


def test_the_meter_of_the_report_agrees() -> None:
    meter = Meter()
    meter.add(mastered(music(4 * RATE, 2.0), 65_536))
    assert decibels(meter.true_peak) <= -1.8
