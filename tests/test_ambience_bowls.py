"""Bowls: the notes written, swelling and ringing away, found from the time alone."""

from dataclasses import replace

import numpy as np
import pytest

from voiceguide.ambience.bowls import ROWS, TILES, Bowls
from voiceguide.ambience.chunks import CHUNK, Chunks
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.ambience.recipe import Bowls as Written
from voiceguide.audio import RATE, Block, frames

ONE = Written(id="bowls", notes=(200.0,), every=60.0, jitter=0.0, spread=0.0, ring=4.0, beat=0.0, drift=0.0)


def heard(written: Written, start: float = 0, seconds: float = 20) -> Block:
    return Chunks([Bowls(written, 8)], lambda chunk: chunk).render(frames(start), frames(seconds))


def test_a_stroke_has_the_partials_of_a_bowl_and_nothing_else() -> None:
    block = heard(ONE, seconds=4)
    spectrum = np.abs(np.fft.rfft(block[:, 0] * np.hanning(len(block))))
    hz = np.fft.rfftfreq(len(block), 1 / RATE)
    assert all(spectrum[np.abs(hz - 200 * ratio) < 2].max() > spectrum.max() / 300 for ratio in (1, 2.76, 5.12))
    loud = hz[spectrum > spectrum.max() / 100]
    assert all(min(abs(one - 200 * ratio) for ratio in (1, 2.76, 5.12, 8.1)) < 4 for one in loud)


def test_a_stroke_swells_and_rings_away_as_long_as_written() -> None:
    level = np.sqrt(np.mean(heard(ONE, seconds=20)[:, 0].reshape(-1, RATE // 10) ** 2, axis=1))
    assert 5 < level.argmax() < 25
    assert 20 * np.log10(level[160] / level[120]) == pytest.approx(-8.7, abs=0.3)
    assert level[0] < level.max() / 4


@pytest.mark.parametrize("level", [0.0, -9.0])
def test_it_is_as_loud_as_its_level_says(level: float) -> None:
    block = heard(replace(ONE, notes=(150.0, 200.0), every=6.0, beat=1.0, level=level), seconds=120)
    assert 10 * np.log10(np.mean(block**2)) == pytest.approx(FLAT_BED + level, abs=1)


def test_a_beating_pair_lies_to_both_sides_and_nothing_is_lost_in_mono() -> None:
    block = heard(replace(ONE, beat=1.0), start=1, seconds=6)
    assert 0.6 < np.corrcoef(block[:, 0], block[:, 1])[0, 1] < 0.97
    assert np.mean(block.mean(axis=1) ** 2) > 0.6 * np.mean(block**2)


def test_no_seam_is_heard_and_any_moment_can_come_first() -> None:
    written = replace(ONE, every=7.0, jitter=0.5)
    whole = heard(written, 300, 10)
    assert np.array_equal(heard(written, 303, 2), whole[frames(3) : frames(5)])
    curvature = np.abs(np.diff(whole[:, 0], 2))
    seams = np.arange(CHUNK - frames(300) % CHUNK, len(curvature), CHUNK)
    assert np.median(curvature[seams - 1]) <= 2 * np.median(curvature)


def test_threads_of_the_linear_algebra_do_not_matter() -> None:
    """At the most strokes a recipe may ask for, a tile is still smaller than what OpenBLAS shares (m * n * k below 2^18)."""
    densest = Bowls(replace(ONE, every=4.0, ring=20.0), 8)
    strokes, _ = densest._strokes(0)
    assert ROWS // TILES * 64 * 2 * len(strokes) * densest._speeds.shape[1] < 2**18
