"""What the planner's tests share: lengths that can be reckoned by hand, and short ways to write steps."""

from dataclasses import dataclass

from voiceguide.audio import RATE, frames
from voiceguide.plan.timeline import Spoken
from voiceguide.plan.words import Manner
from voiceguide.script.model import Attributes, Hold, Length, Node, Pattern, Pause, Place, Recording, Say, Section

AT = Place("kit.md", 1)
SIX = Pattern("six", 5 * RATE, 0, 5 * RATE)


@dataclass(frozen=True)
class CountedLengths:
    """Every character takes `frame` frames at speed 1; gaps, bells and recordings are round numbers."""

    frame: int = 2000

    def speech(self, spoken: Spoken) -> int:
        return round(len(spoken.say.text) * self.frame / spoken.speed)

    def recording(self, step: Recording) -> int:
        return 3 * RATE

    def signal(self, name: str) -> int:
        return 6 * RATE if name in ("soft", "bowl", "closing") else RATE // 10

    def gap(self, kind: str) -> int:
        return {"sentence": RATE, "paragraph": 2 * RATE, "beat": 3 * RATE}[kind]


MANNER = Manner(CountedLengths())


def say(text: str, line: int = 1, *, opens: bool = False) -> Say:
    return Say(text, Place("kit.md", line), opens)


def pause(seconds: float) -> Pause:
    return Pause(frames(seconds), AT)


def hold(least: float, most: float | None = None, **clauses: object) -> Hold:
    low, high = frames(least), frames(least if most is None else most)
    return Hold(Length(low, (low + high) // 2, high), AT, **clauses)  # type: ignore[arg-type]


def section(title: str, *body: Node, line: int = 1, level: int = 1, **attributes: object) -> Section:
    return Section(title, Place("kit.md", line), body, level, Attributes(**attributes))  # type: ignore[arg-type]
