import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mix_kit import S, spoken, timeline

from voiceguide.audio import Values
from voiceguide.mix.automation import (
    ATTACK,
    FARTHEST,
    GRID,
    RELEASE,
    Envelope,
    deepest,
    drawn,
    duck,
    ducks,
    fade,
)
from voiceguide.mix.horizon import HELD_GAP

DEPTH = 11.0


def level(cues: list[tuple[int, int]], at: Values) -> Values:
    line = timeline(200 * S, *(spoken(*cue) for cue in cues))
    return deepest(ducks(line, int(at[0]), int(at[-1]) + 1, lambda cue: DEPTH), at)


def test_the_bed_goes_down_before_the_words_and_comes_back_after() -> None:
    at = np.arange(0, 30 * S, 48.0)
    drop = level([(10 * S, 14 * S)], at)
    begins, back = at[np.argmax(drop < 0)], at[len(at) - np.argmax(drop[::-1] < 0)]
    assert 10 * S - ATTACK <= begins < 10 * S - ATTACK + S // 50
    assert 14 * S + RELEASE - S // 50 < back <= 14 * S + RELEASE
    assert (drop[(at >= 10 * S) & (at <= 14 * S)] == -DEPTH).all()


@given(st.floats(0, 40), st.integers(0, 5 * S))
def test_no_duck_is_steeper_than_30_db_a_second(depth: float, length: int) -> None:
    at = np.arange(-5 * S, 15 * S, 96.0)
    slope = np.abs(np.diff(duck(depth, 0, length).decibels(at))) / 96 * S
    assert slope.max() <= 30.001


@given(st.integers(0, HELD_GAP - 1))
def test_a_short_gap_is_held_through(gap: int) -> None:
    at = np.linspace(10 * S, 14 * S + gap, 500)
    assert (level([(10 * S, 12 * S), (12 * S + gap, 14 * S + gap)], at) == -DEPTH).all()


def test_a_long_gap_lets_the_bed_come_back_whole() -> None:
    at = np.arange(12 * S, 16 * S, 48.0)
    assert level([(10 * S, 12 * S), (16 * S, 17 * S)], at).max() == 0


def test_a_deep_cue_after_a_shallow_one_goes_down_in_time_without_a_step() -> None:
    line = timeline(60 * S, spoken(10 * S, 12 * S), spoken(13 * S, 14 * S))
    at = np.arange(5 * S, 25 * S, 48.0)
    drop = deepest(ducks(line, 5 * S, 25 * S, lambda cue: 6.0 if cue.start < 11 * S else 14.0), at)
    assert (drop[(at >= 13 * S) & (at <= 14 * S)] == -14).all()
    assert np.abs(np.diff(drop)).max() / 48 * S <= 36


@st.composite
def talk(draw: st.DrawFn) -> list[tuple[int, int]]:
    starts = draw(st.lists(st.integers(0, 60 * S), min_size=1, max_size=12, unique=True))
    return [(start, start + draw(st.integers(1, 9 * S))) for start in sorted(starts)]


@given(talk(), st.integers(0, 60 * S), st.integers(1, 5 * S))
def test_a_window_needs_only_what_is_near_it(cues: list[tuple[int, int]], start: int, count: int) -> None:
    at = np.arange(start, start + count, 480.0)
    near = [cue for cue in cues if cue[1] > start - FARTHEST and cue[0] < start + count + FARTHEST]
    whole = level(cues, np.arange(start % 480, 70 * S, 480.0))
    assert np.array_equal(level(cues, at), level(near, at) if near else np.zeros(len(at)))
    assert np.array_equal(level(cues, at), whole[start // 480 :][: len(at)])


@given(st.integers(0, 10_000), st.integers(0, 5000))
def test_drawn_gains_are_slices_of_the_whole(start: int, count: int) -> None:
    envelope = Envelope(((1000, 0.0), (4000, -12.0), (4500, -12.0), (9000, 3.0)))
    assert np.array_equal(envelope.gains(start, count), envelope.gains(0, 15_000)[start : start + count])


def test_an_envelope_goes_through_its_points() -> None:
    envelope = Envelope(((100, 0.0), (200, -6.0), (200, -3.0), (400, 0.0)))
    assert envelope.decibels(np.array([0.0, 100, 150, 199.999, 200, 300, 400, 900])) == pytest.approx(
        [0, 0, -3, -6, -3, -1.5, 0, 0], abs=1e-3
    )


def test_a_straight_line_is_drawn_between_grid_points() -> None:
    assert drawn(lambda at: at / GRID, 0, 65) == pytest.approx(np.arange(65) / GRID)


def test_a_fade_without_length_is_a_step() -> None:
    assert fade(np.array([4.0, 5, 6]), 5, 0).tolist() == [0, 1, 1]
    assert fade(np.array([0.0, 5, 10]), 0, 10).tolist() == [0, 0.5, 1]
