"""What is wrong in routines as SARIF 2.1.0, the form in which code hosts show findings beside the text."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from voiceguide.check.table import RULES
from voiceguide.cli.problems import as_data
from voiceguide.errors import Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "hint": "note"}
LANGUAGE = {
    "id": "script",
    "shortDescription": {"text": "a mistake in the language of routines"},
    "help": {"text": "The message says what to write instead."},
    "defaultConfiguration": {"level": "error"},
}


def sarif(problems: Sequence[Problem], version: str) -> dict[str, Any]:
    """One run with every rule and every problem; paths under the current folder are relative to it."""
    rules = [LANGUAGE, *map(_rule, RULES)]
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    driver = {"name": "voiceguide", "version": version, "rules": rules}
    results = [_result(problem, numbers[problem.rule]) for problem in problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(name: str) -> dict[str, Any]:
    rule = RULES[name]
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.looks_for},
        "fullDescription": {"text": rule.reason},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }


def _result(problem: Problem, number: int) -> dict[str, Any]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    told = "; ".join(str(part) for part in (as_data(problem)["message"], problem.fix) if part)
    return {
        "ruleId": problem.rule,
        "ruleIndex": number,
        "level": LEVELS[problem.severity],
        "message": {"text": told},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(problem.file)}, "region": region}}],
    }


def _uri(file: str) -> str:
    path, here = Path(file).resolve(), Path.cwd()
    return quote(path.relative_to(here).as_posix()) if path.is_relative_to(here) else path.as_uri()
