"""Rules about how firm work gets, and how it is asked about: R02 to R04."""

from collections.abc import Iterator
from itertools import pairwise

from voiceguide.audio import RATE
from voiceguide.check.clauses import asserted
from voiceguide.check.levels import covers, giving, pressure, sentences_of
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Passage, Plan, Routine
from voiceguide.check.rule import Finding
from voiceguide.check.wording import says
from voiceguide.plan.timeline import Cue
from voiceguide.script.model import Place

_STARTS_FIRM = 5
_WARM = 4


def warm_up(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R02: firm work in an area that was not warmed up."""
    for plan in routine.plans:
        warmed: list[tuple[str, float]] = []
        for passage in plan.passages:
            level = pressure(passage)
            if level is None or level[1] == 0:
                continue
            own = passage.seconds if level[1] <= _WARM else passage.seconds / 2 if level[0] <= _WARM else 0.0
            before = sum(seconds for area, seconds in warmed if covers(area, passage.tags.area))
            if level[1] >= _STARTS_FIRM and before + own < limits["warm-up"] and not _told_to_warm(passage):
                yield Finding(
                    passage.section.at, f"a pressure of {level[1]} comes after {before + own:.0f} s of light work there"
                )
            warmed.append((passage.tags.area, own))


def _told_to_warm(passage: Passage) -> bool:
    """A passage without tags that itself begins with long, light strokes."""
    return passage.tags.pressure is None and any(asserted(text, "warming") for text in sentences_of(passage))


def asked(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R03: firm work for long without a check-in, or a first one that comes late."""
    for plan in routine.plans if routine.partner else ():
        touched = giving(plan)
        if not touched:
            continue
        longest, begun, ended = limits["without question"], touched[0].start, touched[-1].end
        times = [time for time in questions(plan) if time >= begun]
        if ended - begun > longest and (not times or times[0] - begun > longest):
            yield Finding(touched[0].section.at, f"nobody is asked in the first {longest / 60:g} minutes of touch")
        for start, end, passage in _firm_runs(touched, limits["firm"]):
            marks = [start, *(time for time in times if start < time < end), end]
            gap = max(later - earlier for earlier, later in pairwise(marks))
            if gap > longest:
                yield Finding(passage.section.at, f"firm work goes on for {gap:.0f} s without a check-in")


def _firm_runs(passages: list[Passage], firm: float) -> Iterator[tuple[float, float, Passage]]:
    """Firm passages with nothing lighter between them: start, end, the first of them."""
    run: list[Passage] = []
    for passage in passages:
        level = pressure(passage) or (0, 0)
        if level[1] >= firm:
            run.append(passage)
        elif run and passage.seconds > 30:
            yield run[0].start, run[-1].end, run[0]
            run = []
    if run:
        yield run[0].start, run[-1].end, run[0]


def asked_too_often(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R04: check-ins that follow each other closely."""
    for plan in routine.plans if routine.partner else ():
        touched = giving(plan) or plan.passages
        if not touched:
            continue
        begun, ended = touched[0].start, touched[-1].end
        cues = [cue for cue in _questions(plan) if begun <= cue.start / RATE <= ended]
        close = [
            (earlier, later)
            for earlier, later in pairwise(cues)
            if later.start - earlier.end < limits["between questions"] * RATE
        ]
        if close:
            gap = (close[0][1].start - close[0][0].end) / RATE
            yield Finding(_at(plan, close[0][1]), f"this check-in comes {gap:.0f} s after the one before")
        elif len(cues) > 2 and (ended - begun) / len(cues) < limits["touch per question"]:
            yield Finding(
                touched[0].section.at, f"{len(cues)} check-ins in {(ended - begun) / 60:.1f} minutes of touch are many"
            )


def questions(plan: Plan) -> list[float]:
    """When somebody is asked how it is, in seconds."""
    return [cue.start / RATE for cue in _questions(plan)]


def _questions(plan: Plan) -> list[Cue]:
    return [cue for cue in plan.voice if cue.kind == "question" or _asks(cue.text)]


def _asks(text: str) -> bool:
    lower = text.lower()
    inquiry = text.rstrip("\"”' ").endswith("?") or lower.startswith(("ask ", "ask:", "ask,", "check with", "check in with"))
    return inquiry and says(text, "asking")


def _at(plan: Plan, cue: Cue) -> Place:
    return next(passage.section.at for passage in plan.passages if cue in passage.cues)
