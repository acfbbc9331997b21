from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import (
    AT,
    BUNDLED,
    SIX,
    CountedLengths,
    before,
    booking,
    bundled,
    check,
    hold,
    moments,
    pause,
    planned,
    routines,
    say,
    section,
)

from voiceguide.audio import RATE
from voiceguide.plan.calm import calm_ending
from voiceguide.plan.edits import GIVES_WAY, again, longer, thinned
from voiceguide.plan.refit import refit
from voiceguide.plan.repeat import repeated
from voiceguide.plan.room import breaths
from voiceguide.plan.timeline import Cue, Stretch, Timeline
from voiceguide.script.model import Anchor, Breathe, CheckIn, Countdown, Hold, Node, Reminders, Section, Wait

S = RATE


def single(*body: Node) -> Timeline:
    return planned(section("Work", *body, line=1))


def work(timeline: Timeline) -> Stretch:
    return next(stretch for stretch in timeline.stretches if isinstance(stretch.step, Hold))


def spoken(timeline: Timeline) -> list[Cue]:
    return [cue for cue in timeline.cues if cue.track == "voice"]


def from_end(timeline: Timeline, *kinds: str) -> list[tuple[str, int]]:
    return [(cue.text, timeline.length - cue.start) for cue in timeline.cues if cue.kind in kinds]


