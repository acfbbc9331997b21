from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.audio import RATE, gain
from voiceguide.cli.spectrogram import HIGHEST, LOWEST, ROWS, SHADES, palette, picture, shades, spectrum
from voiceguide.loudness import energies, integrated

SVG = "{http://www.w3.org/2000/svg}"


def tone(hz: float, seconds: float, level: float = 0.1) -> np.ndarray:
    wave = np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE)) / RATE) * level
    return np.repeat(wave.astype(np.float32)[:, None], 2, axis=1)


@pytest.mark.parametrize("hz", [100, 440, 1000, 5000, 12_000])
def test_a_tone_is_a_line_at_its_height(hz):
    heard = spectrum(tone(hz, 2))
    row = ROWS * np.log(hz / LOWEST) / np.log(HIGHEST / LOWEST)
    assert np.abs(heard[5:15].argmax(axis=1) + 0.5 - row).max() < 2


def test_it_stands_where_it_sounds():
    sound = np.concatenate([np.zeros((3 * RATE, 2), np.float32), tone(1000, 1), np.zeros((21 * RATE, 2), np.float32)])
    loud = np.flatnonzero(spectrum(sound).max(axis=1) > -20)
    assert len(spectrum(sound)) == 250
    assert (loud[0], loud[-1]) == (pytest.approx(30, abs=1), pytest.approx(39, abs=1))


def test_noise_of_equal_strength_in_every_octave_is_one_colour():
    hz = np.fft.rfftfreq(20 * RATE, 1 / RATE)
    random = np.random.default_rng(1).standard_normal(len(hz)) / np.sqrt(np.maximum(hz, 20))
    wave = np.fft.irfft(random * np.exp(2j * np.pi * np.random.default_rng(2).random(len(hz))))
    mean = spectrum(np.repeat((wave / np.abs(wave).max()).astype(np.float32)[:, None], 2, axis=1)).mean(axis=0)
    assert mean[10:].max() - mean[10:].min() < 3


def test_the_brightest_is_light_and_silence_is_dark():
    levels = np.full((100, ROWS), -200.0)
    levels[:, :10] = -30.0
    drawn = shades(levels)
    assert drawn.shape == (ROWS, 100)
    assert (drawn[-10:] == SHADES - 1).all()
    assert (drawn[:-10] == 0).all()
    brightness = palette().astype(int).sum(axis=1)
    assert (np.diff(brightness) > 0).all()


@settings(max_examples=10)
@given(st.text(max_size=30))
def test_any_title_makes_a_document_and_the_same_sound_the_same_bytes(title):
    document = picture(title, SHORT, -27.0)
    assert document == picture(title, SHORT, -27.0)
    assert ElementTree.fromstring(document).tag == f"{SVG}svg"


SHORT = tone(300, 1.2)


def test_a_sound_as_loud_as_it_should_be_runs_along_its_line():
    sound = tone(1000, 8)
    sound *= np.float32(gain(-27.0 - integrated(energies(sound))))
    drawn = ElementTree.fromstring(picture("Tone", sound, -27.0))
    points = [float(point.split(",")[1]) for point in drawn.find(f"{SVG}polyline").get("points").split()]
    lines = {"".join(text.itertext()): float(text.get("y")) - 4 for text in drawn.iter(f"{SVG}text")}
    assert points[10:-10] == pytest.approx([lines["-27"]] * len(points[10:-10]), abs=0.5)
    assert {"-15", "-27", "-39", "-51", "50", "10k", "0:00", "0:08"} <= set(lines)


def test_it_can_be_read_on_a_dark_page():
    assert "prefers-color-scheme:dark" in picture("x", SHORT, -27.0)
