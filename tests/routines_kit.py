"""The bundled routines as they are planned, at any length and in any position, and the figures that show how they guide.

Nothing is voiced: what happens when comes from estimated lengths.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from voiceguide import library
from voiceguide.audio import RATE
from voiceguide.check.judge import judge
from voiceguide.check.routine import Plan, plan_of, routine
from voiceguide.errors import Problem
from voiceguide.plan.timeline import Cue, Timeline
from voiceguide.script.includes import expand
from voiceguide.script.model import Hold, Length, Script, Sides
from voiceguide.script.parser import parse
from voiceguide.script.walk import steps_of
from voiceguide.session import open_session

BUNDLE = library.bundled("scripts")
INCLUDES = ("setup-and-agreement", "short-answers")
ROUTINES = tuple(sorted(path.stem for path in BUNDLE.glob("*.md") if path.stem not in INCLUDES))
BETWEEN = 10
PLANNERS = ("prompt", "countdown", "change")
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
def planned(name: str, length: int, position: str = "", values: tuple[tuple[str, str], ...] = (), voice: str = "") -> Plan:
    """The routine in time, as the default voice is expected to speak it; in a `voice`, as that one really does."""
    variables = {**({"position": position} if position else {}), **dict(values)}
    overrides = {"voice": voice} if voice else {}
    with open_session(BUNDLE / f"{name}.md", length=length, variables=variables, overrides=overrides) as session:
        timeline = session.plan() if voice else session.outline()
        return plan_of(session.opening.sections, timeline, position or positions_of(name)[0])


def every_plan(name: str) -> Iterator[tuple[int, Plan]]:
    """The length asked for and the plan: every length in the usual position, the three promised ones in the others."""
    wish, (usual, *others) = promised(name), positions_of(name)
    asked = [(length, usual) for length in lengths_of(name)]
    asked += [(length, position) for position in others for length in (wish.least, wish.ideal, wish.most)]
    yield from ((length, planned(name, length, position)) for length, position in asked)


def problems(name: str, plans: Sequence[Plan]) -> tuple[Problem, ...]:
    """What the rules say about these plans."""
    return judge(routine(script(name), [plan.sections for plan in plans], tuple(plans)))


@dataclass(frozen=True, slots=True)
class Figures:
    """How a plan guides: whether it is `exact`, its `rate` (words a minute of what is said, gaps included), its `words` a
    minute of the whole session, its longest `silence` in seconds, and by how many percent of the time to work two `sides`
    differ at most."""

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
    return Figures(exact, rate(voice), words / (plan.seconds / 60), longest_silence(timeline), 100 * unequal(plan))


def row(name: str) -> str:
    """A routine at all its lengths as a row of the table in docs/routines.md; words of the session at its three lengths."""
    asked = list(every_plan(name))
    every = [figures(plan, length) for length, plan in asked]
    wish, by_length = promised(name), dict(zip(lengths_of(name), every, strict=False))
    cells = (
        f"`{name}`",
        f"{len(every)}",
        f"{sum(one.exact for one in every)} of {len(every)}",
        f"{len(problems(name, [plan for _, plan in asked]))}",
        f"{min(one.rate for one in every):.0f} to {max(one.rate for one in every):.0f}",
        ", ".join(f"{by_length[length].words:.0f}" for length in (wish.least, wish.ideal, wish.most)),
        f"{max(one.silence for one in every):.0f} s",
        f"{max(one.sides for one in every):.1f} %",
    )
    return f"| {' | '.join(cells)} |\n"


def rate(voice: Sequence[Cue]) -> float:
    """Words a minute of what the writer says: each sentence with the gap behind it."""
    said = [cue for cue in voice if cue.kind not in PLANNERS]
    frames = sum(cue.end - cue.start + GAP for cue in said)
    return sum(len(cue.text.split()) for cue in said) / (frames / RATE / 60)


def longest_silence(timeline: Timeline) -> float:
    """Seconds without a word, a breath tone, a beat or a bell."""
    longest = last = 0
    for start, end in [*sorted((cue.start, cue.end) for cue in timeline.cues), (timeline.length, timeline.length)]:
        longest, last = max(longest, start - last), max(last, end)
    return longest / RATE


def unequal(plan: Plan) -> float:
    """The largest difference between the two sides of anything in time to work, 0 to 1 of the longer side."""
    stretches = sorted(plan.timeline.stretches, key=lambda stretch: stretch.start)
    worst = 0.0
    for sides in (step for step in steps_of(plan.sections) if isinstance(step, Sides)):
        times = [0, 0]
        for at in {step.at for step in steps_of(sides.passes[0]) if isinstance(step, Hold)}:
            same = [stretch.end - stretch.start for stretch in stretches if stretch.step.at == at]
            half = len(same) // 2
            times = [times[0] + sum(same[:half]), times[1] + sum(same[half:])]
        worst = max(worst, abs(times[0] - times[1]) / max(*times, 1))
    return worst
