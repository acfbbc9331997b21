"""`voiceguide check`: what is wrong in a routine, all of it at once, and what a good guide would say about it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import names, options

if TYPE_CHECKING:
    from voiceguide.check.rule import Rule
    from voiceguide.errors import Problem

FOUND = 3
KINDS = ("error", "warning", "hint")


@click.command(epilog="Example: voiceguide check evening.md breathe --json")
@click.argument("files", nargs=-1, metavar="[FILE]...", shell_complete=names.routines)
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without harm, and show what was changed.")
@click.option(
    "--pressure", default="medium", metavar="HOW", help="As somebody hears it who asked for softer or firmer: see play."
)
@click.option("--explain", metavar="RULE", help="Everything about one rule, such as R06.")
@click.option(
    "--sarif",
    type=click.Path(path_type=Path),
    callback=options.ending(".sarif", ".json"),
    metavar="FILE",
    help="Write the findings for a code host (SARIF 2.1.0).",
)
@options.force
@options.as_json
def command(
    files: tuple[str, ...],
    strict: bool,
    fix: bool,
    pressure: str,
    explain: str | None,
    sarif: Path | None,
    force: bool,
    json_: bool,
) -> int:
    """Find what is wrong in routines, without speaking.

    Mistakes of the language come first, then what could hurt, bore or confuse a listener. FILE is a path, or a name that
    `voiceguide list` shows. Everything is shown as file:line:column: with what it is, why it
    matters, and what to write instead. With an error the exit code is 3; warnings and hints alone leave it at 0.
    """
    from voiceguide.errors import UsageError
    from voiceguide.examine import examine
    from voiceguide.files import check_apart, check_target
    from voiceguide.library import locate

    if explain:
        return _explain(explain, json_)
    if not files:
        raise UsageError("there is nothing to check; name a routine, such as voiceguide check evening.md")
    if sarif:
        check_target(sarif, force=force)
        check_apart(sarif, [locate("scripts", file) for file in files])
    for file in files if fix else ():
        _mend(file)
    problems = list(dict.fromkeys(problem for file in files for problem in examine(file, pressure=pressure)))
    if sarif:
        _write_sarif(sarif, problems, force)
    return told(problems, len(files), json_=json_, strict=strict)


def told(problems: "Sequence[Problem]", checked: int, *, json_: bool, strict: bool = False) -> int:
    """Show what was found in so many files, and give the exit code."""
    from voiceguide.cli import screen
    from voiceguide.cli.problems import as_data, sentence

    if json_:
        screen.emit([as_data(problem) for problem in problems])
    else:
        for problem in problems:
            screen.out(sentence(problem))
        screen.say(f"{checked} checked, {_counted(problems)}")
    grave = KINDS[:2] if strict else KINDS[:1]
    return FOUND if any(problem.severity in grave for problem in problems) else 0


def _counted(problems: "Sequence[Problem]") -> str:
    numbers = [(sum(problem.severity == kind for problem in problems), kind) for kind in KINDS]
    words = [f"{number} {kind}{'s' * (number > 1)}" for number, kind in numbers if number]
    return ", ".join(words) or "nothing wrong"


def _write_sarif(path: Path, problems: "Sequence[Problem]", force: bool) -> None:
    import json

    from voiceguide.cli.commands import package_version
    from voiceguide.cli.sarif import sarif
    from voiceguide.files import atomic_write

    with atomic_write(path, force=force) as out:
        out.write(json.dumps(sarif(problems, package_version()), indent=2, ensure_ascii=False).encode() + b"\n")


def _mend(file: str) -> None:
    """Mend a routine in its file, and show the difference."""
    from difflib import unified_diff

    from voiceguide import library
    from voiceguide.cli import screen
    from voiceguide.errors import UsageError
    from voiceguide.examine import mended
    from voiceguide.files import atomic_write

    if library.NAME.fullmatch(file):
        raise UsageError(f"--fix changes a file; name it by its path, such as ./{file}.md")
    path = library.locate("scripts", file)
    before = library.read_script(path)
    after = mended(before)
    if after.text == before.text:
        return
    with atomic_write(path, force=True) as out:
        out.write(_bytes(after.text))
    old, new = (_bytes(source.text).decode().splitlines() for source in (before, after))
    for line in unified_diff(old, new, f"{file} (before)", f"{file} (after)", lineterm=""):
        screen.say(line)


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def _explain(name: str, json_: bool) -> int:
    """Every field of one rule."""
    from voiceguide.check.table import RULES, SOURCES
    from voiceguide.cli import screen
    from voiceguide.errors import UsageError
    from voiceguide.script.mistakes import unknown

    rule = RULES.get(name.upper())
    if rule is None:
        raise UsageError(str(unknown("rule", name, RULES, "rules are R01 to R34")))
    fields = _fields(rule, [SOURCES[number] for number in rule.sources])
    if json_:
        screen.emit(fields)
    else:
        for key, value in fields.items():
            screen.out(f"{key}:")
            for line in _lines(value):
                screen.out(f"    {line}".rstrip())
    return 0


def _fields(rule: "Rule", sources: list[str]) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "severity": rule.severity,
        "looks for": rule.looks_for,
        "because": rule.reason,
        "try": rule.fix,
        "sources": sources,
        "speaks up at": rule.fires,
        "leaves alone": rule.quiet,
    }


def _lines(value: str | list[str]) -> list[str]:
    return value.splitlines() if isinstance(value, str) else value
