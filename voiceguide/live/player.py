"""A session played live: one loop that owns the transport and hears everybody out.

Commands come from keys, media buttons and whatever else posts them; reports from the audio process; sections from the thread
that voices them. Each is applied to the transport, and what that changes is told to the audio process and to those who watch.

    commands ─┐                                      ┌─▶ aims, clips ─▶ audio process
    reports  ─┼─▶ queue ─▶ transport.apply ─▶ change ─┼─▶ events ─▶ screens
    sections ─┘                                      └─▶ requests ─▶ programme
"""

import threading
import time
from dataclasses import dataclass, replace
from queue import Empty
from typing import Protocol

from voiceguide.audio import RATE, Mono
from voiceguide.live.aim import Aim
from voiceguide.live.audio import Setting
from voiceguide.live.booth import Booth
from voiceguide.live.child import Report
from voiceguide.live.commands import Command, Event, Found, Heard, Lost, Planned
from voiceguide.live.state import Transport
from voiceguide.live.transport import Change, Cut, apply
from voiceguide.plan.timeline import Content, Timeline

TICK = 0.05
AHEAD, LEAST_AHEAD = 60 * RATE, 3
BEHIND = 20 * RATE
RECOVERED = RATE // 20
FIRST_RISE = 3 * RATE


class Programme(Protocol):
    """What is played: voiceguide.programme.Programme, which says more about each."""

    @property
    def sections(self) -> int: ...  # noqa: D102

    def setting(self, clock: int) -> Setting: ...  # noqa: D102

    def begin(self) -> Timeline: ...  # noqa: D102

    def voice(self, number: int) -> None: ...  # noqa: D102

    def place(self, timeline: Timeline, number: int) -> Timeline: ...  # noqa: D102

    def finish(self, timeline: Timeline) -> Timeline: ...  # noqa: D102

    def samples(self, content: Content) -> Mono: ...  # noqa: D102


class Watcher(Protocol):
    """Whoever wants to know: a screen, a bookmark, the desktop."""

    def event(self, event: Event, transport: Transport) -> None:
        """Something happened."""

    def show(self, transport: Transport, booth: Booth) -> None:
        """So it stands; called ten times a second."""


@dataclass(frozen=True, slots=True)
class Voiced:
    """A section whose words are ready."""

    number: int


@dataclass(frozen=True, slots=True)
class Broke:
    """The thread that voices ended with a fault."""

    error: Exception


Post = Command | Report | Voiced | Broke


class Player:
    """Plays a programme to its end. `booth` has been started, so that the device opens while the script is read."""

    def __init__(self, programme: Programme, booth: Booth, transport: Transport) -> None:
        self._programme, self._inbox, self.booth = programme, booth.inbox, booth
        self.transport = transport
        self.watchers: list[Watcher] = []
        self._number = 0
        self._moved = 0
        self._held: dict[Content, None] = {}
        self._voiced = 0
        self._setting: Setting | None = None

    def run(self) -> bool:
        """Play; gives whether it was heard to its end. Raises what the voicing thread raised."""
        self._setting = self._programme.setting(self.transport.clock)
        self._begin()
        threading.Thread(target=self._voice, daemon=True).start()
        shown = 0.0
        try:
            while not self.transport.over:
                self._take()
                self._watch_sound()
                self._feed()
                if time.monotonic() - shown > 2 * TICK:
                    shown = time.monotonic()
                    for watcher in self.watchers:
                        watcher.show(self.transport, self.booth)
        finally:
            self.booth.kill()
        return self.transport.left == 0

    def post(self, command: Command) -> None:
        """Give a command, from any thread."""
        self._inbox.put(command)

    def _voice(self) -> None:
        try:
            for number in range(self._programme.sections):
                self._programme.voice(number)
                self._inbox.put(Voiced(number))
        except Exception as error:
            self._inbox.put(Broke(error))

    def _take(self) -> None:
        """Everything that has come, waiting a moment for the first."""
        try:
            given = self._inbox.get(timeout=TICK)
            while True:
                self._one(given)
                given = self._inbox.get_nowait()
        except Empty:
            return

    def _one(self, given: Post) -> None:
        if isinstance(given, Report):
            facts = self.booth.hear(given, time.monotonic())
            if facts and facts.get("number", -1) >= 0:
                fresh = facts["number"] >= self._moved
                self._apply(
                    apply(self.transport, Heard(facts["position"] if fresh else self.transport.position, facts["clock"]))
                )
        elif isinstance(given, Voiced):
            self._place(given.number)
        elif isinstance(given, Broke):
            raise given.error
        else:
            self._apply(apply(self.transport, given))

    def _place(self, number: int) -> None:
        timeline = self._programme.place(self.transport.timeline, number)
        self._voiced = number + 1
        if self._voiced == self._programme.sections:
            timeline = self._programme.finish(timeline)
        self._apply(apply(self.transport, Planned(timeline)))

    def _apply(self, change: Change) -> None:
        self.transport = change.transport
        if change.cut:
            self._aim(change.cut)
        for event in change.events:
            for watcher in self.watchers:
                watcher.event(event, self.transport)

    def _begin(self) -> None:
        """Tell a new audio process everything, and where to begin."""
        t = self.transport
        if self._setting is None:
            return
        self.booth.stage(replace(self._setting, clock=t.clock))
        self._held.clear()
        rise = 0 if t.position == 0 and t.moving and t.clock == 0 else FIRST_RISE if t.clock == 0 else RECOVERED
        self._aim(Cut(rise, moved=True))

    def _aim(self, cut: Cut) -> None:
        self._feed()
        t = self.transport
        self._number += 1
        if cut.moved:
            self._moved = self._number
        out = None if t.silent is None else max(1, t.silent - t.clock)
        self.booth.aim(
            Aim(
                number=self._number,
                timeline=t.sounding,
                position=t.position if cut.moved else None,
                moving=t.moving,
                until=t.until,
                levels=t.levels,
                mix=t.mix,
                fade=cut.fade,
                out=out,
            )
        )

    def _feed(self) -> None:
        """Give the audio process the words of the next minute, and let it forget those long gone."""
        t = self.transport
        ahead = t.timeline.between(t.position - BEHIND, t.position + AHEAD)
        following = [cue for cue in t.timeline.cues if cue.start > t.position and cue.track == "voice"][:LEAST_AHEAD]
        wanted = dict.fromkeys(cue.content for cue in (*ahead, *following) if cue.track == "voice")
        for content in wanted:
            if content not in self._held:
                self.booth.clip(content, self._programme.samples(content))
        if gone := tuple(content for content in self._held if content not in wanted):
            self.booth.forget(gone)
        self._held = wanted

    def _watch_sound(self) -> None:
        now = time.monotonic()
        fault = self.booth.fault(now)
        lost = any(why in ("device", "error") for why, _ in self.transport.holds)
        if fault and not lost:
            self._apply(apply(self.transport, Lost(*fault)))
        elif lost and not fault and self.booth.sounding:
            self._apply(apply(self.transport, Found()))
        if fault and self.booth.beyond_help(now):
            self.booth.start()
            self._begin()
