from dataclasses import replace

import pytest
from plan_kit import SIX
from screen_kit import ROUTINE, STATUS, at, cue, timeline

from voiceguide.audio import RATE
from voiceguide.live import view
from voiceguide.live.state import STATES
from voiceguide.live.view import Going, Status
from voiceguide.plan.timeline import Breath, Timeline
from voiceguide.sound.aim import Levels

PLANNED = timeline()
SQUEEZE = cue(PLANNED, "Squeeze")
EMPTY = at(Timeline(0), 0)


def test_the_words_stay_until_the_next_ones() -> None:
    assert view.words(at(PLANNED, 0)) == ""
    for frame, speaking in ((SQUEEZE.start, True), (SQUEEZE.end - 1, True), (SQUEEZE.end, False)):
        assert view.words(at(PLANNED, frame)) == SQUEEZE.text
        assert view.speaking(at(PLANNED, frame)) is speaking


def test_what_comes_next_is_counted_from_here() -> None:
    coming = view.coming(at(PLANNED, SQUEEZE.start - RATE))
    assert coming == (SQUEEZE, RATE)
    assert view.coming(at(PLANNED, PLANNED.length)) is None


def test_a_breath_fills_and_empties() -> None:
    phases = [each for each in PLANNED.cues if each.content == Breath("in")]
    out = next(each for each in PLANNED.cues if each.content == Breath("out"))
    inward = [view.breath(at(PLANNED, frame)) for frame in range(phases[0].start, phases[0].end, RATE // 4)]
    shares = [going.share for going in inward if going]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] > 0.9
    half = view.breath(at(PLANNED, (out.start + out.end) // 2))
    assert half is not None
    assert half.name == "breathe out"
    assert half.share == pytest.approx(0.5, abs=0.01)
    assert half.left == pytest.approx(SIX.breathe_out / 2, rel=0.11)


def test_a_hold_without_breath_has_a_bar_of_its_own() -> None:
    hold = next(each for each in PLANNED.stretches if each.start >= SQUEEZE.end)
    going = view.work(at(PLANNED, (hold.start + hold.end) // 2))
    assert going is not None
    assert (going.name, round(going.share, 2)) == ("hold", 0.5)
    assert view.breath(at(PLANNED, hold.start + RATE)) is None


def test_a_chapter_is_numbered_and_names_the_step_inside() -> None:
    here = at(PLANNED, SQUEEZE.start)
    assert view.chapter(here, Status()) == f"2 of {len(ROUTINE)}  The shoulders · Left side"
    assert view.chapter(here, Status(chapters=7)).startswith("2 of 7 ")
    assert view.chapter(EMPTY, STATUS) == ""


@pytest.mark.parametrize("reason", [reason for reason in STATES if reason])
def test_every_reason_to_rest_has_words(reason: str) -> None:
    words = view.state(STATES[reason], reason)  # type: ignore[index]
    assert words not in (STATES[reason], "")  # type: ignore[index]


def test_states_are_told_apart() -> None:
    assert view.state("paused", "user") == "resting: your pause"
    assert view.state("paused", "device") == "waiting for the sound device"
    assert view.state("waiting", "ready", any_key=True) == "press any key when you are ready"
    assert view.state("stopping", "user") == "stopping"
    gate = at(PLANNED, 0, holds=(("ready", 0),), opens=90 * RATE)
    assert view.state_now(gate) == "press space when you are ready (1:30)"


def test_levels_mix_and_guidance_are_one_line() -> None:
    here = at(PLANNED, 0, levels=Levels(voice=2, bed=-4), mix="lush", guidance="some")
    assert view.levels(here) == "voice +2 dB · bed -4 dB · bells 0 dB · mix lush · guidance some"


@pytest.mark.parametrize(
    ("frames", "words"), [(0, "0 s"), (1, "1 s"), (59 * RATE, "59 s"), (59 * RATE + 1, "1:00"), (-5, "0 s")]
)
def test_times_to_come_are_rounded_up(frames: int, words: str) -> None:
    assert view.soon(frames) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 seconds"), (1, "1 second"), (59.1, "1 minute"), (80, "1 minute 20 seconds"), (121, "2 minutes 1 second")],
)
def test_times_that_are_read_out_are_in_words(seconds: float, words: str) -> None:
    assert view.lasting(round(seconds * RATE)) == words


def test_what_went_wrong_is_said_in_words() -> None:
    assert view.notes(Status()) == ()
    assert view.notes(Status(underruns=1, restarts=1)) == ("1 gap in the sound", "the sound was started again once")
    assert view.notes(STATUS)[-1] == "the voice heart failed; emma speaks"


def test_nothing_planned_is_nothing_to_tell() -> None:
    assert (view.words(EMPTY), view.coming(EMPTY), view.breath(EMPTY), view.work(EMPTY)) == ("", None, None, None)
    assert view.whole(EMPTY) == Going("session", 0.0, 0)


def test_the_bar_of_the_session_is_never_over_full() -> None:
    assert view.whole(replace(at(PLANNED, 0), position=PLANNED.length)).share == 1.0
