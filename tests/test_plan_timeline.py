from hypothesis import given
from hypothesis import strategies as st
from plan_kit import AT, say

from voiceguide.plan.timeline import Cue, Signal, Spoken, Timeline, Track


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
