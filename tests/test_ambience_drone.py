"""A drone: the notes written, at the level written, with slow swells and no seams."""

from dataclasses import replace

import numpy as np
import pytest

from voiceguide.ambience.chunks import CHUNK, Chunks
from voiceguide.ambience.drone import TILES, Drone
from voiceguide.ambience.recipe import FLAT_BED, Swell
from voiceguide.ambience.recipe import Drone as Written
from voiceguide.audio import RATE, Block

CHORD = Written(id="chord", notes=(110.0, 165.0), partials=3)
STEADY = replace(CHORD, swell=Swell(rate=0.1, depth=0.0), detune=(0.0, 0.0), drift=0.0)


def heard(written: Written, start: int = 0, seconds: int = 20) -> Block:
    return Chunks([Drone(written, 8)], lambda chunk: chunk).render(start, seconds * RATE)


def test_every_partial_of_every_note_is_there_and_nothing_else() -> None:
    block = heard(STEADY)
    spectrum = np.abs(np.fft.rfft(block[:, 0] * np.hanning(len(block))))
    loud = np.fft.rfftfreq(len(block), 1 / RATE)[spectrum > spectrum.max() / 300]
    expected = [110, 165, 220, 330, 330, 495]
    assert all(np.abs(loud - hz).min() < 0.1 for hz in expected)
    assert all(min(abs(hz - partial) for partial in expected) < 0.3 for hz in loud)


@pytest.mark.parametrize("level", [0.0, -12.0])
def test_it_is_as_loud_as_its_level_says(level: float) -> None:
    block = heard(replace(CHORD, level=level), seconds=60)
    assert 10 * np.log10(np.mean(block**2)) == pytest.approx(FLAT_BED + level, abs=2)


def test_partials_keep_their_turn_over_hours() -> None:
    """The same note an hour later: no drift of pitch, and no jump at the seam of two chunks."""
    block = heard(STEADY, 3600 * RATE - CHUNK // 2, 5)
    seam = CHUNK - (3600 * RATE - CHUNK // 2) % CHUNK
    steps = np.abs(np.diff(block[:, 0]))
    assert steps[seam - 2 : seam + 2].max() <= steps.max()
    curvature = np.abs(np.diff(block[:, 0], 2))
    assert curvature[seam - 3 : seam + 3].max() <= np.percentile(curvature, 99.9) * 1.01


def test_swells_are_slow_and_the_sides_differ() -> None:
    block = heard(CHORD, seconds=30)
    envelope = np.sqrt(np.mean(block[: RATE * 30].reshape(30, RATE, 2) ** 2, axis=1))
    assert envelope.std(axis=0).min() > 0.02 * envelope.mean()
    assert not np.allclose(block[:, 0], block[:, 1], atol=1e-3)


def test_threads_of_the_linear_algebra_do_not_matter() -> None:
    """A tile is smaller than what OpenBLAS shares among threads (m * n * k below 2^18)."""
    drone = Drone(replace(CHORD, notes=tuple(50.0 * number for number in range(1, 9)), partials=8), 8)
    rows, partials = drone._rows.shape
    assert rows // TILES * drone._stretch.shape[1] * partials * 2 < 2**18
