"""A small routine with everything a listener can answer, played by a real player, planner and deck on a perfect device."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deck_kit import SINE, PerfectBooth

from voiceguide.audio import RATE
from voiceguide.errors import VoiceError
from voiceguide.live.commands import Ask, Enough, Event, StateChanged
from voiceguide.live.player import Player
from voiceguide.live.state import Transport
from voiceguide.live.view import Status
from voiceguide.plan.timeline import Spoken, Timeline
from voiceguide.programme import Programme
from voiceguide.session import Session, open_session
from voiceguide.speech.narrator import Narrator

TEXT = """---
title: Small
for: partner
soundscape: warm-drone
---

# Arrive

Rest both hands on the back. [pause 2s] Wait for a breath.

# Back

Lean in with gentle pressure. [hold 8s-40s]

[check-in "How is the pressure?", wait 6s]

Slide out again.

# Close

[hold 5s-60s] Thank you.
"""


class Slow(Programme):
    """A programme whose voice waits before a section until it is told to speak."""

    def __init__(self, session: Session, waits_at: int) -> None:
        super().__init__(session.stage, session.opening.budget)
        self.waits_at, self.speak, self.busy = waits_at, threading.Event(), False

    def voice(self, number: int) -> None:
        if number == self.waits_at:
            self.speak.wait(20)
        super().voice(number)

    def lines_for(self, timeline: Timeline, at: int, given: Ask | Enough) -> tuple[Spoken, ...]:
        self.busy = True
        return super().lines_for(timeline, at, given)

    def answered(self, timeline: Timeline, at: int, given: Ask | Enough) -> Timeline:
        self.busy = False
        return super().answered(timeline, at, given)


@dataclass
class Seen:
    """A watcher that remembers."""

    events: list[Event] = field(default_factory=list)
    status: Status = field(default_factory=Status)
    longest: list[int] = field(default_factory=list)

    def event(self, event: Event, transport: Transport) -> None:
        self.events.append(event)

    def show(self, transport: Transport, status: Status) -> None:
        self.status = status

    @property
    def states(self) -> list[tuple[str, str]]:
        return [(each.state, each.reason) for each in self.events if isinstance(each, StateChanged)]


@dataclass
class Played:
    """A player ready to run."""

    player: Player
    programme: Slow
    booth: PerfectBooth
    seen: Seen
    session: Session

    def at(self, *script: tuple[float, Callable[[], Any]]) -> None:
        """Do these things, each once when so many seconds have gone by."""
        coming = sorted(script, key=lambda each: each[0])

        def step() -> None:
            while coming and self.booth.time >= coming[0][0]:
                coming.pop(0)[1]()

        self.booth.script = step


def mute(narrator: Narrator, words: str) -> None:
    """From now on no voice can say anything with these words in it."""
    real = narrator._take
    narrator._take = lambda asked: VoiceError("no breath") if words in asked.text else real(asked)  # type: ignore[method-assign]


@contextmanager
def playing(
    folder: Path,
    *,
    seconds: float = 90,
    waits_at: int | None = None,
    promised: int | None = None,
    cannot: str | None = None,
    **changes: Any,
) -> Iterator[Played]:
    """The routine about to be played; time stands still while anybody voices but for what waits; nobody can say `cannot`."""
    path = folder / "small.md"
    path.write_text(TEXT)
    chosen = {"voice": "tone", "cache_dir": str(folder / "cache")}
    with open_session(path, length=round(seconds * RATE), overrides=chosen) as session:
        booth = PerfectBooth()
        programme = Slow(session, 10**6 if waits_at is None else waits_at)
        begun = Transport(programme.begin(), **changes)
        player = Player(programme, booth, begun, promised=promised, now=booth.now)  # type: ignore[arg-type]
        booth.scene = session.stage.scene(session.stage.first_bed) or SINE
        seen = Seen()
        player.watchers.append(seen)
        until = programme.sections if waits_at is None else waits_at
        begun_with: list[bool] = []

        def ready() -> bool:
            if len(player.transport.timeline.parts) >= until:
                begun_with.append(True)
            return bool(begun_with) and not programme.busy

        booth.ready = ready
        if cannot:
            mute(session.stage.narrator, cannot)
        yield Played(player, programme, booth, seen, session)
        programme.speak.set()
