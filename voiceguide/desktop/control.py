"""The desktop's media keys, headset buttons and phone remotes, by D-Bus (Linux; the extra `voiceguide[desktop]`).

All of it is a convenience. Where there is no package, no bus, or a bus that hangs or dies in the middle, the session goes on
without it: one note is told, and nothing is raised or waited for.

`run` is for a thread of its own and has its own event loop. What it shares with the player's loop is one value, which `show`
replaces and the bus reads; only changes wake the event loop up.
"""

import asyncio
import logging
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from voiceguide.desktop.nowplaying import NowPlaying, now_playing
from voiceguide.live.commands import Command, Event
from voiceguide.live.state import Transport

if TYPE_CHECKING:
    from voiceguide.desktop.mpris import Player

CONNECT_SECONDS = 5.0
CLOSE_SECONDS = 1.0
WITHOUT = "media keys do not work: "
NOTES: dict[type[Exception], str] = {
    ImportError: "that needs Linux and pip install 'voiceguide[desktop]'",
    TimeoutError: "the desktop does not answer",
    EOFError: "the desktop is gone",
    PermissionError: "the desktop refuses it",
    Exception: "there is no desktop",
}


class Desktop:
    """A control and a watcher: the desktop's buttons post commands, and the desktop shows what plays.

    `tell` gets one note if that cannot be; it is called from the thread of `run`."""

    def __init__(self, title: str, tell: Callable[[str], None]) -> None:
        self._title, self._tell = title, tell
        self._seen = NowPlaying(title)
        self._player: Player | None = None
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None
        self._closing = False
        self._ended = threading.Event()
        self._ended.set()

    def run(self, post: Callable[[Command], None]) -> None:
        """Serve the desktop until `close`, or until the bus is gone. Never raises."""
        self._ended.clear()
        logging.getLogger("dbus_fast").addHandler(logging.NullHandler())
        try:
            asyncio.run(self._serve(post))
        except asyncio.CancelledError:
            pass
        except Exception as error:
            self._tell(WITHOUT + next(words for kind, words in NOTES.items() if isinstance(error, kind)))
        finally:
            self._player = self._running = None
            self._ended.set()

    def event(self, event: Event, transport: Transport) -> None:
        """Nothing: all that the desktop is told is seen in `show`."""

    def show(self, transport: Transport, booth: object = None) -> None:
        """So it stands; for every tick of the player's loop, since only changes are passed on."""
        before, self._seen = self._seen, now_playing(self._title, transport)
        running, player = self._running, self._player
        if running and player and (self._seen.told != before.told or self._seen.jumped(before)):
            with suppress(RuntimeError):
                running[0].call_soon_threadsafe(player.tell, before, self._seen)

    def close(self) -> None:
        """Leave the desktop; returns within a second, whatever the bus does."""
        self._closing = True
        running = self._running
        if running:
            with suppress(RuntimeError):
                running[0].call_soon_threadsafe(running[1].cancel)
        self._ended.wait(CLOSE_SECONDS)

    async def _serve(self, post: Callable[[Command], None]) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda loop, context: None)
        self._running = loop, asyncio.ensure_future(self._served(post))
        if not self._closing:
            await self._running[1]

    async def _served(self, post: Callable[[Command], None]) -> None:
        from dbus_fast.aio import MessageBus

        from voiceguide.desktop import mpris

        bus: Any = MessageBus()
        self._player = mpris.Player(lambda: self._seen, post)
        async with asyncio.timeout(CONNECT_SECONDS):
            await bus.connect()
        try:
            bus.export(mpris.PATH, mpris.Root(post))
            bus.export(mpris.PATH, self._player)
            async with asyncio.timeout(CONNECT_SECONDS):
                await _named(bus, mpris.NAME)
            await bus.wait_for_disconnect()
        finally:
            await _left(bus)
        raise EOFError


async def _left(bus: Any) -> None:
    """Disconnected; the connection is closed by the event loop, soon."""
    bus.disconnect()
    with suppress(Exception):
        async with asyncio.timeout(CLOSE_SECONDS / 2):
            await bus.wait_for_disconnect()


async def _named(bus: Any, name: str) -> None:
    """Take the name, or where another session has it the name with our own number."""
    from dbus_fast import NameFlag, RequestNameReply

    for wanted in (name, f"{name}.instance{os.getpid()}"):
        if await bus.request_name(wanted, NameFlag.DO_NOT_QUEUE) == RequestNameReply.PRIMARY_OWNER:
            return
    raise PermissionError
