"""The screen kept fresh in a terminal, inline. Whoever shows never waits: a thread of its own draws the newest state.

A terminal that takes nothing (a stalled connection, a frozen window) holds up that thread alone, and one that is gone ends it.
"""

import os
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from voiceguide.audio import seconds
from voiceguide.live.commands import Changed, Event
from voiceguide.live.state import Transport
from voiceguide.live.view import Status

if TYPE_CHECKING:
    from rich.live import Live

TICK = 0.1
"""Seconds between two pictures."""

PATIENCE = 0.5
"""Seconds that the last picture may take."""

SAID_SECONDS = 3.0
"""How long it is seen what a key did."""


def drawable(stream: TextIO | None = None) -> bool:
    """Whether a screen can be drawn on `stream` (stderr): a terminal that can move its cursor and shows UTF-8."""
    stream = stream or sys.stderr
    able = os.environ.get("TERM", "") not in ("dumb", "unknown") and stream.isatty()
    return able and (stream.encoding or "").lower().replace("-", "") == "utf8"


class Screen:
    """A watcher: a picture of the session while a `with` lasts; the last one stays.

    Ask `drawable` first; NO_COLOR is honoured."""

    def __init__(self, stream: TextIO | None = None, *, large: bool = False, any_key: bool = False) -> None:
        self._stream = stream or sys.stderr
        self._large, self._any_key = large, any_key
        self._newest: tuple[Transport, Status] | None = None
        self._said, self._since = "", 0.0
        self._fresh, self._closing = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="screen", daemon=True)

    def event(self, event: Event, transport: Transport) -> None:
        """What a key did is seen for a moment; the rest is in the next picture."""
        if isinstance(event, Changed):
            self._said, self._since = event.words, monotonic()

    def show(self, transport: Transport, status: Status) -> None:
        """So it stands now, with the time of day at its end; what is not drawn yet is forgotten. Returns at once."""
        end = datetime.now() + timedelta(seconds=seconds(transport.left))
        said = self._said if monotonic() - self._since < SAID_SECONDS else ""
        self._newest = transport, replace(status, ends=f"{end:%H:%M}", said=said)
        self._fresh.set()

    def __enter__(self) -> "Screen":
        self._stream.flush()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._fresh.set()
        self._thread.join(PATIENCE)

    def _run(self) -> None:
        """Draw until closed; a terminal that is gone is no reason to fail."""
        from rich.console import Console
        from rich.live import Live

        try:
            with os.fdopen(os.dup(self._stream.fileno()), "w", encoding="utf-8", errors="replace") as stream:
                console = Console(file=stream, force_terminal=True, highlight=False)
                with Live(console=console, auto_refresh=False, redirect_stdout=False, redirect_stderr=False) as live:
                    self._draw_on(live)
        except (OSError, ValueError):
            return

    def _draw_on(self, live: "Live") -> None:
        from voiceguide.console.drawing import draw

        while not self._closing.is_set() or self._fresh.is_set():
            self._fresh.wait()
            self._fresh.clear()
            if self._newest:
                width, height = live.console.size
                picture = draw(*self._newest, width - 1, height - 1, large=self._large, any_key=self._any_key)
                live.update(picture, refresh=True)
            self._closing.wait(TICK)
