"""Commands and reports as a table of examples; what must always hold has a file of its own."""

from dataclasses import replace
from typing import get_args

import pytest
from live_kit import MOST, ROUTINE, Sound, growing, quiet, whole
from plan_kit import hold, say, section
from transport_kit import (
    AT_GATE,
    BEFORE,
    GATE,
    GATES,
    INSIDE,
    JUMPS,
    PAUSED,
    PLAYING,
    QUIET,
    SAID,
    STATES,
    UNPLANNED,
    WHOLE,
    S,
)

from voiceguide.audio import RATE
from voiceguide.live.commands import (
    Again,
    Ask,
    Back,
    Changed,
    ChapterBegan,
    Command,
    CueBegan,
    Enough,
    Fact,
    Finished,
    Found,
    GoTo,
    Heard,
    Level,
    Longer,
    Lost,
    Mix,
    Next,
    Pause,
    Planned,
    Play,
    Say,
    Seek,
    Skip,
    StateChanged,
    Stop,
    Toggle,
)
from voiceguide.live.transport import TABLE, Cut, Transport, apply
from voiceguide.plan.audience import Audience
from voiceguide.plan.edits import thinned
from voiceguide.plan.timeline import Spoken
from voiceguide.script.model import CheckIn, Wait


def of(kind: type, change_events: tuple[object, ...]) -> list[object]:
    return [event for event in change_events if isinstance(event, kind)]


def test_every_command_and_fact_has_its_row() -> None:
    assert list(TABLE) == [*get_args(Command), *get_args(Fact)]


@pytest.mark.parametrize(
    ("name", "state", "reason", "moving"),
    [
        ("playing", "playing", None, True),
        ("paused", "paused", "user", False),
        ("lost", "paused", "device", True),
        ("paused and lost", "paused", "user", False),
        ("at a gate", "waiting", "ready", False),
        ("paused at a gate", "paused", "user", False),
        ("before", "waiting", "ready", False),
        ("not planned", "waiting", "voice", True),
        ("stopping", "stopping", None, False),
    ],
)
def test_what_a_session_does_and_why(name: str, state: str, reason: str | None, moving: bool) -> None:
    there = STATES[name]
    assert (there.state, there.reason, there.moving) == (state, reason, moving)


@pytest.mark.parametrize(
    ("name", "given", "state", "position"),
    [
        ("playing", Play(), "playing", QUIET),
        ("playing", Pause(), "paused", QUIET),
        ("playing", Toggle(), "paused", QUIET),
        ("paused", Toggle(), "playing", QUIET),
        ("paused", Pause(), "paused", QUIET),
        ("paused", Play(), "playing", QUIET),
        ("lost", Toggle(), "paused", QUIET),
        ("lost", Found(), "playing", QUIET),
        ("paused and lost", Found(), "paused", QUIET),
        ("paused and lost", Play(), "paused", QUIET),
        ("at a gate", Play(), "playing", GATE.end),
        ("at a gate", Toggle(), "playing", GATE.end),
        ("at a gate", Pause(), "paused", GATE.start),
        ("at a gate", Found(), "waiting", GATE.start),
        ("at a gate", Again(), "playing", SAID[0].start),
        ("at a gate", GoTo(2), "playing", WHOLE.chapters[3].start),
        ("paused at a gate", Toggle(), "waiting", GATE.start),
        ("paused at a gate", Next(), "paused", GATE.end),
        ("before", Play(), "playing", 0),
        ("before", Pause(), "paused", 0),
        ("before", Next(), "playing", WHOLE.steps[1]),
        ("not planned", Pause(), "paused", UNPLANNED.position),
        ("not planned", Skip(), "waiting", UNPLANNED.position),
        ("not planned", Seek(WHOLE.length), "waiting", UNPLANNED.position),
        ("not planned", Planned(growing()[2]), "playing", UNPLANNED.position),
        ("not planned", Back(), "playing", GATE.end),
        ("stopping", Play(), "stopping", QUIET),
        ("stopping", Stop(), "finished", QUIET),
        ("stopping", Lost("device"), "finished", QUIET),
        ("lost", Stop(), "finished", QUIET),
        *[
            (name, Stop(), "stopping", STATES[name].position)
            for name in ("playing", "paused", "at a gate", "before", "not planned")
        ],
    ],
)
def test_a_table_of_examples(name: str, given: Command | Fact, state: str, position: int) -> None:
    after = apply(STATES[name], given).transport
    assert (after.state, after.position) == (state, position)


