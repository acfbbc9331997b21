from dataclasses import replace

from hypothesis import given
from plan_kit import SIX, CountedLengths, before, check, hold, moments, planned, say, section

from voiceguide.audio import RATE
from voiceguide.plan.calm import SENTENCES, calm_ending, calm_lines
from voiceguide.plan.timeline import Spoken, Timeline

S, LENGTHS = RATE, CountedLengths()
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


def test_it_is_spoken_the_way_the_session_is() -> None:
    timeline = planned(*ROUTINE)
    words = timeline.cues[0].content
    assert isinstance(words, Spoken)
    lines = calm_lines(timeline, timeline.cues[0].start + 1)
    assert {(line.speed, line.gain, line.say.at) for line in lines} == {(words.speed, words.gain, words.say.at)}
    assert [cue.content for cue in calm_ending(timeline, 20 * S, LENGTHS).cues if cue.start > 20 * S][:2] == list(lines)
    assert [line.say.text for line in calm_lines(timeline, 1)] == list(SENTENCES)


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
