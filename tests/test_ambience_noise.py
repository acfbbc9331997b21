"""Noise: it has the spectrum, the movement and the width that its recipe says."""

from dataclasses import replace

import numpy as np
import pytest

from voiceguide.ambience.bands import Colour
from voiceguide.ambience.chunks import Chunks
from voiceguide.ambience.measure import fold_down_loss
from voiceguide.ambience.noise import Noise
from voiceguide.ambience.recipe import FLAT_BED, Modulation
from voiceguide.ambience.recipe import Noise as Written
from voiceguide.audio import RATE, Block

FLAT = Colour(((1000.0, 0.0),), (), 0.0, 20.0)
STILL = Written(id="bed")


def heard(written: Written, colour: Colour = FLAT, seconds: int = 20, source: int = 5) -> Block:
    return Chunks([Noise(written, source, colour)], lambda chunk: chunk).render(0, seconds * RATE)


def power(block: Block, low: float, high: float) -> float:
    """dB of the power between two frequencies, mean of both sides."""
    spectrum = np.abs(np.fft.rfft(block, axis=0)) ** 2 * 2 / len(block) ** 2
    hz = np.fft.rfftfreq(len(block), 1 / RATE)
    return float(10 * np.log10(spectrum[(hz >= low) & (hz < high)].sum() / 2))


def test_a_flat_bed_has_the_level_that_layers_are_balanced_against() -> None:
    assert 10 * np.log10(np.mean(heard(STILL) ** 2)) == pytest.approx(FLAT_BED, abs=1)


@pytest.mark.slow
@pytest.mark.parametrize("frame", [512, 1024, 2048, 4096])
def test_the_spectrum_is_the_one_written(frame: int) -> None:
    curve = ((500.0, -10.0), (4000.0, 5.0))
    shaped = heard(Written(id="bed", frame=frame, spectrum=curve))
    flat = heard(Written(id="bed", frame=frame))
    assert power(shaped, 3900, 4100) - power(flat, 3900, 4100) == pytest.approx(5, abs=0.7)
    assert power(shaped, 450, 500) - power(flat, 450, 500) == pytest.approx(-10, abs=1)


def test_the_high_pass_keeps_rumble_out() -> None:
    deep = heard(STILL, replace(FLAT, highpass=100.0))
    assert power(deep, 20, 50) < power(heard(STILL), 20, 50) - 20


def test_level_is_in_decibels() -> None:
    assert power(heard(replace(STILL, level=-6.0)), 100, 10_000) - power(heard(STILL), 100, 10_000) == pytest.approx(
        -6, abs=0.01
    )


@pytest.mark.parametrize("shared", [0.0, 0.5, 1.0])
def test_movement_has_the_depth_written(shared: float) -> None:
    moving = replace(STILL, mods=(Modulation(rate=1.0, depth=4.0, shared=shared),))
    layer = Noise(moving, 3, FLAT)
    times = np.arange(0, 2000, 0.5)
    assert layer._movement(times).std(axis=0) == pytest.approx(4, rel=0.12)


def test_movement_stays_in_its_band() -> None:
    moving = replace(STILL, mods=(Modulation(rate=1.0, depth=4.0, band=(1000.0, 4000.0)),))
    still = Noise(moving, 3, FLAT)._movement(np.arange(0, 100, 0.5)).std(axis=0) == 0
    assert 0 < still.sum() < len(still)
    assert still[0]
    assert still[-1]


def test_bass_is_the_same_on_both_sides_and_treble_is_not() -> None:
    block = heard(STILL)
    spectra = [np.fft.rfft(side.reshape(-1, 4800), axis=1) for side in block.T]
    cross = np.abs((spectra[0] * spectra[1].conj()).mean(axis=0))
    coherence = cross / np.sqrt((np.abs(spectra[0]) ** 2).mean(axis=0) * (np.abs(spectra[1]) ** 2).mean(axis=0))
    assert coherence[10:13].mean() == pytest.approx(0.8, abs=0.12)
    assert coherence[700:900].mean() < 0.25
    assert fold_down_loss(block) < 3


def test_other_chance_is_other_noise_as_loud() -> None:
    one, other = heard(STILL, source=1), heard(STILL, source=2)
    assert abs(np.corrcoef(one[:, 0], other[:, 0])[0, 1]) < 0.02
    assert power(one, 100, 10_000) == pytest.approx(power(other, 100, 10_000), abs=0.3)
