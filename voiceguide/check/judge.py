"""`judge`: what the rules say about a routine, each place once, in reading order, with the writer's own settings."""

from collections.abc import Iterable, Iterator, Mapping

from voiceguide.check.limits import LIMITS, usual
from voiceguide.check.routine import Routine
from voiceguide.check.rule import Edit, Finding, Rule
from voiceguide.check.table import RULES, SENTENCES
from voiceguide.errors import Problem
from voiceguide.script.mistakes import unknown

OFF = "off"


def judge(routine: Routine) -> tuple[Problem, ...]:
    """What is wrong with the routine, errors, warnings and hints; rules it has switched off say nothing."""
    return tuple(sorted([*_judged(routine, RULES.values()), *_unknown_settings(routine)]))


def judge_sentences(routine: Routine) -> tuple[Problem, ...]:
    """What is wrong with single sentences, in a routine that could be read only in part."""
    return tuple(sorted(_judged(routine, map(RULES.__getitem__, SENTENCES))))


def _judged(routine: Routine, rules: Iterable[Rule]) -> list[Problem]:
    return [_problem(rule, finding, routine) for rule, finding in _findings(routine, rules)]


def _unknown_settings(routine: Routine) -> Iterator[Problem]:
    """Rules and thresholds in the front matter that do not exist."""
    at = routine.title
    for name, _ in routine.front.check:
        if name not in RULES and name not in LIMITS:
            yield unknown("rule or threshold", name, [*LIMITS, *RULES], "docs/checking.md lists them").problem(at)


def edits(routine: Routine) -> tuple[Edit, ...]:
    """Changes of the text that are safe to make by themselves."""
    found = [finding for _, finding in _findings(routine, RULES.values()) if finding.at.file == routine.script.source]
    return tuple(dict.fromkeys(finding.edit for finding in found if finding.edit))


def _findings(routine: Routine, rules: Iterable[Rule]) -> list[tuple[Rule, Finding]]:
    limits = usual() | {name: float(value) for name, value in routine.front.check if isinstance(value, float)}
    levels: Mapping[str, object] = dict(routine.front.check)
    found: dict[tuple[str, object], tuple[Rule, Finding]] = {}
    for rule in rules:
        for finding in rule.look(routine, limits) if levels.get(rule.id) != OFF else ():
            found.setdefault((rule.id, finding.at), (rule, finding))
    return list(found.values())


def _problem(rule: Rule, finding: Finding, routine: Routine) -> Problem:
    severity = dict(routine.front.check).get(rule.id) or finding.severity or rule.severity
    at = finding.at
    return Problem(at.file, at.line, at.column, finding.message, rule.reason, rule.fix, rule.id, str(severity))
