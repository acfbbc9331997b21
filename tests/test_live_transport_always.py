"""What must hold after any sequence of commands, losses and reports."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from live_kit import ROUTINE, Sound, quiet
from transport_kit import LAGS, MOMENTS, WHOLE, S, Session

from voiceguide.live.commands import (
    ChapterBegan,
    CueBegan,
    Found,
    Lost,
    Next,
    Pause,
    Play,
    Toggle,
)
from voiceguide.live.state import sentence_start
from voiceguide.live.transport import Transport


@pytest.mark.slow
@given(st.lists(MOMENTS, max_size=30), LAGS, st.integers(0, len(ROUTINE) + 1))
@example([Toggle(), 30 * S, Toggle(), Next(), Lost("device"), Pause(), Found(), Play()], 0, 2)
def test_whatever_is_asked_for_the_session_keeps_to_its_timeline_and_ends(
    moments: list[object], lag: int, planned: int
) -> None:
    session = Session(lag, planned)
    for moment in moments:
        session.live(moment)
    session.end()


@pytest.mark.slow
@given(st.lists(st.one_of(st.integers(1, 40 * S), st.sampled_from(["pause", "lose"])), max_size=20), LAGS)
def test_total_time_is_what_was_heard_and_what_was_rested(moments: list[object], lag: int) -> None:
    """Rests and losses skip nothing; they only bring back sentences that were cut."""
    sound = Sound(Transport(quiet(WHOLE)), lag)
    rested = 0
    for moment in moments:
        if isinstance(moment, int):
            sound.play(moment)
        elif sound.transport.over:
            break
        elif moment == "lose":
            sound.lose()
            assert sound.position == sentence_start(WHOLE, sound.transport.position)
            sound.find()
        else:
            sound.give(Pause())
            sound.play(10 * S)
            rested += 10 * S
            sound.give(Play())
    sound.play_out(2 * S)
    assert sound.forth == 0
    assert sound.heard == WHOLE.length + sound.back
    assert 0 <= sound.clock - rested - sound.heard <= 4 * S + lag


@given(st.integers(0, WHOLE.length - 1), st.integers(2 * S, 20 * S))
def test_from_any_place_on_every_cue_is_told_once(start: int, step: int) -> None:
    sound = Sound(Transport(quiet(WHOLE), start))
    sound.play_out(step, most=WHOLE.length // step + 2)
    assert [e.cue for e in sound.events if isinstance(e, CueBegan)] == [c for c in WHOLE.cues if c.start >= start]
    assert len({e.number for e in sound.events if isinstance(e, ChapterBegan)}) == 4 - Transport(WHOLE, start).section
