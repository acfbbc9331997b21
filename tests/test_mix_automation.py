import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mix_kit import S, breathing, mixer, signal, spoken, timeline

from voiceguide.audio import Values
from voiceguide.mix.automation import (
    ATTACK,
    EARLIEST,
    FARTHEST,
    GRID,
    HELD_GAP,
    MASTERED,
    RELEASE,
    Envelope,
    deepest,
    drawn,
    duck,
    ducks,
    fade,
    settled,
)
from voiceguide.mix.presets import PRESETS
from voiceguide.plan.timeline import Bed, Cue, Timeline

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


LENGTH = 60 * S


KINDS = st.sampled_from(["words", "words", "soft words", "tick", "beat", "chime", "breath"])
GAPS = st.sampled_from([0, S, 3 * S, 5 * S, 8 * S])


@st.composite
def pieces(draw: st.DrawFn, start: int, end: int) -> tuple[Cue, ...]:
    """Things that sound one after the other between two frames: words, bells, ticks, beats and breath."""
    cues: list[Cue] = []
    for kind, gap in draw(st.lists(st.tuples(KINDS, GAPS), max_size=8)):
        first = start + gap
        start = first + draw(st.integers(1, 4)) * S
        if start > end:
            break
        if kind in ("words", "soft words"):
            cues.append(spoken(first, start, gain=-1.5 if kind == "soft words" else 0.0))
        else:
            cues.append(breathing("in", first, start) if kind == "breath" else signal(kind, first, start))
    return tuple(cues)


@st.composite
def unfinished(draw: st.DrawFn) -> tuple[Timeline, tuple[Cue, ...], tuple[Bed, ...]]:
    """A timeline planned in part, and what may be planned after it."""
    cues = draw(pieces(4 * S, 40 * S))
    planned = max([8 * S, *(cue.end for cue in cues)]) + draw(st.sampled_from([0, S, 5 * S // 2, 7 * S // 2, 5 * S]))
    beds = tuple(Bed(start, 2 * S, "other", (), level) for start, level in draw(changes(planned, LENGTH)))
    first = Timeline(LENGTH).joined(planned, cues, (), (Bed(0, 3 * S, "steady"),))
    return first, draw(pieces(planned, LENGTH - 10 * S)), beds


def changes(start: int, end: int) -> st.SearchStrategy[list[tuple[int, float]]]:
    places = st.lists(st.tuples(st.integers(start, end), st.sampled_from([-6.0, 0.0, 12.0])), max_size=2)
    return places.map(sorted)


HELD_DOWN = Timeline(LENGTH).joined(20 * S, (spoken(12 * S, 17 * S),), (), (Bed(0, 3 * S, "steady"),))


@settings(max_examples=60, deadline=None)
@given(unfinished(), st.sampled_from(["clear", "lush"]))
@example((HELD_DOWN, (spoken(20 * S, 22 * S),), ()), "clear")
def test_nothing_planned_later_changes_what_is_settled(
    made: tuple[Timeline, tuple[Cue, ...], tuple[Bed, ...]], preset: str
) -> None:
    first, later, beds = made
    whole = first.joined(LENGTH, later, (), beds)
    end = settled(first)
    start = max(0, end - 3 * S)
    assert end <= first.planned <= settled(whole) == LENGTH
    before, after = (mixer(preset).stems(line, start, end - start) for line in (first, whole))
    for name in ("voice", "bed", "signals"):
        assert np.array_equal(getattr(before, name), getattr(after, name)), name


@given(st.lists(st.integers(8 * S, LENGTH - 1), min_size=2, max_size=6).map(sorted), st.data())
def test_what_is_settled_never_becomes_unsettled(ends: list[int], data: st.DataObject) -> None:
    line, settled_so_far, start = Timeline(LENGTH), 0, 4 * S
    for end in ends:
        line = line.joined(end, data.draw(pieces(start, end)) if end > start else ())
        assert settled_so_far <= settled(line) <= end
        settled_so_far, start = settled(line), end


def test_a_gap_that_may_still_be_held_through_is_not_settled() -> None:
    line = Timeline(LENGTH).joined(20 * S, (spoken(10 * S, 17 * S),))
    assert settled(line) == 17 * S - MASTERED
    assert settled(Timeline(LENGTH).joined(21 * S, (spoken(10 * S, 17 * S),))) == 19 * S - MASTERED
    assert settled(Timeline(LENGTH).joined(LENGTH, (spoken(10 * S, 17 * S),))) == LENGTH


def test_no_mix_can_duck_from_earlier_than_is_looked_for() -> None:
    deepest_of_all = max(preset.duck(12.0, 6.0) for preset in PRESETS.values()) + 6.0
    assert -duck(deepest_of_all, 0, S).points[0][0] + GRID <= EARLIEST
