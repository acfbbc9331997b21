"""Bubbles: their pitch, their decay and their bank."""

import numpy as np
import pytest

from voiceguide.ambience.bands import Colour
from voiceguide.ambience.bubbles import LARGEST, bubbles
from voiceguide.ambience.chunks import CHUNK
from voiceguide.ambience.recipe import Bubbles
from voiceguide.audio import RATE

FLAT = Colour(((1000.0, 0.0),), (), 0.0, 20.0)
STREAM = Bubbles(id="b", level=0.0, rate=100.0, freq=(400.0, 6000.0), rise=0.0)


def pitches(written: Bubbles) -> np.ndarray:
    return np.array([np.argmax(np.abs(np.fft.rfft(sound, 1 << 15))) * RATE / (1 << 15) for sound in bubbles(written, 3, FLAT)])


def test_pitches_fill_the_range_written() -> None:
    hz = pitches(STREAM)
    assert 380 < hz.min() < 500
    assert 4500 < hz.max() < 6200


def test_a_slope_above_one_makes_more_low_ones() -> None:
    steep = Bubbles(id="b", level=0.0, rate=100.0, freq=(400.0, 6000.0), slope=3.0)
    assert np.median(pitches(steep)) < np.median(pitches(STREAM)) / 2


def test_a_bubble_of_a_millimetre_rings_as_long_as_van_den_doel_says() -> None:
    still = Bubbles(id="b", level=0.0, rate=100.0, freq=(3000.0, 3001.0), damping=1.0, rise=0.0)
    sound = bubbles(still, 3, FLAT)[0]
    decay = 0.13 / 0.001 + 0.0072 * 0.001**-1.5
    early, late = (np.abs(sound[at : at + 96]).max() for at in (96, 96 + RATE // 200))
    assert late / early == pytest.approx(np.exp(-decay / 200), rel=0.05)


def test_a_rising_bubble_climbs() -> None:
    rising = Bubbles(id="b", level=0.0, rate=100.0, freq=(1000.0, 1001.0), rise=0.5, rising=1.0, damping=0.5)
    sound = max(bubbles(rising, 3, FLAT), key=lambda one: np.abs(np.diff(np.signbit(one[:2400]))).sum())
    crossings = np.flatnonzero(np.diff(np.signbit(sound[:2400])))
    assert np.diff(crossings)[:5].mean() > np.diff(crossings)[-5:].mean() * 1.1


def test_a_bank_has_mean_energy_one_and_stays_small() -> None:
    deep = Bubbles(id="b", level=0.0, rate=100.0, freq=(100.0, 300.0), damping=0.2)
    for written in (STREAM, deep):
        bank = bubbles(written, 3, FLAT)
        assert np.mean([np.sum(sound**2) for sound in bank]) == pytest.approx(1, abs=1e-3)
        assert sum(len(sound) for sound in bank) <= 1.1 * LARGEST
        assert all(len(sound) <= CHUNK and sound[0] == 0 and sound[-1] == 0 for sound in bank)
