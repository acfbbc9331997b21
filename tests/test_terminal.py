import json
import os
import signal
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from terminal_kit import attributes, child, echoes, terminal
from waiting import until

from voiceguide.terminal import NO_TERMINAL, NO_TERMIOS, quiet, restore, saved, usable

HOLD = """
import os, signal, sys
from voiceguide.terminal import quiet, saved
fd = os.open(sys.argv[1], os.O_RDWR)
state = saved(fd)
if sys.argv[2] == "exits":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
with quiet(fd):
    print(state, flush=True)
    key = os.read(fd, 1)
    if key == b"x":
        raise ValueError
    if key == b"e":
        os.close(1)
        sys.exit(3)
"""
SHELL = """
import os, signal, subprocess, sys
fd = os.open(sys.argv[1], os.O_RDWR)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
program = subprocess.Popen([sys.executable, "-c", sys.argv[2], sys.argv[1], ""], process_group=0)
os.tcsetpgrp(fd, program.pid)
while True:
    _, status = os.waitpid(program.pid, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        break
    os.tcsetpgrp(fd, os.getpgrp())
    print("stopped", flush=True)
    if os.read(fd, 10) == b"fg\\n":
        os.tcsetpgrp(fd, program.pid)
    os.killpg(program.pid, signal.SIGCONT)
print("ended", os.waitstatus_to_exitcode(status), flush=True)
"""


@pytest.mark.parametrize(
    ("how", "code"),
    [(b"k", 0), (b"x", 1), (b"e", 3), (b"\x03", -signal.SIGINT), (signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, 143)],
)
def test_the_terminal_is_the_same_afterwards(how: bytes | signal.Signals, code: int) -> None:
    with terminal() as (person, program):
        before = attributes(person)
        with child(HOLD, program, "exits") as begun:
            assert begun.stdout
            assert json.loads(begun.stdout.readline())
            assert not echoes(person)
            if isinstance(how, bytes):
                os.write(person, how)
            else:
                begun.send_signal(how)
            assert begun.wait(10) == code
        assert attributes(person) == before


def test_what_was_typed_is_not_left_to_the_shell() -> None:
    with terminal() as (person, program):
        with quiet(program):
            os.write(person, b"nnn")
        os.write(person, b"ls\n")
        assert os.read(program, 100) == b"ls\n"


def test_control_s_stops_nothing_and_control_c_still_interrupts() -> None:
    with terminal() as (_, program), quiet(program):
        inward, _, _, local, *_ = termios.tcgetattr(program)
        assert not inward & termios.IXON
        assert local & termios.ISIG


def test_the_handlers_of_signals_are_the_same_afterwards() -> None:
    numbers = (signal.SIGTSTP, signal.SIGCONT)
    before = [signal.getsignal(number) for number in numbers]
    with terminal() as (_, program), quiet(program):
        assert [signal.getsignal(number) for number in numbers] != before
    assert [signal.getsignal(number) for number in numbers] == before


def test_ctrl_z_gives_it_back_and_fg_takes_it_again() -> None:
    with terminal() as (person, program):
        before = attributes(person)
        with child(SHELL, program, HOLD) as shell:
            assert shell.stdout
            assert json.loads(shell.stdout.readline())
            for _ in range(2):
                until(lambda: not echoes(person), "it still shows what is typed")
                os.write(person, b"\x1a")
                assert shell.stdout.readline() == "stopped\n"
                assert attributes(person) == before
                assert b"\x1b[?25h" in os.read(person, 1000)
                os.write(person, b"fg\n")
            until(lambda: not echoes(person), "it still shows what is typed")
            os.write(person, b"k")
            assert shell.stdout.readline() == "ended 0\n"
        assert attributes(person) == before


def test_in_the_background_the_terminal_is_left_alone() -> None:
    with terminal() as (person, program):
        before = attributes(person)
        with child(SHELL, program, HOLD) as shell:
            assert shell.stdout
            assert json.loads(shell.stdout.readline())
            os.write(person, b"\x1a")
            assert shell.stdout.readline() == "stopped\n"
            os.write(person, b"bg\n")
            assert shell.stdout.readline() == "stopped\n"
            assert attributes(person) == before


@pytest.mark.parametrize("own_session", [False, True])
def test_another_process_gives_it_back_after_kill_9(own_session: bool) -> None:
    with terminal() as (person, program):
        before = attributes(person)
        with child(HOLD, program, "") as begun:
            assert begun.stdout
            state = begun.stdout.readline()
            begun.kill()
            begun.wait(10)
        assert not echoes(person)
        code = "import sys; from voiceguide.terminal import restore; restore(sys.argv[1])"
        subprocess.run([sys.executable, "-c", code, state], start_new_session=own_session, check=True, timeout=10)
        assert attributes(person) == before
        assert os.read(person, 100).endswith(b"\x1b[?25h")


def test_a_terminal_that_someone_else_has_changed_is_not_disturbed() -> None:
    with terminal() as (person, program):
        state = saved(program)
        changed = attributes(program)
        changed[3] = changed[3] & ~termios.ECHO  # type: ignore[operator]
        termios.tcsetattr(program, termios.TCSANOW, changed)  # type: ignore[arg-type]
        restore(state)
        assert attributes(person) == attributes(program) == changed


@pytest.mark.parametrize("state", ["", "null", "{}", '{"terminal": "/nowhere", "before": [], "silent": []}', "\x00"])
def test_nothing_to_restore_is_no_fault(state: str) -> None:
    restore(state)


def test_what_is_no_terminal_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with (tmp_path / "file").open("w") as file:
        assert usable(file.fileno()) == NO_TERMINAL
        assert saved(file.fileno()) == ""
        with pytest.raises(OSError, match=r"."), quiet(file.fileno()):
            pass
    assert usable(-1) == NO_TERMINAL
    with terminal() as (_, program):
        assert usable(program) == ""
        monkeypatch.setitem(sys.modules, "termios", None)
        assert usable(program) == NO_TERMIOS
