"""Sessions heard under a sound that plays, rests and is lost as told: what comes when, and how often."""

from dataclasses import replace

import pytest
from live_kit import MOST, Sound, growing, quiet, whole
from plan_kit import hold, say, section
from transport_kit import (
    BEFORE,
    GATE,
    GATES,
    INSIDE,
    PLAYING,
    SAID,
    WHOLE,
    S,
    of,
)

from voiceguide.audio import RATE
from voiceguide.live.commands import (
    Again,
    Changed,
    ChapterBegan,
    CueBegan,
    Enough,
    Finished,
    Heard,
    Next,
    Pause,
    Play,
    Say,
    Seek,
    StateChanged,
    Stop,
    Toggle,
)
from voiceguide.live.transport import Cut, Transport, apply
from voiceguide.plan.audience import Audience
from voiceguide.plan.edits import thinned
from voiceguide.plan.timeline import Spoken
from voiceguide.script.model import Wait


def test_a_session_heard_without_a_touch_takes_its_own_time() -> None:
    sound = Sound(Transport(quiet(WHOLE)))
    sound.play_out()
    assert (sound.clock, sound.heard, sound.back, sound.forth) == (WHOLE.length, WHOLE.length, 0, 0)
    assert [event.cue for event in sound.events if isinstance(event, CueBegan)] == list(WHOLE.cues)
    assert [event.number for event in sound.events if isinstance(event, ChapterBegan)] == [0, 1, 2, 3]
    assert sound.events[-2:] == [StateChanged("finished", ""), Finished(complete=True)]


