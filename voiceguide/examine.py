"""A routine examined before anybody hears it: its mistakes first, then what a good guide would say about it.

Nothing is voiced: what happens when comes from estimated lengths.
"""

from dataclasses import replace
from pathlib import Path

from voiceguide.check.edits import apply
from voiceguide.check.judge import edits, judge, judge_sentences
from voiceguide.check.routine import Routine, plan_of
from voiceguide.check.routine import routine as as_checked
from voiceguide.errors import Problem
from voiceguide.library import Source
from voiceguide.rehearsal import Rehearsal, rehearse

ROUNDS = 10


def examine(routine: str | Path | Source, *, pressure: str | int = 0) -> tuple[Problem, ...]:
    """Everything that is wrong with a routine, in reading order. Of one with mistakes its sentences are judged, as far as they
    can be read; what depends on the whole is judged when it is whole.

    It is as firm as `pressure` asks: softer, medium, firmer, or steps from -2 to 2. Raises UsageError when there is no such
    routine, or pressure."""
    rehearsal = rehearse(routine, pressure=pressure)
    seen = as_seen(rehearsal)
    part = rehearsal.part
    findings = judge(seen) if seen else judge_sentences(as_checked(part, [part.sections], ())) if part else ()
    return tuple(sorted({*rehearsal.problems, *findings}))


def mended(source: Source) -> Source:
    """The routine with what can be mended without harm, the same where nothing can. A change that makes an error is undone."""
    for _ in range(ROUNDS):
        seen = as_seen(rehearse(source))
        wanted = edits(seen) if seen else ()
        if not wanted:
            break
        text = source.text.encode() if isinstance(source.text, str) else source.text
        tried = replace(source, text=apply(text, wanted))
        if _errors(tried) > _errors(source):
            break
        source = tried
    return source


def _errors(source: Source) -> int:
    return sum(problem.severity == "error" for problem in examine(source))


def as_seen(rehearsal: Rehearsal) -> Routine | None:
    """The routine as the rules see it, None where it could not be read."""
    if rehearsal.script is None:
        return None
    plans = tuple(plan_of(session.opening.sections, session.outline(), position) for position, session in rehearsal.sessions)
    return as_checked(rehearsal.script, [plan.sections for plan in plans] or [rehearsal.script.sections], plans)
