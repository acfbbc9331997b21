"""A session played live: one loop that owns the transport and hears everybody out.

Commands come from keys, media buttons and whatever else posts them; reports from the audio process; sections from the thread
that voices them. Each is applied to the transport, and what that changes is told to the audio process and to those who watch.

    commands ─┐                                      ┌─▶ aims, clips ─▶ audio process
    reports  ─┼─▶ inbox ─▶ transport.apply ─▶ change ─┼─▶ events ─▶ watchers
    sections ─┘                                      └─▶ requests ─▶ programme
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from queue import Empty
from typing import Any, Protocol

from voiceguide.audio import RATE
from voiceguide.errors import DeviceError
from voiceguide.live.booth import Booth
from voiceguide.live.child import Report
from voiceguide.live.commands import Ask, Command, Enough, Event, Found, Heard, Lost, Planned, StateChanged
from voiceguide.live.feed import Feed
from voiceguide.live.planner import Planner, Programme, Ready
from voiceguide.live.state import Transport
from voiceguide.live.transport import JUMP, REST, SOON, Change, Cut, apply
from voiceguide.live.view import Status
from voiceguide.plan.timeline import Timeline
from voiceguide.sound.aim import Aim

TICK = 0.05
SHOWN_EVERY = 0.1
FIRST_SOUND = 1.5
RECOVERED = RATE // 20
FIRST_RISE = 3 * RATE
HUSH = 15 * RATE // 100
HUSH_SECONDS = 0.7
PROMISE_SLACK = RATE
KEPT_WARNINGS = 4


class Watcher(Protocol):
    """Whoever wants to know: a screen, a bookmark, the desktop."""

    def event(self, event: Event, transport: Transport) -> None:
        """Something happened."""

    def show(self, transport: Transport, status: Status) -> None:
        """So it stands; called ten times a second."""


class Player:
    """Plays a programme to its end. `booth` has been started, so that the device opens while the script is read.

    `placed` sections are on the transport's timeline already. The session is to end `promised` frames from now, whatever
    happens on the way; None if its end may move. `now` tells seconds, from any beginning."""

    def __init__(
        self,
        programme: Programme,
        booth: Booth,
        transport: Transport,
        *,
        placed: int = 0,
        promised: int | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.transport, self.booth, self.watchers = transport, booth, list[Watcher]()
        self._programme, self._now = programme, now
        self._planner = Planner(programme, booth.inbox.put, placed)
        self._feed = Feed(booth, programme.sound)
        self._setting = programme.setting(transport.clock)
        self._number = self._moved = 0
        self._heard_at = self._started = now()
        self._ends = None if promised is None else self._started + promised / RATE
        self._fitted = 0, 0
        self._notes: dict[str, None] = {}

    def run(self) -> bool:
        """Play; gives whether it was heard to its end. Raises DeviceError when no device ever answers, and whatever the
        voices raised that nothing could stand in for. When interrupted, the sound fades out quickly first."""
        self._begin()
        self._planner.start()
        if self.transport.reason == "ready":
            self._tell(StateChanged(self.transport.state, "ready", self.transport.opens_in))
        shown = 0.0
        try:
            while not self.transport.over:
                self._take()
                self._watch_sound()
                self._feed.keep(self.transport)
                if self._now() - shown >= SHOWN_EVERY:
                    shown = self._now()
                    self._show()
        except BaseException:
            self._hush()
            raise
        finally:
            self._planner.close()
            self.booth.kill()
        return self.transport.left <= 0

    def post(self, command: Command) -> None:
        """Give a command, from any thread."""
        self.booth.inbox.put(command)

    def note(self, words: str) -> None:
        """Something the person should know; from any thread."""
        self._notes[words] = None

    def _take(self) -> None:
        """Everything that has come, waiting a moment for the first."""
        try:
            given = self.booth.inbox.get(timeout=TICK)
            while True:
                self._one(given)
                given = self.booth.inbox.get_nowait()
        except Empty:
            return

    def _one(self, given: Any) -> None:
        if isinstance(given, Report):
            self._hear(given)
        elif isinstance(given, Ready):
            self._use(given)
        elif isinstance(given, Exception):
            raise given
        else:
            self._apply(apply(self.transport, given))

    def _hear(self, report: Report) -> None:
        facts = self.booth.hear(report, self._now())
        if facts and facts["number"] >= 0:
            self._heard_at = self._now()
            position = facts["position"] if facts["number"] >= self._moved else self.transport.position
            self._apply(apply(self.transport, Heard(position, facts["clock"])))
            self._keep_promise()

    def _use(self, ready: Ready) -> None:
        """What was voiced is heard in its place; an answer, or what the sound stands waiting for, as soon as can be."""
        standing = self.transport.reason == "voice"
        self._plan(self._planner.used(ready, self.transport), JUMP if ready.answer else REST if standing else 0)

    def _plan(self, timeline: Timeline, fade: int) -> None:
        change = apply(self.transport, Planned(timeline))
        self._apply(replace(change, cut=change.cut and Cut(fade)))

    def _apply(self, change: Change) -> None:
        self.transport = change.transport
        if change.cut:
            self._aim(change.cut)
        for event in change.events:
            self._tell(event)
        if isinstance(change.request, Ask | Enough):
            self._planner.ask(change.request, self.transport)

    def _tell(self, event: Event) -> None:
        for watcher in self.watchers:
            watcher.event(event, self.transport)

    def _keep_promise(self) -> None:
        """Fit what is to come anew when the session would not end when it was promised to; once for each new difference."""
        t, (wished, got) = self.transport, self._fitted
        if self._ends is None or t.repeats or t.state != "playing":
            return
        length = t.position + round((self._ends - self._heard_at) * RATE)
        tried = t.timeline.length == got and abs(length - wished) <= PROMISE_SLACK
        if tried or abs(length - t.timeline.length) <= PROMISE_SLACK:
            return
        fitted = self._planner.refit(t, t.position + SOON, length)
        self._fitted = length, fitted.length
        if fitted.length != t.timeline.length:
            self._plan(fitted, JUMP)

    def _begin(self) -> None:
        """Tell a new audio process everything, and where to begin."""
        t = self.transport
        self.booth.stage(replace(self._setting, clock=t.clock))
        self._feed.clear()
        first = t.clock == 0
        self._aim(Cut(RECOVERED if not first else 0 if t.moving and t.position == 0 else FIRST_RISE, moved=True))

    def _aim(self, cut: Cut) -> None:
        t = self.transport
        self._feed.keep(t)
        self._number += 1
        self._moved = self._number if cut.moved else self._moved
        where = t.position if cut.moved else None
        out = None if t.silent is None else max(1, t.silent - t.clock)
        self.booth.aim(Aim(self._number, t.sounding, where, t.moving, t.until, t.levels, t.mix, cut.fade, out))

    def _watch_sound(self) -> None:
        fault = self.booth.fault(self._now())
        lost = any(why in ("device", "error") for why, _ in self.transport.holds)
        if fault and self.transport.clock == self._setting.clock and self._now() - self._started > FIRST_SOUND:
            raise DeviceError(fault[1])
        if fault and not lost:
            self._apply(apply(self.transport, Lost(*fault)))
        elif lost and not fault and self.booth.sounding:
            self._apply(apply(self.transport, Found()))
        if fault and self.booth.beyond_help(self._now()):
            self.booth.start()
            self._begin()

    def _show(self) -> None:
        t = self.transport
        if t.state == "playing":
            ahead = t.position + int((self._now() - self._heard_at) * RATE)
            t = replace(t, position=max(t.position, min(ahead, t.until)))
        for watcher in self.watchers:
            watcher.show(t, self._status())

    def _status(self) -> Status:
        t, booth = self.transport, self.booth
        waits = t.clock - t.opens if t.opens is not None and t.position == 0 else 0
        return Status(
            title=self._programme.title,
            chapters=self._programme.sections,
            device=booth.device,
            voiced=self._planner.share,
            delay=-waits,
            underruns=booth.underruns,
            restarts=booth.restarts,
            warnings=(*booth.notes, *self._programme.notes, *self._notes)[-KEPT_WARNINGS:],
        )

    def _hush(self) -> None:
        """The voice and the bed fade out in 300 ms before everything ends."""
        t = self.transport
        if self.booth.sounding and not t.over:
            self.booth.aim(Aim(self._number + 1, t.timeline, None, False, t.until, t.levels, t.mix, HUSH, HUSH))
            over = self._now() + HUSH_SECONDS
            while self._now() < over:
                with suppress(Empty):
                    self.booth.inbox.get(timeout=TICK)
