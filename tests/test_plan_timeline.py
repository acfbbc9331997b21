import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import AT, BUNDLED, SIX, bundled, hold, pause, planned, routines, say, section

from voiceguide.audio import RATE
from voiceguide.plan.timeline import Cue, Signal, Spoken, Stretch, Timeline, Track
from voiceguide.script.model import Anchor, CheckIn, Section


def cue(start: int, length: int, track: Track = "voice") -> Cue:
    content = Spoken(say("Rest.")) if track == "voice" else Signal("tick")
    return Cue(f"{start}-{length}-{track}", start, start + length, track, "instruction", "Rest.", content, 0, AT.line)


cues = st.lists(st.builds(cue, st.integers(0, 1000), st.integers(1, 300), st.sampled_from(["voice", "signal"])), max_size=30)


@given(cues, cues, st.integers(-100, 1500), st.integers(0, 400))
def test_between_finds_just_what_sounds_there(first: list[Cue], second: list[Cue], start: int, length: int) -> None:
    timeline = Timeline(5000).joined(1000, tuple(first), (), (), ()).joined(2000, tuple(second), (), (), ())
    wanted = sorted(c.id for c in [*first, *second] if c.start < start + length and c.end > start)
    assert sorted(c.id for c in timeline.between(start, start + length)) == wanted


def test_joining_keeps_cues_in_order_and_remembers_how_far_it_is_planned() -> None:
    timeline = (
        Timeline(5000).joined(1000, (cue(500, 10), cue(100, 10)), (), (), ("a",)).joined(2000, (cue(50, 10),), (), (), ("b",))
    )
    assert [c.start for c in timeline.cues] == [50, 100, 500]
    assert (timeline.planned, timeline.notes) == (2000, ("a", "b"))


def test_again_finds_the_line_that_was_last_spoken_and_what_comes_next() -> None:
    timeline = Timeline(5000).joined(1000, (cue(100, 50), cue(300, 50), cue(200, 9, "signal")), (), (), ())
    last, coming = timeline.cue_at(250), timeline.after(250)
    assert last is not None
    assert coming is not None
    assert (last.start, coming.start) == (100, 300)
    assert timeline.cue_at(50) is None
    assert timeline.after(300) is None


def test_parts_are_the_sections_without_their_steps() -> None:
    timeline = planned(section("One", section("Inner", hold(20), level=2)), section("Two", hold(20)))
    assert [part.title for part in timeline.parts] == ["One", "Two"]


def test_other_cues_leave_all_else_as_it_was() -> None:
    timeline = planned(section("One", say("Rest."), hold(20, breathe=SIX)))
    assert timeline.with_cues(reversed(timeline.cues)) == timeline
    empty = timeline.with_cues(())
    assert (empty.cues, empty.starts, empty.longest, empty.length) == ((), (), 0, timeline.length)


class TestSteps:
    @pytest.mark.slow
    @given(routines())
    def test_they_are_sorted_inside_and_begin_at_the_beginning(self, sections: tuple[Section, ...]) -> None:
        timeline = planned(*sections)
        self.hold_good(timeline)
        words = [cue.start for cue in timeline.cues if cue.kind in ("instruction", "question", "recording")]
        assert set(timeline.steps) <= {chapter.start for chapter in timeline.chapters} | set(words)

    @pytest.mark.parametrize("name", BUNDLED)
    def test_every_chapter_and_inner_step_of_the_bundled_routines_is_one(self, name: str) -> None:
        timeline = planned(*bundled(name))
        self.hold_good(timeline)
        assert {chapter.start for chapter in timeline.chapters} <= set(timeline.steps)
        assert len(timeline.steps) > len(timeline.parts)

    @staticmethod
    def hold_good(timeline: Timeline) -> None:
        steps = timeline.steps
        assert list(steps) == sorted(set(steps))
        assert steps[0] == 0
        assert steps[-1] < timeline.length

    def test_words_after_work_begin_a_step_and_words_inside_it_do_not(self) -> None:
        timeline = planned(
            section(
                "Work",
                say("Lean in."),
                say("Slide up."),
                hold(30, anchors=(Anchor(say("Is it easing?"), 10 * RATE),), halfway=say("Halfway.")),
                pause(3),
                say("Let go."),
                say("Rest."),
                CheckIn(say("Was it good?"), 5 * RATE, AT),
                say("Thank you."),
            )
        )
        begun = {cue.start: cue.text for cue in timeline.cues}
        assert [begun.get(step, "the chapter") for step in timeline.steps] == ["the chapter", "Let go.", "Thank you."]

    def test_a_section_that_begins_in_silence_begins_one_step(self) -> None:
        timeline = planned(section("Work", hold(20)), section("Rest", pause(3), say("Rest."), say("And rest.")))
        assert timeline.steps == tuple(part.start for part in timeline.parts)

    def test_work_inside_work_hides_words_until_the_outer_one_ends(self) -> None:
        work, inner = Stretch(0, 1000, hold(1)), Stretch(200, 400, hold(1))
        timeline = Timeline(5000, stretches=(work, inner)).with_cues([cue(600, 10), cue(1000, 10)])
        assert timeline.steps == (1000,)

    def test_a_session_of_two_thousand_cues_answers_a_key_at_once(self) -> None:
        stretches = tuple(Stretch(start * 100, start * 100 + 50, hold(1)) for start in range(1000))
        timeline = Timeline(200_000, stretches=stretches).with_cues(cue(start * 50, 20) for start in range(2000))
        assert len(timeline.steps) == 1000
        assert min(timeit.repeat(lambda: timeline.steps, number=1, repeat=5)) < 0.005


def test_nothing_planned_has_no_steps() -> None:
    assert Timeline(5000).steps == ()
