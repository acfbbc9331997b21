"""What the tests of keys share: a terminal of their own, and programs that hold it."""

import os
import pty
import signal
import subprocess
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).parents[1]


@contextmanager
def terminal() -> Iterator[tuple[int, int]]:
    """Both sides of a pseudo-terminal: where a person types, and what a program reads."""
    person, program = pty.openpty()
    try:
        yield person, program
    finally:
        os.close(person)
        os.close(program)


@contextmanager
def child(code: str, program: int, *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A program in a session of its own whose terminal is `program`; gone at the end."""
    begun = subprocess.Popen(
        [sys.executable, "-c", code, os.ttyname(program), *arguments],
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "TERM": "xterm"},
        text=True,
    )
    try:
        yield begun
    finally:
        numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        for member in (number for number in numbers if session_of(number) == begun.pid):
            with suppress(ProcessLookupError):
                os.kill(member, signal.SIGKILL)
        begun.communicate()


def session_of(pid: int) -> int:
    """The session a process belongs to; 0 when it is gone."""
    with suppress(ProcessLookupError):
        return os.getsid(pid)
    return 0


def attributes(fd: int) -> list[object]:
    """How a terminal is."""
    return list(termios.tcgetattr(fd))


def echoes(fd: int) -> bool:
    """Whether it shows what is typed."""
    return bool(termios.tcgetattr(fd)[3] & termios.ECHO)