@pytest.mark.parametrize("name", STATES)
def test_a_second_stop_ends_at_once_and_nothing_comes_after(name: str) -> None:
    first = apply(STATES[name], Stop())
    second = apply(first.transport, Stop())
    done = second if second.events else first
    assert of(Finished, (*first.events, *second.events)) == [Finished(complete=False)]
    for given_later in (Play(), Stop(), Heard(0, 10**9), Lost("error"), Planned(WHOLE), Seek(0)):
        assert apply(second.transport, given_later) == replace(done, transport=second.transport, events=(), cut=None)


@pytest.mark.parametrize("jump", JUMPS, ids=lambda jump: type(jump).__name__)
@pytest.mark.parametrize("name", ["paused", "paused and lost", "paused at a gate"])
def test_a_jump_leaves_a_pause_a_pause(name: str, jump: Command) -> None:
    before = STATES[name]
    after = apply(before, jump)
    assert after.transport.position != before.position
    assert after.transport.since("user") == before.since("user")
    assert (after.transport.since("ready"), after.transport.opens) == (None, None)
    assert after.cut == Cut(RATE // 50, moved=True)


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
    assert of(ChapterBegan, tuple(sound.events)) == [ChapterBegan(0, WHOLE.chapters[0])]


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


def test_what_cannot_help_is_not_told_as_a_change() -> None:
    assert apply(UNPLANNED, Planned(UNPLANNED.timeline)).events == ()


def test_a_pause_cuts_no_sentence() -> None:
    sound = Sound(Transport(WHOLE, INSIDE, told=INSIDE))
    sound.give(Pause())
    sound.play(S)
    assert sound.position == INSIDE
    change = sound.give(Play())
    assert (change.transport.position, change.cut) == (SAID[2].start, Cut(3 * RATE // 10, moved=True))
    sound.play(S)
    assert [e.cue for e in sound.events if isinstance(e, CueBegan)] == [SAID[2]]


def test_a_pause_in_the_quiet_goes_on_where_it_was() -> None:
    assert apply(PAUSED, Play()).cut == Cut(3 * RATE // 10)


def test_after_a_long_rest_the_last_instruction_comes_again() -> None:
    long = replace(PAUSED, clock=80 * S + 21 * S)
    short = replace(PAUSED, clock=80 * S + 19 * S)
    fresh = set(apply(long, Play()).transport.timeline.cues) - set(WHOLE.cues)
    last = next(c for c in reversed(WHOLE.cues) if c.kind == "instruction" and c.start <= QUIET)
    assert last.text in [cue.text for cue in fresh]
    assert apply(short, Play()).transport.timeline == WHOLE


def test_a_lost_sentence_is_said_from_its_beginning_once_there_is_sound() -> None:
    sound = Sound(Transport(WHOLE, INSIDE, told=INSIDE))
    sound.lose()
    sound.give(Heard(INSIDE + 5 * S, 5 * S))
    assert (sound.transport.position, sound.transport.clock) == (SAID[2].start, 0)
    sound.find()
    sound.play(S)
    assert [e.cue for e in sound.events if isinstance(e, CueBegan)] == [SAID[2]]


def test_again_does_not_move_the_clock_or_the_end() -> None:
    change = apply(PLAYING, Again())
    assert (change.transport.position, change.transport.timeline.length) == (QUIET, WHOLE.length)
    assert change.events == (Changed("once more"),)
    assert len(change.transport.timeline.cues) >= len(WHOLE.cues)


def test_longer_moves_the_end_and_asks_the_planner() -> None:
    change = apply(PLAYING, Longer(30 * S))
    added = change.transport.timeline.length - WHOLE.length
    assert 25 * S <= added <= 35 * S
    assert change.request == Longer(30 * S)
    assert change.events == (Changed(f"{round(added / S)} seconds longer"),)


def test_a_check_in_is_answered_while_it_is_open() -> None:
    question = next(stretch for stretch in WHOLE.stretches if isinstance(stretch.step, CheckIn))
    for at, answered in ((question.start - 1, False), (question.start, True), (question.end + 14 * S, True), (QUIET, False)):
        change = apply(replace(PLAYING, position=at), Ask("softer"))
        assert change.request == (Ask("softer") if answered else None)
        assert change.events != ()
    assert apply(PLAYING, Enough()).request == Enough()


def test_enough_at_a_gate_opens_it_when_the_calm_ending_has_none() -> None:
    calm = replace(quiet(WHOLE), length=GATE.end + 30 * S, planned=GATE.end + 30 * S)
    assert apply(AT_GATE, Planned(calm)).transport.state == "playing"
    assert apply(AT_GATE, Planned(WHOLE)).transport == AT_GATE


def test_an_end_that_comes_nearer_is_the_end() -> None:
    shorter = replace(quiet(WHOLE), length=QUIET - S, planned=QUIET - S)
    known = apply(PLAYING, Planned(shorter)).transport
    assert (known.position, known.left) == (QUIET - S, 0)
    assert apply(known, Heard(QUIET, 91 * S)).events[-1] == Finished(complete=True)


def test_back_is_this_step_or_the_one_before() -> None:
    first, second = WHOLE.steps[2], WHOLE.steps[3]
    assert apply(replace(PLAYING, position=second + 4 * S), Back()).transport.position == second
    assert apply(replace(PLAYING, position=second + 2 * S), Back()).transport.position == first
    assert apply(replace(PLAYING, position=S), Back()).transport.position == 0


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


def test_seeking_into_a_sentence_hears_it_whole() -> None:
    assert apply(PLAYING, Seek(INSIDE)).transport.position == SAID[2].start
    assert apply(PLAYING, Seek(-5)).transport.position == 0
    assert apply(PLAYING, Seek(2 * WHOLE.length)).transport.position == WHOLE.length


def test_levels_and_mixes_stay_inside_their_bounds() -> None:
    loud = apply(apply(PLAYING, Level("bed", 4)).transport, Level("bed", 4))
    assert (loud.transport.levels.bed, loud.events) == (6.0, (Changed("bed +6 dB"),))
    assert apply(PLAYING, Level("voice", -99)).transport.levels.voice == -30.0
    assert apply(PLAYING, Mix("lush")).transport.mix == "lush"
    unknown = apply(PLAYING, Mix("loud"))
    assert (unknown.transport, unknown.cut) == (PLAYING, None)


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
    assert len(of(Finished, tuple(sound.events))) == 1


@pytest.mark.parametrize(("left", "complete"), [(5 * S, True), (13 * S, False)])
def test_stopping_while_it_fades_out_is_hearing_it_to_the_end(left: int, complete: bool) -> None:
    sound = Sound(Transport(WHOLE, WHOLE.length - left))
    sound.give(Stop())
    sound.play(2 * S)
    assert sound.transport.state == "stopping"
    sound.play(S)
    assert sound.events[-1] == Finished(complete=complete)


def test_the_routine_of_these_tests_has_everything_in_it() -> None:
    kinds = {cue.kind for cue in WHOLE.cues}
    assert {"instruction", "question", "prompt", "reminder", "halfway", "tick", "breath", "bell"} <= kinds
    assert len(GATES) == 2
    assert len(growing()) == len(ROUTINE) + 2


def test_a_section_that_is_planned_while_it_is_heard_is_told_all_the_same():
    growth = growing()
    early = apply(Transport(growth[0], told=S), Planned(growth[1]))
    assert [event.number for event in early.events if isinstance(event, ChapterBegan)] == [0]
    again = apply(early.transport, Planned(growth[2]))
    assert not [event for event in again.events if isinstance(event, ChapterBegan)]
