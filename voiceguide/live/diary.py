"""Writes a session into the log when it is over, however it ended: what was heard of it, and which pressure was asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.audio import RATE, seconds
from voiceguide.errors import OutputError
from voiceguide.live import logbook
from voiceguide.live.commands import Changed, Event, Finished
from voiceguide.live.logbook import Entry
from voiceguide.live.state import Transport
from voiceguide.live.view import Status

if TYPE_CHECKING:
    from voiceguide.live.player import Player

LEAST = 60 * RATE
"""What was heard for less than a minute was no session."""

PREFERRED = {-2: "much softer", -1: "softer", 1: "firmer", 2: "much firmer"}
ANSWERED = {"softer, once more": "softer", "firmer, once more": "firmer"}


class Diary:
    """A watcher that logs a session of `routine`, a name or a path; `pressure` is how much firmer it was asked for, in steps
    from -2 to 2, and `now` tells the date. Close it at the end."""

    def __init__(self, routine: str, pressure: int, now: Callable[[], datetime]) -> None:
        self._routine, self._began = Path(routine).stem, now()
        self._pressure = [PREFERRED[pressure]] if pressure else []
        self._last: Transport | None = None
        self._heard = 0
        self._complete = False

    def event(self, event: Event, transport: Transport) -> None:
        """Remember an answer about pressure, and whether it was heard to its end."""
        self._go_on(transport)
        self._complete = self._complete or (isinstance(event, Finished) and event.complete)
        if isinstance(event, Changed) and event.words in ANSWERED:
            self._pressure.append(ANSWERED[event.words])

    def show(self, transport: Transport, status: Status) -> None:
        """Count what is heard."""
        del status
        self._go_on(transport)

    def close(self) -> str | None:
        """Write it down if a minute of it was heard; gives what stands in the way, in words, or None."""
        if self._last is None or self._heard < LEAST:
            return None
        heard, whole = (round(seconds(frames) / 60, 1) for frames in (self._heard, self._last.timeline.length))
        try:
            logbook.add(Entry(self._began, self._routine, heard, whole, self._complete, tuple(self._pressure)))
        except OutputError as error:
            return str(error)
        return None

    def _go_on(self, transport: Transport) -> None:
        """What has sounded since the last time is heard, unless the session rested or waited."""
        if self._last and self._last.state == "playing":
            self._heard += max(0, transport.clock - self._last.clock)
        self._last = transport


@contextmanager
def kept(player: "Player", routine: str, pressure: int, tell: Callable[[str], None]) -> Iterator[None]:
    """Log what this player plays inside the block; `tell` gets a note if that cannot be."""
    diary = Diary(routine, pressure, lambda: datetime.now().astimezone())
    player.watchers.append(diary)
    try:
        yield
    finally:
        if trouble := diary.close():
            tell(trouble)
