"""The few words the planner itself puts into a voice: breath prompts and countdowns; and who says a line how."""

from dataclasses import dataclass, replace
from typing import Protocol

from voiceguide.plan.timeline import BreathPhase, Spoken
from voiceguide.script.model import Place, Recording, Say

PROMPTED_BREATHS = 3

FIRST_PROMPTS: dict[BreathPhase, str] = {
    "in": "Breathe in.",
    "sip": "And a little more.",
    "hold": "Hold, softly.",
    "out": "Breathe out.",
    "rest": "And rest.",
}
LATER_PROMPTS: dict[BreathPhase, str] = {"in": "In.", "sip": "And more.", "hold": "Hold.", "out": "Then out.", "rest": "Rest."}

NUMBERS = ("One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven.", "Eight.", "Nine.", "Ten.")


class Lengths(Protocol):
    """How long things last, in frames: estimated while minutes are shared, real when a section is placed."""

    def speech(self, spoken: Spoken) -> int:
        """A sentence in its voice."""

    def recording(self, step: Recording) -> int:
        """A recorded cue."""

    def signal(self, name: str) -> int:
        """A bell or a tick until it has rung out."""

    def gap(self, kind: str) -> int:
        """The silence after a `sentence`, a `paragraph` or a `beat`."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a section is said: `speed` times the asked pace, `gain` in dB, and how much: full, some (no reminders), sparse
    (no halfway marks either)."""

    lengths: Lengths
    speed: float = 1.0
    gain: float = 0.0
    guidance: str = "full"

    def spoken(self, say: Say) -> Spoken:
        """The line in this manner; a pace the writer asked for is not tapered."""
        return Spoken(say, 1.0 if say.pace else self.speed, self.gain)

    def speech(self, say: Say) -> int:
        """Frames the line takes."""
        return self.lengths.speech(self.spoken(say))


def prompt(kind: BreathPhase, breath: int, at: Place, like: Say | None = None) -> Say | None:
    """What the voice says at a phase of breath number `breath` (from 0); None once the tone leads alone."""
    if breath >= PROMPTED_BREATHS:
        return None
    text = (FIRST_PROMPTS if breath == 0 else LATER_PROMPTS)[kind]
    return replace(like, text=text, at=at) if like else Say(text, at)


def counted(count: int, at: Place) -> tuple[Say, ...]:
    """The words of a countdown from `count` (1 to 10) to one."""
    return tuple(Say(NUMBERS[number - 1], at) for number in range(min(count, len(NUMBERS)), 0, -1))
