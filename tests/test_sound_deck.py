"""The deck never gives a gap or a click, and always knows where in the session it is; a click is what is over -50 dBFS
above 8 kHz."""

from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import numpy as np
import pytest
from deck_kit import CLICK, SHORT, SINE, S, bursts, deck, drone, heard, hum
from hypothesis import given, settings
from hypothesis import strategies as st
from live_kit import growing, whole

from voiceguide.audio import Block, gain
from voiceguide.live.commands import (
    Again,
    Back,
    Command,
    Fact,
    GoTo,
    Heard,
    Level,
    Longer,
    Mix,
    Next,
    Pause,
    Play,
    Say,
    Seek,
    Skip,
)
from voiceguide.live.state import Transport
from voiceguide.live.transport import apply
from voiceguide.loudness import true_peak
from voiceguide.mix.horizon import settled
from voiceguide.mix.mixer import Mixer
from voiceguide.mix.stream import mastered
from voiceguide.sound.aim import Aim, Levels
from voiceguide.sound.deck import REST, Deck
from voiceguide.sound.take import SOFTLY

LINES = growing(SHORT, 80)
LINE = LINES[-1]
JUMP = S // 50


@cache
def file() -> Block:
    return np.concatenate(list(mastered(Mixer(hum, lambda bed: SINE, "clear"), [LINE], 65_536)))


def begun(position: int = 0, **aim: Any) -> Deck:
    made = deck(clock=position)
    made.aim(aimed(1, position, **aim), position)
    return made


def aimed(number: int, position: int | None = None, **changes: Any) -> Aim:
    return replace(Aim(number, LINE, position, True, LINE.length), **changes)


def loud(sound: Block) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))


@settings(max_examples=10)
@given(st.lists(st.integers(1, S), min_size=1, max_size=12))
def test_undisturbed_it_is_the_file(sizes: list[int]) -> None:
    made = begun()
    sound = np.concatenate([made.render(size) for size in sizes])
    assert np.array_equal(sound, file()[: len(sound)])
    assert made.clock == made.position(made.clock) == len(sound)


def test_before_the_first_aim_there_is_silence() -> None:
    made = deck(clock=5)
    assert not made.render(100).any()
    assert (made.clock, made.position(50), made.mark(50).number) == (105, 0, -1)


@pytest.mark.slow
@settings(max_examples=4)
@given(st.integers(0, 2 * S))
def test_a_session_that_grows_under_it_is_the_file(early: int) -> None:
    made, sound = deck(), []
    made.aim(Aim(1, LINES[0], 0, True, settled(LINES[0])), 0)
    for number, line in enumerate(LINES[1:], 2):
        sound.append(made.render(max(0, settled(LINES[number - 2]) - early - made.clock)))
        made.aim(Aim(number, line, None, True, settled(line)), made.clock)
    sound.append(made.render(LINE.length - made.clock))
    assert np.array_equal(np.concatenate(sound), file())


@pytest.mark.slow
@settings(max_examples=10)
@given(st.integers(0, 70 * S), st.integers(0, 70 * S), st.integers(0, 2 * S))
def test_after_a_jump_it_is_a_fresh_take_with_the_bed_of_the_clock(start: int, there: int, ahead: int) -> None:
    made = begun(start)
    before = made.render(2 * S)
    at = start + 2 * S - ahead
    made.aim(aimed(2, there, fade=JUMP), at)
    after = made.render(S)
    fresh = heard(LINE, there, S, clock=at)
    assert np.allclose(after[JUMP:], fresh[JUMP:], atol=1e-6)
    assert made.position(at + S) == there + S
    assert bursts(np.concatenate([before[: 2 * S - ahead], after])) < max(CLICK, bursts(file()))


