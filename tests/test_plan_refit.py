from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import BUNDLED, CountedLengths, before, booking, bundled, check, hold, planned, routines, say, section

from voiceguide.audio import RATE
from voiceguide.plan.budget import Budget
from voiceguide.plan.edits import longer
from voiceguide.plan.refit import ended, refit
from voiceguide.plan.schedule import LEAST_ENDING, finish, place
from voiceguide.plan.timeline import Timeline
from voiceguide.script.model import Section

S, LENGTHS = RATE, CountedLengths()
ROUTINE = (
    section("Arrive", say("Arrive, and rest."), hold(20, 60), line=1),
    section("Work", say("Work slowly."), hold(60, 240), line=4),
    section("Close", say("Thank you."), hold(10, 30), line=8),
)
LENGTH = 250 * S


def fitted(timeline: Timeline, at: int, length: int, sections: tuple[Section, ...] = ROUTINE) -> Timeline:
    return refit(booking(*sections, length=LENGTH if sections is ROUTINE else None), timeline, at, length, LENGTHS)


def rest_placed(budget: Budget, timeline: Timeline) -> Timeline:
    for number in range(len(timeline.parts), len(budget.bookings)):
        timeline = place(budget, timeline, number, LENGTHS)
    return ended(budget, timeline, LENGTHS)


@pytest.mark.slow
@given(routines(), st.data(), st.integers(-200 * S, 400 * S))
def test_what_is_heard_stays_and_all_after_it_is_a_session(
    sections: tuple[Section, ...], data: st.DataObject, more: int
) -> None:
    timeline = planned(*sections)
    at = data.draw(st.integers(1, timeline.length - 1))
    changed = fitted(timeline, at, timeline.length + more, sections)
    check(changed)
    here = next(part for part in timeline.parts if part.start <= at < part.end)
    assert before(changed, min(here.end, timeline.closing)) == before(timeline, min(here.end, timeline.closing))
    assert [part.title for part in changed.parts] == [part.title for part in timeline.parts]
    voices = ["".join(cue.text for cue in one.cues if cue.kind == "instruction") for one in (timeline, changed)]
    assert voices[0] == voices[1]
    assert changed.length - changed.closing >= LEAST_ENDING
    assert changed.closing == changed.planned - (changed.length - changed.closing)


@given(st.integers(5 * S, 200 * S), st.integers(-60 * S, 60 * S))
def test_inside_the_bounds_the_length_is_met_to_the_frame(at: int, more: int) -> None:
    timeline = planned(*ROUTINE, length=LENGTH)
    changed = fitted(timeline, at, LENGTH + more)
    if at < timeline.parts[1].start or (at < timeline.parts[2].start and abs(more) < 5 * S):
        assert changed.length == LENGTH + more


def test_out_of_bounds_the_end_is_as_near_as_it_can_be() -> None:
    timeline = planned(*ROUTINE, length=LENGTH)
    shortest, longest = (fitted(timeline, 10 * S, length) for length in (0, 10_000 * S))
    work = [stretch.end - stretch.start for stretch in shortest.stretches]
    assert work[1:] == [60 * S, 10 * S]
    assert shortest.length - shortest.closing == LEAST_ENDING
    assert [stretch.end - stretch.start for stretch in longest.stretches][1:] == [240 * S, 30 * S]
    assert longest.length - longest.closing == 40 * S


def test_a_hold_made_longer_is_paid_by_what_comes() -> None:
    timeline = planned(*ROUTINE, length=LENGTH)
    at = timeline.stretches[0].start + 5 * S
    grown = longer(timeline, at, 30 * S)
    assert grown.length == LENGTH + 30 * S
    assert fitted(grown, at, LENGTH).length == LENGTH
    assert fitted(grown, at, LENGTH).stretches[0] == grown.stretches[0]


def test_a_plan_that_is_on_its_way_is_fitted_as_far_as_it_goes() -> None:
    budget = booking(*ROUTINE, length=LENGTH)
    half = planned(*ROUTINE, length=LENGTH, sections_placed=2)
    changed = refit(budget, half, 5 * S, LENGTH - 30 * S, LENGTHS)
    assert (len(changed.parts), changed.closing) == (2, 0)
    assert changed.planned < half.planned
    assert rest_placed(budget, changed).length == LENGTH - 30 * S
    start = planned(*ROUTINE, length=LENGTH, sections_placed=0)
    assert rest_placed(budget, refit(budget, start, 1, LENGTH + 9 * S, LENGTHS)).length == LENGTH + 9 * S


@pytest.mark.slow
def test_to_the_same_length_nothing_changes() -> None:
    for name in BUNDLED:
        timeline = planned(*bundled(name))
        for part in timeline.parts:
            assert fitted(timeline, part.start + S, timeline.length, bundled(name)) == timeline


def test_the_closing_is_left_alone_and_a_fade_that_has_begun_goes_on() -> None:
    timeline = planned(*ROUTINE, length=LENGTH)
    assert fitted(timeline, timeline.closing, LENGTH + 30 * S) == timeline
    slow = replace(timeline, ending=60 * S)
    changed = fitted(slow, timeline.closing - S, LENGTH + 8 * S)
    assert changed.length - changed.ending == LENGTH - 60 * S


def test_words_that_take_longer_than_they_should_move_the_end() -> None:
    budget = booking(*ROUTINE, length=LENGTH)
    timeline = planned(*ROUTINE, length=LENGTH, sections_placed=3)
    late = replace(timeline, length=timeline.planned + 3 * S)
    assert ended(budget, late, LENGTHS).length == timeline.planned + LEAST_ENDING
    assert ended(budget, timeline, LENGTHS) == finish(budget, timeline, LENGTHS)
