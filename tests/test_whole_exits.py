"""However a session is ended, everything is gone soon: processes, the stream, and whatever was done to the terminal."""

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from faults_kit import QUIET
from played_kit import Played, children
from sound_server import SoundServer
from terminal_kit import attributes
from waiting import gone, until
from whole_kit import command, environment

SOON = 2.0
CODES = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGHUP: 129, signal.SIGKILL: -9}

IN_FRONT = """
import fcntl, os, signal, subprocess, sys, termios
os.setsid()
signal.signal(signal.SIGINT, lambda *_: None)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
subprocess.run(sys.argv[1:])
"""
"""As a shell does: the leader of the terminal's session outlives the program."""


def family(process: int) -> list[int]:
    return [process, *(one for child in children(process) for one in family(child))]


def ended(server: SoundServer, everyone: list[int], began: float) -> float:
    """Seconds until every process and every stream is gone."""
    until(lambda: all(map(gone, everyone)), "a process is left")
    return until(lambda: server.stream_count() == 0, "a stream is left") - began


def by_signal(server: SoundServer, home: Path, number: signal.Signals) -> float:
    with Played(server, home, "--for", "2m", routine=QUIET) as played:
        played.wait_for(event="cue")
        everyone, began = family(played.process.pid), time.monotonic()
        played.process.send_signal(number)
        took = ended(server, everyone, began)
        assert played.wait(5) == CODES[number]
        assert played.process.stderr
        assert "Traceback" not in played.process.stderr.read()
    return took


def in_a_terminal(server: SoundServer, home: Path, how: str) -> float:
    """With keys and the screen; `how` closes the terminal, presses Ctrl-C, or kills the program."""
    (home / "routine.md").write_text(QUIET, encoding="utf-8")
    person, program = pty.openpty()
    before = attributes(program)
    argv = command("play", home / "routine.md", "--voice", "tone", "--for", "2m")
    env = environment(home, TERM="xterm", **server.address)
    shell = subprocess.Popen([sys.executable, "-c", IN_FRONT, *argv], stdin=program, stdout=program, stderr=program, env=env)
    threading.Thread(target=_read_on, args=(person,), daemon=True).start()
    try:
        until(lambda: server.stream_count() == 1 and attributes(program) != before, "it does not begin", 20)
        everyone, began = family(children(shell.pid)[0]), time.monotonic()
        if how == "closed":
            os.close(program)
            os.close(person)
        elif how == "Ctrl-C":
            os.write(person, b"\x03")
        else:
            os.kill(everyone[0], signal.SIGKILL)
        took = ended(server, everyone, began)
        assert how == "closed" or attributes(program) == before
    finally:
        shell.kill()
        shell.wait()
        if how != "closed":
            os.close(program)
            os.close(person)
    return took


def _read_on(fd: int) -> None:
    try:
        while os.read(fd, 65_536):
            pass
    except OSError:
        return


WAYS = {
    **{number.name: lambda server, home, number=number: by_signal(server, home, number) for number in CODES},
    **{how: lambda server, home, how=how: in_a_terminal(server, home, how) for how in ("closed", "Ctrl-C", "killed")},
}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_everything_is_gone_within_two_seconds(sound_server: SoundServer, own_home: Path, way: str) -> None:
    took = [WAYS[way](sound_server, own_home) for _ in range(2)]
    assert max(took) < SOON, took


def started(home: Path, **more: str) -> tuple[int, float, str]:
    """Exit code, seconds and words of a session that finds nothing to play with."""
    (home / "routine.md").write_text(QUIET, encoding="utf-8")
    argv, began = command("play", home / "routine.md", "--voice", "tone", "--plain"), time.monotonic()
    done = subprocess.run(argv, env=environment(home, **more), capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, time.monotonic() - began, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["no server", "no device", "hung"])
def test_without_a_device_it_says_so_soon(sound_server: SoundServer, own_home: Path, fault: str) -> None:
    address = sound_server.address
    if fault == "no server":
        address["PULSE_SERVER"] = "unix:/nonexistent"
    elif fault == "no device":
        sound_server.remove_sink("main")
    else:
        sound_server.freeze()
    code, took, told = started(own_home, **address)
    last = told.splitlines()[-1]
    assert code == 4, told
    assert last.startswith("error: ")
    assert "export to a file" in last
    assert "ALSA" not in told
    assert took < 6