class TestLonger:
    @given(moments(), st.sampled_from([5 * S, 30 * S, 47 * S]))
    def test_nothing_that_was_heard_changes_and_no_words_are_added(self, moment: tuple[Timeline, int], frames: int) -> None:
        timeline, at = moment
        grown = longer(timeline, at, frames)
        check(grown)
        assert before(grown, at) == before(timeline, at)
        assert [cue.id for cue in spoken(grown)] == [cue.id for cue in spoken(timeline)]
        assert all(b.start - a.start >= 0 for a, b in zip(spoken(timeline), spoken(grown), strict=True))
        assert (grown == timeline) == (at >= timeline.closing)

    @given(moments())
    def test_it_works_again_and_again(self, moment: tuple[Timeline, int]) -> None:
        timeline, at = moment
        for _ in range(3):
            timeline = longer(timeline, at, 30 * S)
        check(timeline)

    def test_a_plain_hold_is_longer_from_just_there_and_its_end_words_move(self) -> None:
        timeline = single(say("Begin."), hold(60, halfway=say("Halfway."), countdown=Countdown(3, "tick")), say("Let go."))
        held = work(timeline)
        grown = longer(timeline, held.start + 10 * S, 30 * S)
        assert work(grown) == replace(held, end=held.end + 30 * S)
        assert grown.length == timeline.length + 30 * S
        assert from_end(grown, "halfway", "tick") == from_end(timeline, "halfway", "tick")
        assert spoken(grown)[-1].start == spoken(timeline)[-1].start + 30 * S

    def test_the_breath_goes_on_evenly(self) -> None:
        timeline = single(hold(60, breathe=SIX), say("Let go."))
        grown = longer(timeline, work(timeline).start + 33 * S, 30 * S)
        found = breaths(grown.cues)
        assert len(found) == 9
        assert {end - start for start, end in found} == {10 * S}
        assert all(a == b for (_, a), (b, _) in pairwise(found))

    def test_whole_breaths_come_nearest_and_one_at_least(self) -> None:
        timeline = single(hold(60, breathe=SIX))
        added = [longer(timeline, 20 * S, frames).length - timeline.length for frames in (2 * S, 14 * S, 16 * S)]
        assert added == [10 * S, 10 * S, 20 * S]

    def test_the_first_breaths_keep_their_words_together(self) -> None:
        timeline = single(hold(60, breathe=SIX))
        grown = longer(timeline, work(timeline).start - S, 30 * S)
        prompts = [cue.start for cue in timeline.cues if cue.kind == "prompt"]
        assert [cue.start for cue in grown.cues if cue.kind == "prompt"] == prompts
        assert len(breaths(grown.cues)) == 9

    @pytest.mark.parametrize("into", [0.5, 20.2, 59.5])
    def test_the_beat_goes_on_evenly(self, into: float) -> None:
        timeline = single(hold(60, beat=24.0), say("Let go."))
        grown = longer(timeline, work(timeline).start + round(into * S), 30 * S)
        beats = [cue.start for cue in grown.cues if cue.kind == "beat"]
        assert {b - a for a, b in pairwise(beats)} == {round(2.5 * S)}
        assert len(beats) == 36

    def test_breath_and_beat_stay_on_one_clock(self) -> None:
        timeline = single(hold(61.7, breathe=SIX, beat=13.0), say("Let go."))
        grown = longer(timeline, work(timeline).start + 31 * S, 30 * S)
        starts = {start for start, _ in breaths(grown.cues)}
        beats = [cue.start for cue in grown.cues if cue.kind == "beat"]
        assert starts <= set(beats)
        assert max(b - a for a, b in pairwise(beats)) - min(b - a for a, b in pairwise(beats)) <= 2

    def test_the_next_hold_of_the_section_is_meant_before_it_begins(self) -> None:
        timeline = single(say("First, listen to this."), say("Begin."), hold(30), say("Let go."))
        grown = longer(timeline, 5 * S, 30 * S)
        assert work(grown) == replace(work(timeline), end=work(timeline).end + 30 * S)

    def test_once_the_countdown_has_begun_the_time_comes_after_it(self) -> None:
        timeline = single(hold(30, countdown=Countdown(5, "tick")), say("Let go."))
        held = work(timeline)
        grown = longer(timeline, held.end - 3 * S, 30 * S)
        assert before(grown, held.end) == before(timeline, held.end)
        assert spoken(grown)[-1].start == spoken(timeline)[-1].start + 30 * S

    def test_without_work_to_come_it_waits_for_the_end_of_the_sentence(self) -> None:
        timeline = single(hold(30), say("Let go, and rest for a while."), say("Now come back."))
        first, second = spoken(timeline)
        grown = longer(timeline, first.start + S // 2, 30 * S)
        assert [cue.start for cue in spoken(grown)] == [first.start, second.start + 30 * S]

    def test_the_end_of_the_session_is_not_made_longer(self) -> None:
        timeline = single(hold(30), say("Thank you."))
        assert longer(timeline, spoken(timeline)[-1].end, 30 * S) == timeline
        assert longer(timeline, spoken(timeline)[-1].end - 1, 30 * S) != timeline

    def test_what_is_not_planned_yet_is_not_made_longer(self) -> None:
        half = planned(section("One", hold(30), line=1), section("Two", hold(30), line=2), sections_placed=1)
        assert longer(half, half.planned, 30 * S) == half


class TestAgain:
    @given(moments())
    def test_the_same_words_come_once_more_and_no_others_change(self, moment: tuple[Timeline, int]) -> None:
        timeline, at = moment
        repeated = again(timeline, at)
        if repeated is None:
            return
        check(repeated)
        copies = [cue for cue in repeated.cues if cue not in timeline.cues]
        gone = [cue for cue in timeline.cues if cue not in repeated.cues]
        assert copies
        assert all(cue.start >= at and cue.kind == "again" for cue in copies)
        assert all(cue.start >= at and cue.kind in GIVES_WAY for cue in gone)
        assert repeated.with_cues(timeline.cues) == timeline
        told = [cue for cue in timeline.cues if cue.kind == "instruction" and cue.start < at]
        assert [cue.content for cue in copies] == [cue.content for cue in told[-len(copies) :]]

    @pytest.mark.slow
    @given(moments())
    def test_there_is_a_second_of_quiet_on_both_sides_and_no_tick(self, moment: tuple[Timeline, int]) -> None:
        timeline, at = moment
        repeated = again(timeline, at)
        if repeated is None:
            return
        copies = [cue for cue in repeated.cues if cue.kind == "again"]
        first, last = copies[0].start - S, copies[-1].end + S
        others = [cue for cue in repeated.cues if (cue.track == "voice" and cue.kind != "again") or cue.kind == "tick"]
        assert not [cue for cue in others if cue.start < last and cue.end > first]
        assert not [s for s in repeated.stretches if isinstance(s.step, Wait) and s.start < last and s.end > first]
        assert copies[0].start <= at + 60 * S

    @given(moments(), st.integers(0, 40 * S))
    def test_asked_twice_it_says_the_same_twice(self, moment: tuple[Timeline, int], later: int) -> None:
        timeline, at = moment
        once = again(timeline, at)
        twice = once and again(once, at + later)
        if once is None or twice is None or any(c.kind == "instruction" and at <= c.start < at + later for c in once.cues):
            return
        check(twice)
        copies = [cue.text for cue in twice.cues if cue.kind == "again"]
        assert copies[: len(copies) // 2] == copies[len(copies) // 2 :]

    def test_a_paragraph_is_repeated_from_where_it_opens(self) -> None:
        timeline = single(say("Not this."), say("Lean in.", opens=True), say("Slide up."), hold(60))
        repeated = again(timeline, work(timeline).start + 20 * S)
        assert repeated is not None
        assert [cue.text for cue in repeated.cues if cue.kind == "again"] == ["Lean in.", "Slide up."]

    def test_only_the_last_15_s_of_a_long_paragraph(self) -> None:
        lines = [say("word " * 25 + str(number), opens=number == 0) for number in range(4)]
        timeline = single(*lines, hold(90))
        repeated = again(timeline, work(timeline).start + 2 * S)
        assert repeated is not None
        assert [cue.text for cue in repeated.cues if cue.kind == "again"] == [line.text for line in lines[2:]]

    def test_a_line_inside_a_hold_is_repeated_alone(self) -> None:
        timeline = single(say("Lean in."), hold(60, anchors=(Anchor(say("Is it easing?"), 5 * S),)))
        repeated = again(timeline, work(timeline).start + 10 * S)
        assert repeated is not None
        assert [cue.text for cue in repeated.cues if cue.kind == "again"] == ["Is it easing?"]

    def test_a_reminder_in_its_way_is_left_out(self) -> None:
        timeline = single(say("Lean in."), hold(60, reminders=Reminders(20 * S, (say("Slow hands."),))))
        reminder = next(cue for cue in timeline.cues if cue.kind == "reminder")
        repeated = again(timeline, reminder.start - S)
        assert repeated is not None
        assert reminder not in repeated.cues
        heard = again(timeline, reminder.start + 1)
        assert heard is not None
        assert reminder in heard.cues

    def test_nothing_to_repeat_or_no_room_is_none(self) -> None:
        timeline = single(say("Lean in."), say("Slide up."), CheckIn(say("And now?"), 7 * S, AT), hold(30))
        assert again(timeline, 1) is None
        assert again(timeline, spoken(timeline)[1].start + 1) is None
        assert again(single(hold(30)), 20 * S) is None

    def test_it_lies_within_one_section_so_that_the_next_may_be_placed_anew(self) -> None:
        timeline = planned(
            section("One", say("Lean in, with gentle pressure."), line=1), section("Two", Breathe(SIX, AT, 4), line=2)
        )
        repeated = again(timeline, spoken(timeline)[0].end)
        assert repeated is not None
        copy = next(cue for cue in repeated.cues if cue.kind == "again")
        assert copy.start >= timeline.parts[1].start + S

    def test_it_never_makes_a_step(self) -> None:
        timeline = single(say("Lean in."), hold(20), pause(30), say("Slide up."), hold(20))
        repeated = again(timeline, work(timeline).end + S)
        assert repeated is not None
        assert repeated.steps == timeline.steps


class TestThinned:
    @pytest.mark.slow
    @pytest.mark.parametrize("guidance", ["full", "some", "sparse"])
    @pytest.mark.parametrize("name", BUNDLED)
    def test_it_is_what_planning_with_fewer_words_gives(self, name: str, guidance: str) -> None:
        for length in (None, booking(*bundled(name)).longest):
            full = planned(*bundled(name), length=length)
            assert thinned(full, guidance) == planned(*bundled(name), length=length, guidance=guidance)

    @pytest.mark.slow
    @given(moments(), st.sampled_from(["full", "some", "sparse"]))
    def test_times_stay(self, moment: tuple[Timeline, int], guidance: str) -> None:
        timeline, _ = moment
        fewer = thinned(timeline, guidance)
        check(fewer)
        assert set(fewer.cues) <= set(timeline.cues)
        assert fewer.with_cues(timeline.cues) == timeline
        assert {cue.kind for cue in timeline.cues if cue not in fewer.cues} <= {"reminder", "halfway"}


ASKED = st.lists(
    st.tuples(st.sampled_from(["longer", "again", "refit", "softer", "firmer", "enough"]), st.integers(0, 50 * S)), max_size=8
)


@given(routines(), ASKED)
def test_any_sequence_of_changes_leaves_a_session_and_what_was_heard(
    sections: tuple[Section, ...], asked: list[tuple[str, int]]
) -> None:
    timeline, budget, lengths, at = planned(*sections), booking(*sections), CountedLengths(), 1
    for change, later in asked:
        at = min(at + later, timeline.length - 1)
        heard = before(timeline, at)
        if change == "longer":
            timeline = longer(timeline, at, 30 * S)
        elif change == "again":
            timeline = again(timeline, at) or timeline
        elif change == "refit":
            timeline = refit(budget, timeline, at, timeline.length - later, lengths)
        elif change == "enough":
            timeline = calm_ending(timeline, at, lengths)
        else:
            timeline = repeated(budget, timeline, at, "softer" if change == "softer" else "firmer", lengths)
        check(timeline)
        assert before(timeline, at) == heard
        assert timeline.length > at
        assert timeline.planned == timeline.length
