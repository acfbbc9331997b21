"""A session as any desktop understands it: what is playing, how far it is, and what its buttons ask for. Pure.

The words are those of MPRIS 2.2 (specifications.freedesktop.org/mpris-spec), where times are whole microseconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from voiceguide.audio import RATE
from voiceguide.cleantext import tag
from voiceguide.live.commands import Back, Command, Next, Pause, Play, Seek, Stop, Toggle
from voiceguide.live.state import Transport

Status = Literal["Playing", "Paused", "Stopped"]

TRACK = "/voiceguide/session"
MICROSECONDS = 1_000_000
SLACK = RATE

BUTTONS: dict[str, Callable[[], Command]] = {
    "Play": Play,
    "Pause": Pause,
    "PlayPause": Toggle,
    "Stop": Stop,
    "Next": Next,
    "Previous": Back,
}


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """The part that is heard, in which routine; `position`, `clock` and `length` in frames."""

    routine: str
    part: str = ""
    status: Status = "Playing"
    length: int = 0
    position: int = 0
    clock: int = 0

    @property
    def told(self) -> tuple[str, str, Status, int]:
        """What desktops are told when it changes; the position they reckon themselves."""
        return self.routine, self.part, self.status, self.length

    def jumped(self, before: "NowPlaying") -> bool:
        """Whether the position is another than somebody reckons who knew it before: off by over a second."""
        reckoned = before.position + (self.clock - before.clock if before.status == "Playing" else 0)
        return abs(self.position - reckoned) > SLACK

    def sought(self, microseconds: int) -> Command | None:
        """What a wish to move by so much asks for: before the beginning is the beginning, after the end the next step.

        Nothing for what is longer than the session: no person asks for that."""
        change = frames(microseconds)
        if abs(change) > self.length:
            return None
        frame = max(0, self.position + change)
        return Seek(frame) if frame < self.length else Next()

    def placed(self, track: str, microseconds: int) -> Command | None:
        """What a wish to be somewhere in a track asks for: nothing for another track or a place outside."""
        frame = frames(microseconds)
        return Seek(frame) if track == TRACK and 0 <= frame < self.length else None


def now_playing(title: str, transport: Transport) -> NowPlaying:
    """A transport as desktops see it."""
    over = transport.over or transport.silent is not None
    status: Status = "Stopped" if over else "Playing" if transport.moving else "Paused"
    part = transport.sections[transport.section].title if transport.sections else ""
    return NowPlaying(tag(title), tag(part), status, transport.timeline.length, transport.position, transport.clock)


def microseconds(count: int) -> int:
    """Frames as whole microseconds."""
    return count * MICROSECONDS // RATE


def frames(microseconds: int) -> int:
    """Microseconds as whole frames."""
    return microseconds * RATE // MICROSECONDS
