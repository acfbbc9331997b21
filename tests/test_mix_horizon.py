import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mix_kit import S, breathing, mixer, signal, spoken

from voiceguide.mix.automation import GRID, duck
from voiceguide.mix.horizon import EARLIEST, MASTERED, settled
from voiceguide.mix.presets import PRESETS
from voiceguide.plan.timeline import Bed, Cue, Timeline

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


@pytest.mark.slow
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
