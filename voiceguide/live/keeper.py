"""Keeps the place: every 5 s of what is heard, at a stop, and at any other end; a session heard to its end needs none."""

from collections.abc import Callable, Mapping
from typing import Any

from voiceguide.audio import RATE
from voiceguide.live import bookmark
from voiceguide.live.commands import Event, Finished
from voiceguide.live.state import Transport
from voiceguide.live.view import Status

EVERY = 5 * RATE


class Keeper:
    """A watcher that keeps a bookmark of a session; `tell` gets one note if that cannot be. Close it at the end."""

    def __init__(self, routine: str, session: str, options: Mapping[str, Any], tell: Callable[[str], None]) -> None:
        self._routine, self._session, self._options, self._tell = routine, session, options, tell
        self._last: Transport | None = None
        self._kept = 0
        self._complete = False

    def event(self, event: Event, transport: Transport) -> None:
        """Remember whether it was heard to its end."""
        self._last = transport
        self._complete = self._complete or (isinstance(event, Finished) and event.complete)

    def show(self, transport: Transport, status: Status) -> None:
        """Keep the place when 5 s more were heard."""
        del status
        self._last = transport
        if abs(transport.clock - self._kept) >= EVERY:
            self._keep(transport)

    def close(self) -> int | None:
        """Keep the last place; gives its frame, None where nothing was heard or nothing is left to resume."""
        if self._complete:
            bookmark.forget(self._session)
        if self._complete or self._last is None or 0 in (self._last.position, self._last.clock):
            return None
        self._keep(self._last)
        return self._last.position

    def _keep(self, transport: Transport) -> None:
        self._kept = transport.clock
        if trouble := bookmark.write(bookmark.mark(self._routine, self._session, self._options, transport)):
            self._tell(trouble)
