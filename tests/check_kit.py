"""Texts that the check must, or must not, speak up at: read from tests/check_cases, and made into routines."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from voiceguide.check.routine import Routine
from voiceguide.errors import Problem
from voiceguide.examine import as_seen, examine
from voiceguide.library import Source
from voiceguide.rehearsal import rehearse

CASES = Path(__file__).parent / "check_cases"


def cases(*files: str) -> Iterator[tuple[str, bool, str]]:
    """The rule, whether it must fire, and the whole text of a routine."""
    for path in sorted(CASES.glob("*.toml")):
        if not files or path.stem in files:
            for rule, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
                for kind in ("fires", "quiet"):
                    for text in said[kind]:
                        yield rule, kind == "fires", whole(text, said.get("for", "partner"), said.get("front", ""))


def of_rules(*rules: str) -> list:
    """All cases of these rules, as parameters of a test."""
    return [pytest.param(*case, id=f"{case[0]}-{number}") for number, case in enumerate(cases()) if case[0] in rules]


def seen(text: str, audience: str = "partner", front: str = "") -> Routine:
    """A routine around a piece of text, as the rules see it."""
    rehearsal = rehearse(Source(whole(text, audience, front), "case.md"))
    assert rehearsal.script, rehearsal.problems
    return as_seen(rehearsal)


def whole(text: str, audience: str = "partner", front: str = "") -> str:
    """A routine around a piece of text."""
    if text.startswith("---"):
        return text
    head = f"---\ntitle: Case\nfor: {audience}\n{front}\n---\n\n".replace("\n\n---", "\n---")
    return head + (text if text.startswith("# ") else f"# Work\n\n{text}") + "\n"


def found(text: str) -> list[Problem]:
    """What the check finds in a whole routine."""
    return list(examine(Source(text, "case.md")))


def rules_at(text: str) -> set[str]:
    """The rules that speak up at a whole routine."""
    return {problem.rule for problem in found(text)}
