"""The desktop joins a session with its first words: media keys, and a machine that stays awake, where it has them.

It comes no sooner, for what it imports would delay the first sound; `voiceguide doctor` tells what there is.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from threading import Thread
from typing import TYPE_CHECKING

from voiceguide.live.commands import CueBegan, Event
from voiceguide.live.state import Transport
from voiceguide.live.view import Status

if TYPE_CHECKING:
    from voiceguide.live.player import Player


@contextmanager
def joined(player: "Player", title: str) -> Iterator[None]:
    """Let the desktop take part in what this player plays inside the block, under this title."""
    with ExitStack() as open_:
        player.watchers.append(FirstWords(lambda: _join(player, title, open_)))
        yield


class FirstWords:
    """A watcher that does one thing once, when the first words are heard."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then: Callable[[], None] | None = then

    def event(self, event: Event, transport: Transport) -> None:
        """The first spoken cue is what it waits for."""
        if self._then and isinstance(event, CueBegan) and event.cue.track == "voice":
            then, self._then = self._then, None
            then()

    def show(self, transport: Transport, status: Status) -> None:
        """Nothing."""


def _join(player: "Player", title: str, open_: ExitStack) -> None:
    from voiceguide.desktop.awake import awake
    from voiceguide.desktop.control import Desktop

    open_.enter_context(awake())
    if find_spec("dbus_fast") is not None:
        desktop = Desktop(title, lambda words: None)
        Thread(target=desktop.run, args=(player.post,), name="desktop", daemon=True).start()
        player.watchers.append(desktop)
        open_.callback(desktop.close)
