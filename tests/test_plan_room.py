from hypothesis import given
from hypothesis import strategies as st
from plan_kit import SIX, before, check, hold, moments, pause, planned, say, section

from voiceguide.audio import RATE
from voiceguide.plan.room import breaths, last_words, named, opened, quiet
from voiceguide.plan.timeline import Stretch, Timeline
from voiceguide.script.model import Countdown

S = RATE
ONE = planned(
    section("Work", say("Begin."), hold(30, breathe=SIX), say("Go on slowly."), pause(5), line=1),
    section("Rest", say("Rest now."), hold(20, countdown=Countdown(5, "tick")), line=2),
)


@given(moments(), st.integers(1, 90 * S))
def test_room_moves_all_that_comes_later_and_leaves_what_was_before(moment: tuple[Timeline, int], frames: int) -> None:
    timeline, at = moment
    wider = opened(timeline, at, frames)
    check(wider)
    assert wider.length - timeline.length == wider.planned - timeline.planned == frames
    assert before(wider, at) == before(timeline, at)
    moved = [(cue.id, cue.start + frames, cue.end + frames) for cue in timeline.cues if cue.start >= at]
    assert moved == [(cue.id, cue.start, cue.end) for cue in wider.cues if cue.start >= at]
    assert not [cue for cue in wider.cues if at <= cue.start < at + frames]
    assert [bed.start for bed in wider.beds] == [bed.start + (frames if bed.start >= at else 0) for bed in timeline.beds]


@given(moments())
def test_a_quiet_place_cuts_nothing_and_is_the_next_one(moment: tuple[Timeline, int]) -> None:
    timeline, at = moment
    place = quiet(timeline, at)
    assert place >= at
    assert not any(cue.start < place < cue.end for cue in timeline.cues if cue.track in ("voice", "breath"))
    assert not any(last_words(stretch) < place < stretch.end for stretch in timeline.stretches)
    if place > at:
        assert quiet(timeline, place - 1) == place


def test_work_grows_from_its_end_and_a_phase_of_breath_in_its_middle() -> None:
    work = ONE.stretches[0]
    assert opened(ONE, work.end, S).stretches[0] == Stretch(work.start, work.end + S, work.step)
    breath = next(cue for cue in ONE.cues if cue.track == "breath")
    grown = next(cue for cue in opened(ONE, breath.start + S, S).cues if cue.id == breath.id)
    assert (grown.start, grown.end) == (breath.start, breath.end + S)


def test_words_are_never_stretched() -> None:
    words = next(cue for cue in ONE.cues if cue.track == "voice")
    assert words in opened(ONE, words.start + 100, S).cues


def test_what_is_planned_later_than_the_end_of_the_plan_stays() -> None:
    half = planned(section("Work", say("Begin."), hold(30), line=1), section("Rest", hold(20), line=2), sections_placed=1)
    assert opened(half, half.planned + 1, S).planned == half.planned
    assert opened(half, half.planned + 1, S).length == half.length + S


def test_breaths_are_whole_and_follow_each_other() -> None:
    found = breaths(ONE.cues)
    assert [end - start for start, end in found] == [10 * S] * 3
    assert [end for _, end in found[:-1]] == [start for start, _ in found[1:]]


def test_the_last_words_of_a_hold_are_its_countdown() -> None:
    work, _, rest = ONE.stretches
    assert (last_words(work), last_words(rest)) == (work.end, rest.end - 5 * S)


def test_copies_of_copies_have_names_of_their_own() -> None:
    timeline = ONE
    for _ in range(3):
        timeline = timeline.with_cues([*timeline.cues, *named(timeline, timeline.cues[-2:])])
    assert len({cue.id for cue in timeline.cues}) == len(timeline.cues)
    assert {cue.id.partition("+")[0] for cue in timeline.cues} == {cue.id for cue in ONE.cues}
