"""The ear's scale of frequency, and curves drawn through a few points."""

import numpy as np
import pytest

from voiceguide.ambience import bands
from voiceguide.ambience.bands import Colour

HZ = np.array([50.0, 100.0, 1000.0, 5000.0, 18_000.0])


def test_bands_lie_evenly_for_the_ear() -> None:
    steps = np.diff(bands.erb(bands.BANDS))
    assert steps == pytest.approx(steps[0])
    assert bands.BANDS[0] == pytest.approx(bands.LOWEST)
    assert bands.BANDS[-1] == pytest.approx(bands.HIGHEST)


def test_one_erb_at_1_khz_is_133_hz_wide() -> None:
    width = 1 / (bands.erb(1000.5) - bands.erb(999.5))
    assert width == pytest.approx(24.7 * (4.37 + 1), rel=0.01)
    assert bands.density(np.array([1000.0]))[0] == pytest.approx(-10 * np.log10(132.6), abs=0.05)


def test_a_curve_goes_through_its_points_and_is_level_beyond() -> None:
    curve = bands.drawn(((100.0, -6.0), (1000.0, 3.0)), HZ)
    assert curve[[1, 2]] == pytest.approx([-6, 3])
    assert curve[0] == -6
    assert curve[-1] == 3
    assert bands.drawn((), HZ) == pytest.approx(0)


def test_tilt_is_per_octave_around_1_khz() -> None:
    flat, tilted = (Colour(((1000.0, 0.0),), (), tilt, 30.0).correction(HZ) for tilt in (0.0, -3.0))
    assert (tilted - flat)[2] == pytest.approx(0)
    assert (tilted - flat)[3] == pytest.approx(-3 * np.log2(5))


def test_the_high_pass_takes_rumble_away_and_leaves_the_rest() -> None:
    passed = Colour(((1000.0, 0.0),), (), 0.0, 100.0).correction(np.array([25.0, 100.0, 400.0]))
    assert passed[0] < -45
    assert passed[1] == pytest.approx(-3, abs=0.1)
    assert passed[2] == pytest.approx(0, abs=0.01)


def test_a_single_sound_weighs_what_the_spectrum_and_the_correction_say() -> None:
    colour = Colour(((100.0, -6.0), (1000.0, 3.0)), ((1000.0, 2.0),), 0.0, 20.0)
    assert colour.weight(np.array([1000.0]))[0] == pytest.approx(5, abs=0.01)
