"""What a listener can ask for, what the sound reports, and what happened: the values that go into the transport and out of it.

Keys, media buttons and other controls post commands; none of them needs an answer. Events tell screens what happened.
"""

from dataclasses import dataclass
from typing import Literal

from voiceguide.audio import RATE
from voiceguide.plan.pressure import Pressure
from voiceguide.plan.timeline import Chapter, Cue, Timeline
from voiceguide.script.model import Guidance

Reason = Literal["user", "device", "error", "ready", "voice"]
State = Literal["playing", "paused", "waiting", "stopping", "finished"]
Part = Literal["voice", "bed", "signals"]


@dataclass(frozen=True, slots=True)
class Play:
    """Go on: end one's own pause, or open a gate."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the guidance; the bed goes on softly."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """Play what rests or waits, pause what plays: the one big button."""


@dataclass(frozen=True, slots=True)
class Next:
    """To the next step."""


@dataclass(frozen=True, slots=True)
class Back:
    """To the beginning of this step, or to the one before it within its first 3 s."""


@dataclass(frozen=True, slots=True)
class Again:
    """The last instruction once more; the session goes on meanwhile."""


@dataclass(frozen=True, slots=True)
class Longer:
    """More time for this hold."""

    frames: int = 30 * RATE


@dataclass(frozen=True, slots=True)
class Skip:
    """To the next section."""


@dataclass(frozen=True, slots=True)
class GoTo:
    """To a section by its number from 0."""

    section: int


@dataclass(frozen=True, slots=True)
class Seek:
    """To a frame; into a sentence means to its beginning."""

    frame: int


@dataclass(frozen=True, slots=True)
class Say:
    """How much is said; `change` 1 for more, -1 for less, or `level` by name."""

    level: Guidance | None = None
    change: int = 0


@dataclass(frozen=True, slots=True)
class Level:
    """A part louder or softer by `change` dB."""

    part: Part
    change: float


@dataclass(frozen=True, slots=True)
class Mix:
    """Another mix, by name."""

    name: str


@dataclass(frozen=True, slots=True)
class Ask:
    """An answer to a check-in: the step once more, softer or firmer."""

    pressure: Pressure


@dataclass(frozen=True, slots=True)
class Enough:
    """An answer to a check-in: no more work; a calm ending."""


@dataclass(frozen=True, slots=True)
class Stop:
    """The voice ends at once, the bed within 3 s; the second time everything at once."""


Command = Play | Pause | Toggle | Next | Back | Again | Longer | Skip | GoTo | Seek | Say | Level | Mix | Ask | Enough | Stop


@dataclass(frozen=True, slots=True)
class Heard:
    """The device has played as far as `position` of the timeline and `clock` frames in all.

    Given only once the sound has taken up the last jump: an older report would lead back to where it was before."""

    position: int
    clock: int


@dataclass(frozen=True, slots=True)
class Planned:
    """The timeline is known further, or was fitted anew behind what is heard now."""

    timeline: Timeline


@dataclass(frozen=True, slots=True)
class Lost:
    """No sound comes out until `Found`: the `device` is gone, or the audio process made an `error`."""

    reason: Literal["device", "error"]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Sound comes out again."""


Fact = Heard | Planned | Lost | Found


@dataclass(frozen=True, slots=True)
class CueBegan:
    """A cue begins to be heard."""

    cue: Cue


@dataclass(frozen=True, slots=True)
class ChapterBegan:
    """A section (level 1) begins, or a jump has led into it; `number` from 0."""

    number: int
    chapter: Chapter


@dataclass(frozen=True, slots=True)
class StateChanged:
    """The session plays, rests, waits or ends, and why; `opens_in` is the `Transport`'s."""

    state: str
    reason: str
    opens_in: int | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """What a command did, in a few words for the person who gave it; also when it could do nothing."""

    words: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The session is over: `complete` when it was heard to its end, or stopped while it faded out."""

    complete: bool


Event = CueBegan | ChapterBegan | StateChanged | Changed | Finished
