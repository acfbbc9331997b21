"""Drift: a tone that wanders as far as is asked, without a bend, and is soon unlike itself."""

import numpy as np
import pytest

from voiceguide.ambience.chunks import CHUNK
from voiceguide.ambience.drift import KNOTS, drawn, knots, turned
from voiceguide.audio import RATE

ROWS = CHUNK // 32


def whole(hz: float, chunks: int = 400) -> np.ndarray:
    return np.concatenate([drawn(turned([3, 4], knots(chunk), hz), ROWS) for chunk in range(chunks)])


@pytest.mark.parametrize("hz", [0.4, 2.0])
def test_pitch_wanders_as_far_as_is_asked(hz: float) -> None:
    turns = np.unwrap(np.angle(whole(hz)), axis=0) / (2 * np.pi)
    assert np.std(np.diff(turns, axis=0)) * ROWS * RATE / CHUNK == pytest.approx(hz, rel=0.15)


def test_a_tone_is_soon_unlike_itself_and_two_are_unlike() -> None:
    one, other = whole(0.4).T
    for away in (1, 2, 5, 30):
        rows = round(away * RATE / 32)
        assert abs(np.mean(one[rows:] * one[:-rows].conj())) < 0.25
    assert abs(np.mean(one * other.conj())) < 0.25


def test_nothing_is_louder_or_softer_for_it() -> None:
    assert np.abs(whole(0.4)) == pytest.approx(1, abs=0.02)


def test_chunks_meet() -> None:
    steps = np.abs(np.diff(whole(0.4), axis=0))
    assert steps.max() < 0.02
    assert np.median(steps[ROWS - 1 :: ROWS]) == pytest.approx(np.median(steps), rel=0.2)


def test_steady_is_steady() -> None:
    assert np.array_equal(whole(0.0, 2), np.ones((2 * ROWS, 2)))


def test_lines_between_knots_pass_through_them() -> None:
    known = np.arange(KNOTS, dtype=np.complex64)[:, None] ** 2
    rows = drawn(known, ROWS)
    step = ROWS // (KNOTS - 1)
    assert np.array_equal(rows[::step], known[:-1])
    assert rows[step // 2, 0] == pytest.approx(0.5)