def test_a_gate_waits_as_long_as_it_may_and_then_opens() -> None:
    sound = Sound(Transport(WHOLE))
    sound.play_out(S // 4)
    stood = sum(gate.step.most for gate in GATES if isinstance(gate.step, Wait))
    over = sum(gate.end - gate.start for gate in GATES)
    assert abs(sound.clock - (WHOLE.length - over + stood)) <= len(GATES) * S // 4
    assert sound.forth == over


def test_a_gate_gives_the_time_that_its_listener_rested() -> None:
    sound = Sound(Transport(WHOLE))
    sound.play_to(GATE.start)
    opens = sound.transport.opens
    assert opens == sound.clock + MOST
    sound.give(Pause())
    sound.play(2 * MOST)
    assert sound.transport.position == GATE.start
    sound.give(Play())
    assert (sound.transport.state, sound.transport.opens) == ("waiting", opens + 2 * MOST)


def test_a_gate_waits_on_while_the_sound_is_lost() -> None:
    sound = Sound(Transport(WHOLE))
    sound.play_to(GATE.start)
    sound.lose()
    sound.give(Heard(GATE.start, 10**9))
    sound.find()
    assert (sound.transport.reason, sound.transport.position) == ("ready", GATE.start)


def test_going_back_to_a_gate_is_waiting_again() -> None:
    sound = Sound(Transport(WHOLE, GATE.end, told=GATE.end))
    sound.give(Seek(GATE.start))
    assert (sound.transport.state, sound.transport.opens) == ("waiting", MOST)


def test_two_gates_in_a_row_are_two() -> None:
    twice = whole((section("Wait", say("Now."), Wait(MOST, say("").at), Wait(MOST, say("").at), hold(20, 60)),), 120)
    sound = Sound(Transport(twice))
    sound.play_to(next(s.start for s in twice.stretches))
    sound.give(Play())
    assert (sound.transport.state, sound.transport.position) == ("waiting", twice.stretches[1].start)


@pytest.mark.parametrize("opens", [120 * S, None])
def test_a_start_that_waits_begins_at_nothing(opens: int | None) -> None:
    sound = Sound(replace(BEFORE, opens=opens))
    sound.play(119 * S)
    assert (sound.transport.state, sound.position) == ("waiting", 0)
    sound.play(S)
    if opens is None:
        sound.give(Toggle())
    assert (sound.transport.state, sound.transport.position) == ("playing", 0)
    sound.play(S)
    assert of(ChapterBegan, sound.events) == [ChapterBegan(0, WHOLE.chapters[0])]


def test_a_plan_that_is_late_holds_the_sound_no_longer_than_it_takes() -> None:
    sound = Sound(Transport(growing()[0]))
    for timeline in growing()[1:]:
        sound.play(400 * S)
        sound.give(Play()) if sound.transport.since("ready") is not None else None
        sound.play(400 * S)
        assert sound.transport.reason in ("voice", "ready")
        sound.plan(timeline)
        assert sound.transport.reason in (None, "ready")
    sound.play_out()
    assert sound.heard == WHOLE.length - sound.forth


def test_a_pause_cuts_no_sentence() -> None:
    sound = Sound(Transport(WHOLE, INSIDE, told=INSIDE))
    sound.give(Pause())
    sound.play(S)
    assert sound.position == INSIDE
    change = sound.give(Play())
    assert (change.transport.position, change.cut) == (SAID[2].start, Cut(3 * RATE // 10, moved=True))
    sound.play(S)
    assert [e.cue for e in sound.events if isinstance(e, CueBegan)] == [SAID[2]]


def test_a_lost_sentence_is_said_from_its_beginning_once_there_is_sound() -> None:
    sound = Sound(Transport(WHOLE, INSIDE, told=INSIDE))
    sound.lose()
    sound.give(Heard(INSIDE + 5 * S, 5 * S))
    assert (sound.transport.position, sound.transport.clock) == (SAID[2].start, 0)
    sound.find()
    sound.play(S)
    assert [e.cue for e in sound.events if isinstance(e, CueBegan)] == [SAID[2]]


def test_next_goes_through_every_step_and_then_says_so() -> None:
    steps = quiet(WHOLE).steps
    sound = Sound(Transport(quiet(WHOLE)))
    assert [sound.give(Next()).transport.position for _ in steps[1:]] == list(steps[1:])
    assert sound.give(Next()).events == (Changed("this is the last step"),)


def test_a_jump_into_the_middle_of_a_section_tells_which_it_is() -> None:
    sound = Sound(Transport(WHOLE))
    sound.play(S)
    sound.give(Seek(WHOLE.chapters[1].start + 40 * S))
    sound.play(S)
    sound.give(Seek(WHOLE.chapters[1].start + 50 * S))
    sound.play(S)
    assert [e.number for e in sound.events if isinstance(e, ChapterBegan)] == [0, 1]


def test_only_the_words_to_whom_it_is_for_are_sent_told_and_said_again() -> None:
    words = [cue for cue in WHOLE.cues if isinstance(cue.content, Spoken)]
    first, others = words[0], words[1:]
    given = replace(first, content=replace(first.content, say=replace(first.content.say, to="receiver")))
    timeline = WHOLE.with_cues([given, *(cue for cue in WHOLE.cues if cue.id != first.id)])
    sound = Sound(replace(Transport(quiet(timeline)), audience=Audience("giver")))
    sound.play_out()
    told = [event.cue for event in sound.events if isinstance(event, CueBegan)]
    assert given not in told
    assert set(others) <= set(told)
    early = replace(PLAYING, timeline=timeline, position=first.end, audience=Audience("giver"))
    assert Changed("nothing was said yet") in apply(early, Again()).events


def test_less_is_said_and_told_when_less_is_wanted() -> None:
    some = apply(PLAYING, Say(change=-1)).transport
    assert (some.guidance, apply(some, Say(change=-1)).transport.guidance) == ("some", "sparse")
    assert apply(some, Say("full")).transport.guidance == "full"
    sound = Sound(replace(Transport(quiet(WHOLE)), guidance="sparse"))
    sound.play_out()
    assert [e.cue for e in sound.events if isinstance(e, CueBegan)] == list(thinned(WHOLE, "sparse").cues)
    assert len(thinned(WHOLE, "sparse").cues) < len(WHOLE.cues)


def test_a_session_is_repeated_as_often_as_it_was_asked_for() -> None:
    sound = Sound(replace(Transport(quiet(WHOLE)), repeats=2))
    sound.play_out()
    assert sound.heard == 3 * WHOLE.length
    assert [e.number for e in sound.events if isinstance(e, ChapterBegan)] == [0, 1, 2, 3] * 3
    assert len(of(Finished, sound.events)) == 1


def test_who_had_enough_does_not_hear_it_once_more() -> None:
    sound = Sound(replace(PLAYING, timeline=quiet(WHOLE), repeats=2))
    sound.give(Enough())
    sound.play_out()
    assert sound.heard == PLAYING.left


def test_what_is_stopped_before_its_last_time_was_not_heard_to_its_end() -> None:
    sound = Sound(Transport(WHOLE, WHOLE.length - 5 * S, repeats=1))
    sound.give(Stop())
    sound.play(3 * S)
    assert sound.events[-1] == Finished(complete=False)


@pytest.mark.parametrize(("left", "complete"), [(5 * S, True), (13 * S, False)])
def test_stopping_while_it_fades_out_is_hearing_it_to_the_end(left: int, complete: bool) -> None:
    sound = Sound(Transport(WHOLE, WHOLE.length - left))
    sound.give(Stop())
    sound.play(2 * S)
    assert sound.transport.state == "stopping"
    sound.play(S)
    assert sound.events[-1] == Finished(complete=complete)
