"""A terminal that gives keys one by one and unseen, and that is always given back as it was.

Given back on every way out: the end of the `with`, an exception, the exit of the interpreter, Ctrl-Z until `fg`. For the one
way that Python never sees, kill -9, another process holds `saved` and calls `restore`. Ctrl-C and Ctrl-Z keep their meaning;
Ctrl-S does not, for a stopped terminal would hold up whoever writes to it.
"""

import atexit
import json
import os
import select
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

SHOW_CURSOR = b"\x1b[?25h"
NO_TERMIOS = "keys are off: this system's terminals are not supported yet"
NO_TERMINAL = "keys are off: the input is not a terminal"

Attributes = list[Any]


def usable(fd: int) -> str:
    """ "" when keys can be read from `fd`, else why not, in words."""
    try:
        import termios  # noqa: F401
    except ImportError:
        return NO_TERMIOS
    try:
        return "" if os.isatty(fd) else NO_TERMINAL
    except (OSError, OverflowError):
        return NO_TERMINAL


def in_front(fd: int) -> bool:
    """Whether this process may read from the terminal and change it: it is not in the background of a shell there."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return True


@contextmanager
def quiet(fd: int) -> Iterator[None]:
    """Keys arrive at once and are not shown, while this lasts. In the main thread it also sees Ctrl-Z and `fg`.

    Raises OSError when `fd` is not a terminal; ask `usable` first.
    """
    import termios

    try:
        before = termios.tcgetattr(fd)
    except termios.error as error:
        raise OSError(*error.args) from None

    def enter() -> None:
        if in_front(fd):
            _set(fd, _silent(before))

    def leave() -> None:
        if in_front(fd):
            _set(fd, before)

    atexit.register(leave)
    try:
        with _stopping(fd, enter, leave):
            enter()
            yield
    finally:
        leave()
        atexit.unregister(leave)


def _silent(attributes: Attributes) -> Attributes:
    """The same terminal without lines, echo and Ctrl-S."""
    import termios

    silent = [*attributes[:6], list(attributes[6])]
    silent[0] &= ~termios.IXON
    silent[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
    silent[6][termios.VMIN], silent[6][termios.VTIME] = 1, 0
    return silent


def _set(fd: int, attributes: Attributes) -> None:
    """Now, without waiting for a terminal that takes no output; what was typed and not read is forgotten."""
    import termios

    with suppress(termios.error, OSError):
        termios.tcsetattr(fd, termios.TCSANOW, attributes)
        termios.tcflush(fd, termios.TCIFLUSH)


def _show_cursor(fd: int) -> None:
    """Unless the terminal takes nothing."""
    with suppress(OSError):
        if select.select([], [fd], [], 0)[1]:
            os.write(fd, SHOW_CURSOR)


@contextmanager
def _stopping(fd: int, enter: Callable[[], None], leave: Callable[[], None]) -> Iterator[None]:
    """`leave`, with a cursor, before the process is stopped by Ctrl-Z; `enter` when it goes on in front."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> None:
        leave()
        _show_cursor(fd)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        go_on()

    def go_on(*_: object) -> None:
        signal.signal(signal.SIGTSTP, stop)
        enter()

    kept = {signal.SIGTSTP: signal.signal(signal.SIGTSTP, stop), signal.SIGCONT: signal.signal(signal.SIGCONT, go_on)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler or signal.SIG_DFL)


def saved(fd: int) -> str:
    """How a terminal is before `quiet`, for `restore` in another process, as JSON; "" when `fd` is no terminal."""
    if usable(fd):
        return ""
    import termios

    try:
        before = termios.tcgetattr(fd)
        return json.dumps({"terminal": os.ttyname(fd), "before": _coded(before), "silent": _coded(_silent(before))})
    except (termios.error, OSError):
        return ""


def restore(state: str) -> None:
    """Give a terminal back as `saved` found it, with its cursor; never raises, never waits, also in the background.

    Only a terminal that is still as `quiet` leaves it is changed: a shell that has already taken it back is not disturbed.
    """
    with suppress(Exception):
        facts = json.loads(state)
        fd = os.open(facts["terminal"], os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        try:
            _restore(fd, facts)
        finally:
            os.close(fd)


def _restore(fd: int, facts: dict[str, Attributes]) -> None:
    import termios

    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTTOU})
    try:
        if _coded(termios.tcgetattr(fd)) == facts["silent"]:
            _set(fd, _decoded(facts["before"]))
        _show_cursor(fd)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _coded(attributes: Attributes) -> Attributes:
    """With control characters as numbers, as JSON can hold them."""
    return [*attributes[:6], [item if isinstance(item, int) else ord(item) for item in attributes[6]]]


def _decoded(attributes: Attributes) -> Attributes:
    return [*attributes[:6], [bytes([item]) for item in attributes[6]]]
