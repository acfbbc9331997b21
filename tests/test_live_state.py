"""Where a session is, and what is read from it."""

from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from live_kit import MOST, growing, whole

from voiceguide.audio import RATE
from voiceguide.live.commands import Reason
from voiceguide.live.state import STATES, Transport, sentence_start
from voiceguide.mix.horizon import settled
from voiceguide.plan.timeline import Timeline
from voiceguide.script.model import Guidance, Wait

S = RATE
WHOLE = whole()
GATES = [stretch for stretch in WHOLE.stretches if isinstance(stretch.step, Wait)]
FRAMES = st.integers(0, WHOLE.length)
HOLDS = st.lists(st.sampled_from(["user", "device", "error", "ready"]), unique=True)


def held(*reasons: Reason) -> Transport:
    return Transport(WHOLE, 40 * S, holds=tuple((why, 0) for why in reasons))


def test_every_reason_has_its_state() -> None:
    assert list(STATES) == [*get_args(Reason), None]


@given(HOLDS)
def test_of_several_reasons_the_listener_s_own_comes_first(reasons: list[Reason]) -> None:
    there = held(*reasons)
    assert there.reason == next((why for why in STATES if why in reasons), None)
    assert there.moving == (not {"user", "ready"} & set(reasons))
    assert there.mute == bool({"device", "error"} & set(reasons))


def test_only_what_waits_for_somebody_and_for_a_time_opens_by_itself() -> None:
    waiting = replace(held("ready"), clock=10 * S, opens=30 * S)
    assert waiting.opens_in == 20 * S
    assert replace(waiting, opens=None).opens_in is None
    assert replace(waiting, holds=(("ready", 0), ("user", 0))).opens_in is None


@given(FRAMES, st.integers(0, 5))
def test_the_sound_may_go_as_far_as_a_gate_or_the_plan(position: int, planned: int) -> None:
    timeline = growing()[planned]
    there = Transport(timeline, min(position, timeline.length))
    assert there.position <= there.until <= max(there.position, settled(timeline))
    assert not [
        gate for gate in timeline.stretches if isinstance(gate.step, Wait) and there.position <= gate.start < there.until
    ]
    assert (there.reason == "voice") == (not there.whole and there.position >= settled(timeline))


@given(FRAMES)
def test_what_goes_on_is_found_as_by_looking_at_everything(position: int) -> None:
    there = Transport(WHOLE, position)
    going = [stretch for stretch in WHOLE.stretches if stretch.start <= position < stretch.end]
    assert there.stretch == (going[-1] if going else None)
    chapters = [c for c in WHOLE.chapters if c.level == 1]
    assert there.section == max(n for n, c in enumerate(chapters) if c.start <= position)


def test_a_gate_is_where_the_sound_stands_before_it() -> None:
    first = GATES[0]
    assert Transport(WHOLE, first.start).gate == first
    assert Transport(WHOLE, first.start - 1).gate is None
    assert Transport(WHOLE, first.start + 1).gate is None
    assert isinstance(first.step, Wait)
    assert first.step.most == MOST


@pytest.mark.parametrize("cue", [cue for cue in WHOLE.cues if cue.track == "voice"], ids=lambda cue: cue.id)
def test_a_sentence_begins_at_its_first_frame(cue: object) -> None:
    start, end = cue.start, cue.end  # type: ignore[attr-defined]
    assert {sentence_start(WHOLE, frame) for frame in (start, start + 1, end - 1)} == {start}
    assert sentence_start(WHOLE, end) == end


def test_nothing_planned_is_a_place_too() -> None:
    there = Transport(Timeline(60 * S))
    assert (there.state, there.reason, there.until, there.section, there.stretch) == ("waiting", "voice", 0, 0, None)
    assert replace(there, over=True).state == "finished"


@pytest.mark.parametrize("guidance", get_args(Guidance))
def test_what_is_heard_has_the_same_times_whatever_is_left_out(guidance: Guidance) -> None:
    sounding = Transport(WHOLE, guidance=guidance).sounding
    assert set(sounding.cues) <= set(WHOLE.cues)
    assert (sounding.length, sounding.stretches) == (WHOLE.length, WHOLE.stretches)
