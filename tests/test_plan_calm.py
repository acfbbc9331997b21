from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from plan_kit import SIX, CountedLengths, before, check, hold, moments, planned, say, section

from voiceguide.audio import RATE
from voiceguide.plan.calm import LINES, calm_ending
from voiceguide.plan.timeline import Timeline

S, LENGTHS = RATE, CountedLengths()
SENTENCES = [line.say.text for line in LINES]
ROUTINE = (
    section("Work", say("Lean in, and slide up to the shoulder."), hold(60, breathe=SIX), line=1),
    section("Close", say("Thank you."), line=2),
)


@given(moments())
def test_nothing_but_kind_words_and_the_bell_is_left(moment: tuple[Timeline, int]) -> None:
    timeline, at = moment
    calm = calm_ending(timeline, at, LENGTHS)
    check(calm)
    assert before(calm, at) == before(timeline, at)
    if at >= timeline.closing:
        assert calm == timeline
        return
    later = [cue for cue in calm.cues if cue.start >= at]
    assert [cue.text for cue in later] == [*SENTENCES, "[closing]"]
    assert calm.planned == calm.length == calm.closing + 25 * S
    assert later[0].start >= max([at, *(cue.end for cue in timeline.cues if cue.track == "voice" and cue.start < at)]) + S
    assert all(stretch.end <= later[0].start for stretch in calm.stretches)
    assert calm.length - calm.ending >= min(at, timeline.length - timeline.ending)


def test_a_sentence_is_said_to_its_end_and_what_follows_is_not() -> None:
    timeline = planned(*ROUTINE)
    words = timeline.cues[0]
    calm = calm_ending(timeline, words.start + S, LENGTHS)
    assert [cue.text for cue in calm.cues] == [words.text, *SENTENCES, "[closing]"]
    assert calm.cues[1].start == words.end + 3 * S // 2
    assert [(chapter.title, chapter.end) for chapter in calm.chapters] == [("Work", calm.length)]


def test_it_says_what_could_be_voiced_before_slowly_and_softly() -> None:
    said = [cue.content for cue in calm_ending(planned(*ROUTINE), 20 * S, LENGTHS).cues if cue.start > 20 * S]
    assert said[:2] == list(LINES)
    assert all(line.speed < 1 and line.gain < 0 for line in LINES)


def test_without_a_bell_nothing_rings() -> None:
    timeline = planned(*ROUTINE, bell=False)
    assert [cue.text for cue in calm_ending(timeline, 20 * S, LENGTHS).cues if cue.track == "signal"] == []


def test_a_slow_fade_never_jumps_back() -> None:
    timeline = replace(planned(*ROUTINE), ending=60 * S)
    at = timeline.length - 50 * S
    calm = calm_ending(timeline, at, LENGTHS)
    assert calm.length - calm.ending == timeline.length - 60 * S


def test_before_anything_is_planned_it_ends_too() -> None:
    start = planned(*ROUTINE, sections_placed=0)
    assert [cue.text for cue in calm_ending(start, S, LENGTHS).cues] == [*SENTENCES, "[closing]"]


@given(moments(), st.integers(0, 60 * S))
def test_enough_said_twice_is_enough_said_once(moment: tuple[Timeline, int], later: int) -> None:
    timeline, at = moment
    calm = calm_ending(timeline, at, LENGTHS)
    assert calm_ending(calm, min(at + later, calm.length), LENGTHS) == calm


def test_somebody_who_went_back_can_end_there_too() -> None:
    calm = calm_ending(planned(*ROUTINE), 30 * S, LENGTHS)
    assert calm_ending(calm, 12 * S, LENGTHS).length < calm.length