@pytest.mark.parametrize("levels", [Levels(), Levels(voice=-9.0, bed=3.0, signals=-30.0)])
def test_levels_and_mix_change_without_a_step(levels: Levels) -> None:
    made = begun(20 * S)
    before = made.render(2 * S)
    made.aim(aimed(2, None, fade=S // 10, levels=levels, mix="lush"), 21 * S)
    after = made.render(4 * S)
    fresh = heard(LINE, 21 * S, 4 * S, levels=levels, mix="lush")
    assert np.allclose(after[S // 10 :], fresh[S // 10 :], atol=1e-6)
    assert bursts(np.concatenate([before[:S], after])) < CLICK
    assert made.position(25 * S) == 25 * S


def test_a_rest_ends_the_voice_within_300_ms_and_keeps_the_bed_softly() -> None:
    made = begun(0)
    made.render(5 * S)
    at = LINE.cues[0].start + S // 10
    made.aim(aimed(2, None, moving=False, fade=REST), at)
    rest = made.render(40 * S)
    bed = Mixer(hum, lambda bed: SINE, "clear").stems(LINE, LINE.length - 14 * S, S).bed
    assert np.allclose(rest[REST + S :][:S], rest[REST + 2 * S :][:S], atol=1e-5)
    assert loud(rest[REST : REST + S]) == pytest.approx(loud(bed) * gain(SOFTLY), rel=0.01)
    assert loud(rest[-S:]) == pytest.approx(loud(bed) * gain(SOFTLY), rel=0.01)
    assert made.position(made.clock) == at


def test_it_goes_on_where_it_rested() -> None:
    made = begun(0)
    made.render(20 * S)
    made.aim(aimed(2, None, moving=False, fade=REST), 18 * S)
    made.render(9 * S)
    made.aim(aimed(3, None, fade=REST), 26 * S)
    sound = made.render(5 * S)
    assert np.allclose(sound[REST:], heard(LINE, 18 * S, 5 * S, clock=26 * S)[REST:], atol=1e-6)
    assert made.position(made.clock) == 23 * S


def test_it_stands_where_it_may_not_pass_and_goes_on_when_it_may() -> None:
    made = begun(0, until=10 * S)
    first = made.render(14 * S)
    assert made.position(14 * S) == 10 * S
    assert np.array_equal(first[: 10 * S], file()[: 10 * S])
    assert made.mark(13 * S) == made.mark(10 * S)
    made.aim(aimed(2, None), 14 * S)
    second = made.render(2 * S)
    assert made.position(16 * S) == 12 * S
    assert np.allclose(second[REST:], heard(LINE, 10 * S, 2 * S, clock=14 * S)[REST:], atol=1e-6)
    assert bursts(np.concatenate([first, second])) < CLICK


def test_a_gate_that_goes_away_while_it_is_waited_at_holds_nothing() -> None:
    made = begun(0, until=10 * S)
    made.render(11 * S)
    made.aim(aimed(2, None, moving=False, until=10 * S), 11 * S)
    made.aim(aimed(3, None), 11 * S)
    assert made.position(12 * S) == 11 * S


def test_out_is_silence_and_a_second_out_is_no_louder() -> None:
    made = begun(20 * S)
    made.render(2 * S)
    made.aim(aimed(2, None, moving=False, fade=JUMP, out=3 * S), 21 * S)
    sound = made.render(4 * S)
    falling = [loud(sound[at : at + S // 4]) for at in range(0, 3 * S, S // 4)]
    assert falling == sorted(falling, reverse=True)
    assert not sound[3 * S :].any()
    made.aim(aimed(3, None, moving=False, fade=REST, out=REST), 22 * S)
    again = made.render(2 * S)
    assert loud(again[: S // 4]) <= falling[4]
    assert not again[REST:].any()


def test_the_end_is_silence_and_stays_it() -> None:
    made = begun(LINE.length - 3 * S)
    assert made.render(3 * S)[:S].any()
    assert not made.render(5 * S)[S // 2 :].any()
    assert made.position(made.clock) == LINE.length


def test_a_real_soundscape_has_no_click_at_jumps_rests_and_levels() -> None:
    scene = drone()
    made = deck(scene)
    made.aim(aimed(1, 0), 0)
    pieces = [made.render(6 * S)]
    for number, aim in enumerate(
        [aimed(2, 30 * S, fade=JUMP), aimed(3, None, fade=REST, moving=False), aimed(4, 5 * S, fade=JUMP)]
    ):
        made.aim(aim, 6 * S * (number + 1))
        pieces.append(made.render(6 * S))
    assert bursts(np.concatenate(pieces)) < CLICK


SOFT = whole().with_cues(cue for cue in whole().cues if cue.track != "signal")
COMMANDS = st.one_of(
    st.sampled_from([Play(), Pause(), Next(), Back(), Again(), Longer(), Skip(), Say(change=-1), Say(change=1)]),
    st.builds(Level, st.sampled_from(["voice", "bed", "signals"]), st.integers(-9, 9).map(float)),
    st.builds(Mix, st.sampled_from(["clear", "lush", "off"])),
    st.builds(GoTo, st.integers(0, 4)),
    st.builds(Seek, st.integers(0, SOFT.length)),
)


class Live:
    """A transport and a deck that is LEAD frames ahead of what is heard."""

    LEAD = S // 5

    def __init__(self) -> None:
        self.deck, self.number = deck(), 0
        self.transport = Transport(SOFT, repeats=1000)
        self.tell(0, moved=True)
        self.sound = self.deck.render(self.LEAD)

    def tell(self, fade: int, *, moved: bool) -> None:
        t, at = self.transport, self.deck.clock - self.LEAD if self.number else 0
        self.number += 1
        where = t.position if moved else None
        self.deck.aim(Aim(self.number, t.sounding, where, t.moving, t.until, t.levels, t.mix, fade), at)
        assert self.deck.position(at) == t.position

    def give(self, given: Command | Fact) -> None:
        change = apply(self.transport, given)
        self.transport = change.transport
        if change.cut:
            self.tell(change.cut.fade, moved=change.cut.moved)
            self.sound = np.concatenate([self.sound[: -self.LEAD], self.deck.render(self.LEAD)])

    def play(self, frames: int) -> None:
        """So much is heard; it clicks nowhere, is nowhere too loud, and the session is where it should be."""
        t, clock = self.transport, self.deck.clock
        self.sound = np.concatenate([self.sound, self.deck.render(frames)])
        assert self.deck.clock == clock + frames
        heard = self.deck.clock - self.LEAD
        assert self.deck.position(heard) == (min(t.position + frames, t.until) if t.moving else t.position)
        assert bursts(self.sound) < CLICK
        assert true_peak(self.sound) < gain(-1)
        self.sound = self.sound[-self.LEAD - 1000 :]
        self.give(Heard(self.deck.position(heard), heard))


@settings(max_examples=5)
@given(st.lists(st.tuples(COMMANDS, st.integers(256, S)), min_size=5, max_size=15))
def test_any_commands_are_heard_without_a_click(commands: list[tuple[Command, int]]) -> None:
    live = Live()
    for command, frames in commands:
        live.give(command)
        live.play(frames)


SOME: list[Command] = [
    *(Play(), Pause(), Play(), Next(), Back(), Again(), Longer(), Skip(), Say(change=-1), Say(change=1)),
    *(Level("voice", 6.0), Level("bed", -9.0), Level("signals", -3.0), Mix("lush"), Mix("clear"), Mix("off")),
    *(GoTo(number) for number in range(4)),
    *(Seek(frame) for frame in range(0, SOFT.length, 7 * S + 11)),
]


@pytest.mark.slow
def test_a_thousand_commands_are_heard_without_a_click() -> None:
    chance, live = Random(1), Live()
    for _ in range(1000):
        live.give(chance.choice(SOME))
        live.play(chance.randint(256, 2 * S))


def test_it_comes_to_stand_as_late_as_can_be() -> None:
    made = begun(0, until=S)
    ready = 0
    while wanted := made.wanted(ready, 2 * S):
        made.render(wanted)
        ready += wanted
    assert ready == S
    assert made.wanted(S // 4, 2 * S) > 0
    made.aim(aimed(2, until=3 * S), S)
    assert made.wanted(ready, 2 * S) > 0
    assert np.array_equal(made.render(S), file()[S : 2 * S])
