"""Layers summed as a listener gets them: at the loudness asked for, as wide as asked for, no peak too high."""

import numpy as np
import pytest

from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.sounding import CEILING, KNEE, LISTEN, Within, bent, delivered, listened
from voiceguide.audio import RATE, gain
from voiceguide.loudness import energies, integrated


class Hiss:
    """Noise at the left, and half as much at the right."""

    def add(self, chunk: int, piece: Planar) -> None:
        noise = np.random.default_rng(abs(chunk)).standard_normal(CHUNK).astype(np.float32)
        piece[0, :CHUNK] += 0.1 * noise
        piece[1, :CHUNK] += 0.05 * noise


@pytest.mark.parametrize("level", [-30.0, -20.0])
def test_layers_are_delivered_at_the_loudness_that_was_promised(level: float) -> None:
    heard = listened([Hiss()], 1.0, LISTEN // 6)
    sound = delivered([Hiss()], 1.0, gain(level - heard.level), level).render(0, 20 * RATE)
    assert integrated(energies(sound)) == pytest.approx(level, abs=0.3)
    assert np.abs(sound).max() <= gain(level + CEILING)


def test_width_is_how_far_the_sides_are_apart() -> None:
    narrow, whole = (delivered([Hiss()], width, 1.0, 0.0).render(0, RATE) for width in (0.0, 1.0))
    assert np.array_equal(narrow[:, 0], narrow[:, 1])
    assert np.allclose(narrow.mean(axis=1), whole.mean(axis=1), atol=1e-6)
    assert np.ptp(whole[:, 0] - whole[:, 1]) > 0.1


def test_a_scene_within_another_is_its_layers_times_a_factor_and_not_bent() -> None:
    alone, within = np.zeros((2, 2 * CHUNK), np.float32), np.zeros((2, 2 * CHUNK), np.float32)
    Hiss().add(3, alone)
    Within((Hiss(),), 1.0, 100.0).add(3, within)
    assert np.allclose(within, 100 * alone)
    assert np.abs(within).max() > gain(KNEE)


def test_peaks_are_bent_softly_and_never_reach_the_ceiling() -> None:
    line = np.linspace(-5, 5, 10_001, dtype=np.float32)[None].copy()
    result = bent(line.copy(), 0.25, 0.7)
    inside = np.abs(line) <= 0.25
    assert np.array_equal(result[inside], line[inside])
    assert (np.diff(result[0]) >= 0).all()
    assert np.abs(result).max() <= 0.7 + 1e-6
    assert np.abs(np.diff(result[0])).max() <= 0.0011
