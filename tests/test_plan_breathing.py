from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from plan_kit import SIX

from voiceguide.audio import RATE
from voiceguide.plan import breathing
from voiceguide.script.model import Length, Pattern

BOX = Pattern("box", 4 * RATE, 4 * RATE, 4 * RATE, 4 * RATE)
SIGH = Pattern("sigh", 2 * RATE, 0, 6 * RATE, RATE, sip=RATE)


@given(st.sampled_from([SIX, BOX, SIGH]), st.integers(1, 60), st.floats(0.9, 1.1))
def test_phases_fill_the_time_without_gap_or_overlap(pattern: Pattern, count: int, bend: float) -> None:
    length = int(count * pattern.period * bend)
    phases = list(breathing.phases(pattern, count, 77, length))
    assert phases[0].start == 77
    assert phases[-1].end == 77 + length
    assert all(a.end == b.start for a, b in pairwise(phases))
    assert phases[-1].kind in ("out", "rest")


@given(st.integers(SIX.period * 5, SIX.period * 60))
def test_from_five_breaths_on_any_length_is_filled_by_bending_at_most_a_tenth(frames: int) -> None:
    count, length = breathing.breaths_in(SIX, frames)
    assert length == frames
    assert 0.9 <= length / (count * SIX.period) <= 1.1


@given(st.integers(0, SIX.period * 5))
def test_a_short_time_never_gets_more_breath_than_it_holds(frames: int) -> None:
    count, length = breathing.breaths_in(SIX, frames)
    assert length <= frames
    assert count == 0 or length / (count * SIX.period) <= 1.1


def test_a_wish_for_a_minute_of_six_second_halves_is_six_breaths() -> None:
    minute = Length(60 * RATE, 60 * RATE, 60 * RATE)
    assert breathing.bounds(SIX, minute) == (60 * RATE, 60 * RATE)


def test_an_odd_wish_is_met_by_the_bend() -> None:
    wish = Length(57 * RATE, 57 * RATE, 57 * RATE)
    assert breathing.bounds(SIX, wish) == (57 * RATE, 57 * RATE)
    assert breathing.breaths_in(SIX, 57 * RATE) == (6, 57 * RATE)


def test_the_sip_follows_the_in_breath() -> None:
    kinds = [phase.kind for phase in breathing.phases(SIGH, 1, 0, SIGH.period)]
    assert kinds == ["in", "sip", "out", "rest"]
