"""Whatever breaks while a session is heard, sound is back soon and where it was; a listener's pause stays a pause."""

import os
import pty
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from faults_kit import FAULTS, NEAR, QUIET, Outcome, broken, file, moved
from played_kit import Played, children, descriptors
from sound_server import Capture, SoundServer
from waiting import until

LENGTH = "2m30s"
SOON = 4.0
"""Seconds, on a machine that runs other tests meanwhile; alone it is 2 (`make soak`)."""

AFTER_WORDS = 2.5
APART = 3.5
"""Seconds between two breaks, so that none looks like a sound that kills its process again and again."""

MOST_DESCRIPTORS = 12

CUT = "Sit down, and let the chair carry all of your weight."
"""Long enough to be cut also by a test that is slow to see that it began."""


def break_often(home: Path, fault: str, times: int, length: str = LENGTH) -> list[Outcome]:
    """Break one session so many times, and hold it to what must be true after each."""
    home.mkdir()
    outcomes = []
    with SoundServer() as server, Played(server, home, "--for", length, routine=QUIET) as played:
        since, apart = played.wait_for(event="cue", text="Sit down.").at, AFTER_WORDS
        for _ in range(times):
            pass_by(apart, since=since)
            outcomes.append(broken(server, played, fault, length))
            since, apart = time.monotonic(), APART
            until(lambda: played.state == "playing", f"{fault}: {played.told()}")
            assert server.stream_count() == 1, fault
            assert len(children(played.process.pid, "voiceguide.sound.desk")) == 1, fault
        assert descriptors(played.process.pid) <= MOST_DESCRIPTORS, fault
    return outcomes


def move_often(home: Path, times: int, length: str = LENGTH) -> list[Outcome]:
    """Send one session to and fro between two devices: it is one stream of one process all the time."""
    home.mkdir()
    sinks = ["main", "headset"]
    with SoundServer(*sinks) as server, Played(server, home, "--for", length, routine=QUIET) as played:
        server.choose_sink(sinks[0])
        pass_by(AFTER_WORDS, since=played.wait_for(event="cue", text="Sit down.").at)
        audio = played.audio()
        outcomes = []
        for _ in range(times):
            outcomes.append(moved(server, *sinks, length))
            sinks.reverse()
        assert server.stream_count() == 1
        assert (played.audio(), played.state) == (audio, "playing")
        assert descriptors(played.process.pid) <= MOST_DESCRIPTORS
    return outcomes


def pass_by(seconds: float, *, since: float) -> None:
    """Real time, in which real sound is played."""
    time.sleep(max(0.0, since + seconds - time.monotonic()))


def in_place(outcome: Outcome) -> bool:
    return outcome.late is None or abs(outcome.late) <= NEAR


@pytest.mark.slow
def test_sound_is_back_soon_and_where_it_was_whatever_breaks(tmp_path: Path) -> None:
    file(LENGTH)
    with ThreadPoolExecutor(3) as pool:
        runs = {fault: pool.submit(break_often, tmp_path / fault.replace(" ", "-"), fault, 2) for fault in FAULTS}
    outcomes = {fault: run.result() for fault, run in runs.items()}
    assert all(one.back < SOON and in_place(one) for each in outcomes.values() for one in each), outcomes


@pytest.mark.slow
def test_sound_goes_on_in_its_place_on_the_device_it_is_sent_to(tmp_path: Path) -> None:
    outcomes = move_often(tmp_path / "moved", 2)
    assert all(one.back < SOON and in_place(one) for one in outcomes), outcomes


@pytest.mark.slow
def test_a_sentence_that_was_cut_is_said_from_its_beginning(sound_server: SoundServer, own_home: Path) -> None:
    routine = QUIET.replace("Sit down.", CUT)
    with Played(sound_server, own_home, "--for", LENGTH, routine=routine) as played:
        audio = played.audio()
        cut = played.wait_for(event="cue", text=CUT)
        os.kill(audio, signal.SIGKILL)
        lost = played.wait_for(event="state", reason="error")
        again = played.wait_for(event="cue", after=lost.at)
        assert again.facts == cut.facts
        assert again.at - lost.at < SOON


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["audio process killed", "device unplugged"])
def test_a_pause_of_the_listener_stays_a_pause(sound_server: SoundServer, own_home: Path, fault: str) -> None:
    person, program = pty.openpty()
    played = Played(sound_server, own_home, "--for", LENGTH, routine=QUIET)
    played.stdin = program
    try:
        with played:
            pass_by(AFTER_WORDS, since=played.wait_for(event="cue", text="Sit down.").at)
            os.write(person, b" ")
            paused = played.wait_for(event="state", state="paused", reason="user")
            FAULTS[fault](sound_server, played)
            until(lambda: sound_server.stream_count() == 1, "it does not come back")
            with Capture(sound_server) as heard:
                until(lambda: bool(heard.samples.any()), "its soundscape does not come back")
            pressed = time.monotonic()
            os.write(person, b" ")
            assert played.wait_for(event="state", state="playing", after=paused.at).at > pressed
    finally:
        os.close(person)
        os.close(program)


@pytest.mark.slow
def test_sound_goes_where_the_system_sends_it(sound_server: SoundServer, own_home: Path) -> None:
    sound_server.create_sink("headset")
    with Capture(sound_server, "headset") as heard, Played(sound_server, own_home, "--for", LENGTH, routine=QUIET) as played:
        played.wait_for(event="cue")
        audio = played.audio()
        sound_server.choose_sink("headset")
        until(lambda: bool(heard.samples.any()), "it does not follow the system's choice")
        sound_server.remove_sink("headset")
        with Capture(sound_server, "main") as main:
            until(lambda: bool(main.samples.any()), "it does not come back")
        assert played.audio() == audio
        assert "paused" not in {each.facts.get("state") for each in played.events}
