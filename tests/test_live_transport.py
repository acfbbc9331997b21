"""Commands and reports as a table of examples; what is heard of them, and what must always hold, have files of their own."""

from dataclasses import replace
from typing import get_args

import pytest
from live_kit import ROUTINE, growing, quiet
from transport_kit import (
    AT_GATE,
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
    of,
)

from voiceguide.audio import RATE
from voiceguide.live.commands import (
    Again,
    Ask,
    Back,
    Changed,
    ChapterBegan,
    Command,
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
    Seek,
    Skip,
    Stop,
    Toggle,
)
from voiceguide.live.transport import TABLE, Cut, Transport, apply
from voiceguide.script.model import CheckIn


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


def test_what_cannot_help_is_not_told_as_a_change() -> None:
    assert apply(UNPLANNED, Planned(UNPLANNED.timeline)).events == ()


def test_a_pause_in_the_quiet_goes_on_where_it_was() -> None:
    assert apply(PAUSED, Play()).cut == Cut(3 * RATE // 10)


def test_after_a_long_rest_the_last_instruction_comes_again() -> None:
    long = replace(PAUSED, clock=80 * S + 21 * S)
    short = replace(PAUSED, clock=80 * S + 19 * S)
    fresh = set(apply(long, Play()).transport.timeline.cues) - set(WHOLE.cues)
    last = next(c for c in reversed(WHOLE.cues) if c.kind == "instruction" and c.start <= QUIET)
    assert last.text in [cue.text for cue in fresh]
    assert apply(short, Play()).transport.timeline == WHOLE


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
