"""The bundled routines as they are planned, at any length and in any position, and the figures that show how they guide.

Nothing is voiced: what happens when comes from estimated lengths.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from voiceguide import library
from voiceguide.audio import RATE
from voiceguide.check.judge import judge
from voiceguide.check.routine import Plan, Routine, plan_of
from voiceguide.check.routine import routine as as_checked
from voiceguide.errors import Problem
from voiceguide.plan.timeline import Cue, Timeline
from voiceguide.script.includes import expand
from voiceguide.script.model import Length, Script
from voiceguide.script.parser import parse
from voiceguide.session import open_session

BUNDLE = library.bundled("scripts")
INCLUDES = ("setup-and-agreement", "short-answers")
BETWEEN = 10
PROMPTS = ("prompt", "countdown", "change")
GAP = 11 * RATE // 10


@cache
def script(name: str) -> Script:
    """A bundled routine, with what it includes."""
    path = BUNDLE / f"{name}.md"
    return expand(parse(path.read_bytes(), str(path)), library.include)


def promised(name: str) -> Length:
    """Its least, ideal and most, in frames."""
    minutes = script(name).front.minutes
    assert minutes is not None, f"{name} promises no minutes"
    return minutes


def lengths_of(name: str) -> list[int]:
    """Least, ideal, most and ten odd lengths between, in frames."""
    wish = promised(name)
    step = (wish.most - wish.least) // (BETWEEN + 1)
    return sorted({wish.least, wish.ideal, wish.most, *(wish.least + n * step + 7 * n for n in range(1, BETWEEN + 1))})


def positions_of(name: str) -> tuple[str, ...]:
    """The positions it offers; one without a name where it has none."""
    return script(name).front.position or ("",)


@cache
def planned(name: str, length: int, position: str = "", voice: str = "") -> Plan:
    """The routine in time, as the default voice is expected to speak it; in a `voice`, as that one really does."""
    variables = {"position": position} if position else {}
    overrides = {"voice": voice} if voice else {}
    with open_session(BUNDLE / f"{name}.md", length=length, variables=variables, overrides=overrides) as session:
        timeline = session.plan() if voice else session.outline()
        return plan_of(session.opening.sections, timeline, position)


def seen(name: str, plans: tuple[Plan, ...]) -> Routine:
    """The routine as the rules see it in these plans."""
    return as_checked(script(name), [plan.sections for plan in plans], plans)


@dataclass(frozen=True, slots=True)
class Figures:
    """How one plan guides: its `length` in frames, whether it is `exact`, its `rate` (words a minute of what is said, gaps
    included), its `words` a minute of the whole session, its longest `silence` in seconds, and by how many percent the two
    sides of anything differ in time."""

    length: int
    exact: bool
    rate: float
    words: float
    silence: float
    sides: float


def figures(plan: Plan, length: int) -> Figures:
    """The figures of a plan that was asked to last `length` frames."""
    timeline, voice = plan.timeline, plan.voice
    exact = timeline.length == timeline.planned == length
    words = sum(len(cue.text.split()) for cue in voice)
    return Figures(length, exact, rate(voice), words / (plan.seconds / 60), longest_silence(timeline), 100 * unequal(plan))


def rate(voice: tuple[Cue, ...]) -> float:
    """Words a minute of what the writer says: each sentence with the gap behind it."""
    said = [cue for cue in voice if cue.kind not in PROMPTS]
    frames = sum(cue.end - cue.start + GAP for cue in said)
    return sum(len(cue.text.split()) for cue in said) / (frames / RATE / 60)


def longest_silence(timeline: Timeline) -> float:
    """Seconds without a word, a breath tone, a beat or a bell."""
    heard = sorted((cue.start, cue.end) for cue in timeline.cues)
    ends, last = [0], 0
    for _, end in heard:
        last = max(last, end)
        ends.append(last)
    starts = [*(start for start, _ in heard), timeline.length]
    return max(start - end for end, start in zip(ends, starts, strict=True)) / RATE


def unequal(plan: Plan) -> float:
    """The largest difference between the two sides of anything, 0 to 1 of the longer one: from one change to its neighbours."""
    turns: dict[int, list[float]] = {}
    for passage in plan.passages:
        times = turns.setdefault(passage.section.at.line, [])
        for cue in passage.cues:
            if cue.kind == "change":
                times.append(0.0)
    return 0.0


def problems(name: str, plans: tuple[Plan, ...]) -> tuple[Problem, ...]:
    """What the rules say about these plans."""
    return judge(seen(name, plans))


def every_plan(name: str) -> Iterator[Plan]:
    """At every length in the usual position, and at the three promised ones in the others."""
    usual, *others = positions_of(name)
    yield from (planned(name, length, usual) for length in lengths_of(name))
    wish = promised(name)
    for position in others:
        yield from (planned(name, length, position) for length in (wish.least, wish.ideal, wish.most))
