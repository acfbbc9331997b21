"""The keyboard as a control: reads the terminal in a thread of its own and posts a command for each key.

Where there is no terminal it does nothing and says why; the end of the input ends the keyboard, never the session.
"""

import os
import select
import sys
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack

from voiceguide.console.keys import Elbow, meaning, typed
from voiceguide.live.commands import Command
from voiceguide.live.state import Transport
from voiceguide.terminal import in_front, quiet, usable

REST_OF_KEY = 0.05
"""Seconds in which the rest of an escape sequence arrives; a slow line may send an arrow in pieces."""

TOGETHER = 0.1
"""Seconds in which an elbow's keys arrive; a `q` alone must stay alone so long."""

LOOK = 0.5
"""Seconds after which a session in the background looks whether it is in front again."""

MOST = 4096

Post = Callable[[Command], None]


class Keyboard:
    """Keys while a `with` lasts. `off` says in words why there are none, "" when there are.

    `now` gives the session's present transport, since some keys mean the *next* mix; `any_key` makes every key the one big
    button, and only a lone `q` stops."""

    def __init__(self, post: Post, now: Callable[[], Transport], *, any_key: bool = False, fd: int | None = None) -> None:
        self.fd = _stdin() if fd is None else fd
        self.off = usable(self.fd)
        self._post, self._now, self._any_key = post, now, any_key
        self._elbow = Elbow()
        self._open = ExitStack()

    def __enter__(self) -> "Keyboard":
        if self.off:
            return self
        with ExitStack() as opening:
            opening.enter_context(quiet(self.fd))
            done, close = os.pipe()
            thread = threading.Thread(target=self._run, args=(done,), name="keys", daemon=True)
            thread.start()
            opening.callback(os.close, done)
            opening.callback(thread.join)
            opening.callback(os.close, close)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _run(self, done: int) -> None:
        """Read until the input ends or `done` is closed on its other side."""
        rest = b""
        while True:
            data = self._read(done, REST_OF_KEY if rest else None)
            if data is None:
                return
            if data and self._any_key:
                data += self._read(done, TOGETHER) or b""
            names, rest = typed(rest + data, ended=not data or self._any_key)
            self._take(names)

    def _take(self, names: tuple[str, ...]) -> None:
        if self._any_key:
            self._elbow, command = self._elbow.pressed(names, time.monotonic())
            commands = [command]
        else:
            commands = [meaning(name, self._now()) for name in names]
        for command in commands:
            if command is not None:
                self._post(command)

    def _read(self, done: int, patience: float | None) -> bytes | None:
        """What was typed; nothing when `patience` (seconds) has passed; None at the end."""
        while True:
            front = in_front(self.fd)
            wait = patience if patience is not None or front else LOOK
            ready, _, _ = select.select([done, self.fd] if front else [done], [], [], wait)
            if done in ready:
                return None
            if self.fd in ready:
                return self._bytes()
            if patience is not None:
                return b""

    def _bytes(self) -> bytes | None:
        try:
            return os.read(self.fd, MOST) or None
        except OSError:
            return None


def _stdin() -> int:
    """The input's descriptor, -1 when there is none."""
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return -1
