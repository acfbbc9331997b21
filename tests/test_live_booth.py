"""The process behind the booth plays, is replaced when it dies, and is given something plainer when it dies of a sound."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from terminal_kit import attributes, child, terminal
from waiting import gone, until, until_gone

from voiceguide.audio import RATE
from voiceguide.errors import VoiceguideError
from voiceguide.live.booth import HOPELESS, PLAINER, Booth
from voiceguide.live.child import Report
from voiceguide.plan.timeline import Bed, Timeline
from voiceguide.sound.aim import Aim, Setting
from voiceguide.sound.devices import NULL

LENGTH = 60 * RATE


def session(booth: Booth, bed: str, folder: Path) -> None:
    timeline = Timeline(LENGTH, LENGTH, beds=(Bed(0, 0, bed),))
    booth.stage(Setting(0, 0, folder))
    booth.aim(Aim(1, timeline, 0, True, LENGTH))


@pytest.fixture
def booth() -> Iterator[Booth]:
    with Booth(NULL) as open_:
        yield open_


def hear(booth: Booth, until: Callable[[], bool], seconds: float = 20.0) -> dict[str, Any]:
    """Take in reports until something is so; gives the last one."""
    last: dict[str, Any] = {}
    deadline = time.monotonic() + seconds
    while not until():
        report = booth.inbox.get(timeout=max(0.0, deadline - time.monotonic()))
        last = booth.hear(report, time.monotonic()) or last
    return last


def failed(booth: Booth) -> bool:
    fault = booth.fault(time.monotonic())
    return fault is not None and fault[0] == "error"


@pytest.mark.slow
def test_it_plays_what_it_is_told_and_reports_where_it_is(booth: Booth, tmp_path: Path) -> None:
    session(booth, "rain", tmp_path)
    last = hear(booth, lambda: booth.sounding)
    assert (last["number"], last["position"]) == (1, last["clock"])
    assert (booth.device, booth.underruns, booth.restarts, booth.notes) == ("null", 0, 0, ())
    assert booth.fault(time.monotonic()) is None


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSEGV, signal.SIGSTOP])
def test_a_process_that_dies_or_stops_is_known_and_another_plays(booth: Booth, tmp_path: Path, how: signal.Signals) -> None:
    session(booth, "rain", tmp_path)
    hear(booth, lambda: booth.sounding)
    first = booth.process
    assert first
    os.kill(first, how)
    until(lambda: (_take(booth), failed(booth))[1], "nothing failed")
    booth.start()
    session(booth, "rain", tmp_path)
    hear(booth, lambda: booth.sounding)
    assert gone(first)
    assert booth.restarts == 1


def _take(booth: Booth) -> None:
    while not booth.inbox.empty():
        booth.hear(booth.inbox.get(), time.monotonic())


def test_what_an_earlier_process_said_counts_no_more(booth: Booth) -> None:
    booth.start()
    assert booth.hear(Report(1, None), time.monotonic()) is None
    assert booth.fault(time.monotonic()) is None


@pytest.mark.slow
def test_a_sound_that_kills_it_three_times_is_replaced_and_the_session_goes_on(booth: Booth, tmp_path: Path) -> None:
    """A soundscape that cannot be opened ends the process in the same place each time."""
    for number in range(PLAINER):
        assert booth.notes == ()
        session(booth, "no-such-soundscape", tmp_path)
        hear(booth, lambda: failed(booth))
        fault = booth.fault(time.monotonic())
        assert fault is not None
        assert "no-such-soundscape" in fault[1], number
        booth.start()
    assert "a plain one plays instead" in booth.notes[0]
    session(booth, "no-such-soundscape", tmp_path)
    hear(booth, lambda: booth.sounding)


def test_what_nothing_helps_against_is_said_in_the_end(booth: Booth) -> None:
    for _ in range(HOPELESS - 1):
        assert booth.process
        os.kill(booth.process, signal.SIGKILL)
        hear(booth, lambda: failed(booth))
        booth.start()
    assert "a bell sounds instead" in booth.notes[-1]
    assert booth.process
    os.kill(booth.process, signal.SIGKILL)
    hear(booth, lambda: failed(booth))
    with pytest.raises(VoiceguideError, match="stops every time"):
        booth.start()


CONTROL = """
import os, sys, time
from voiceguide.live.booth import Booth
from voiceguide.sound.devices import NULL
from voiceguide.terminal import quiet, saved
fd = os.open(sys.argv[1], os.O_RDWR)
with Booth(NULL) as booth:
    booth.terminal(saved(fd))
    with quiet(fd):
        booth.inbox.get()
        print(booth.process, flush=True)
        time.sleep(60)
"""


def test_the_terminal_is_given_back_when_the_player_is_killed() -> None:
    with terminal() as (_, program):
        before = attributes(program)
        with child(CONTROL, program) as control:
            assert control.stdout
            audio = int(control.stdout.readline())
            assert attributes(program) != before
            control.kill()
            until(lambda: attributes(program) == before, "the terminal is not given back")
            until_gone(audio)
