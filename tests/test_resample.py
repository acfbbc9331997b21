import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.audio import RATE, Values
from voiceguide.resample import FASTEST, PEAK_REACH, SLOWEST, four_times, resample

EDGE = RATE // 10


def sine(hertz: float, rate: int, seconds: float = 1.0) -> Values:
    return 0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


def signal_to_error(hertz: float, rate: int) -> float:
    made = resample(sine(hertz, rate).astype(np.float32), rate).astype(np.float64)
    exact = sine(hertz, RATE)[: len(made)]
    inner = slice(EDGE, -EDGE)
    return float(10 * np.log10((exact[inner] ** 2).mean() / ((made[inner] - exact[inner]) ** 2).mean()))


@pytest.mark.parametrize(
    "rate", [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_099, 44_100, 47_999, 88_200, 96_000, 192_000]
)
def test_sines_come_out_clean_at_every_rate(rate: int) -> None:
    nyquist = min(rate, RATE) / 2
    assert min(signal_to_error(share * nyquist, rate) for share in (0.01, 0.1, 0.5, 0.8)) > 95


def test_what_is_above_half_of_the_new_rate_does_not_fold_back() -> None:
    made = resample(sine(30_000, 96_000).astype(np.float32), 96_000)
    assert np.abs(made[EDGE:-EDGE]).max() < 1e-4


@given(st.lists(st.floats(-1, 1, width=32), max_size=400))
def test_doubling_keeps_every_sample_to_the_bit(samples: list[float]) -> None:
    sound = np.array(samples, np.float32)
    assert np.array_equal(resample(sound, RATE // 2)[::2], sound)


@settings(max_examples=40)
@given(st.integers(SLOWEST, FASTEST), st.integers(0, 3000))
def test_length_is_the_same_time_rounded_up(rate: int, count: int) -> None:
    assert len(resample(np.zeros(count, np.float32), rate)) == -(-count * RATE // rate)


def test_channels_are_worked_on_alone() -> None:
    sound = np.random.default_rng(1).standard_normal((5000, 2)).astype(np.float32)
    both = resample(sound, 44_100)
    assert both.dtype == np.float32
    for channel in (0, 1):
        assert np.array_equal(both[:, channel], resample(np.ascontiguousarray(sound[:, channel]), 44_100))


def test_the_same_rate_gives_a_copy() -> None:
    sound = np.ones(10, np.float32)
    made = resample(sound, RATE)
    assert np.array_equal(made, sound)
    assert made is not sound


@pytest.mark.parametrize("rate", [0, SLOWEST - 1, FASTEST + 1])
def test_rates_outside_the_range_are_refused(rate: int) -> None:
    with pytest.raises(ValueError, match=f"{rate} Hz"):
        resample(np.zeros(10, np.float32), rate)


def test_four_times_finds_the_peak_between_samples() -> None:
    quarter = np.sin(np.pi / 2 * np.arange(2000) + np.pi / 4).astype(np.float32)
    fine = four_times(quarter)
    assert len(fine) == 4 * len(quarter)
    assert np.abs(quarter).max() < 0.708
    assert abs(np.abs(fine[4 * PEAK_REACH : -4 * PEAK_REACH]).max() - 1) < 0.001


@pytest.mark.slow
def test_the_bits_do_not_depend_on_threads() -> None:
    program = (
        "import numpy as np, hashlib; from voiceguide.resample import resample;"
        "x = np.random.default_rng(3).standard_normal((30001, 2)).astype('f4');"
        "print([hashlib.sha256(resample(x, r).tobytes()).hexdigest() for r in (24000, 44100, 44099)])"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for threads in ("1", "4")
    }
    assert len(made) == 1
