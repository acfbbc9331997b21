"""docs/coverage.md against the routines, the rules, the commands and the pages: nothing in it is only said."""

import re
from pathlib import Path

import click
import pytest

from voiceguide.check.table import RULES
from voiceguide.cli.commands import commands

DOCS = Path(__file__).parent.parent / "docs"
SCRIPTS = DOCS.parent / "scripts"
ROWS = re.findall(r"^\| (S\d\d) \| ([^|]+) \| ([^|]+) \|$", (DOCS / "coverage.md").read_text(encoding="utf-8"), re.MULTILINE)
QUOTED = re.compile(r"\[([\w-]+)\]\(\.\./scripts/\1\.md\) “([^”]+)”")
NAMED = re.compile(r"`([^`]+)`")
CONTEXT = click.Context(commands)
COMMANDS = {name: commands.get_command(CONTEXT, name) for name in commands.list_commands(CONTEXT)}
OPTIONS = {option for command in COMMANDS.values() if command for one in command.params for option in one.opts}
KNOWN = {*RULES, *OPTIONS, *(f"voiceguide {name}" for name in COMMANDS)}


def tidy(text: str) -> str:
    """Words as they are read: without the marks of notes, and on one line."""
    return " ".join(re.sub(r"^> ?", "", text, flags=re.MULTILINE).split())


def test_every_point_has_its_row() -> None:
    assert [number for number, _, _ in ROWS] == [f"S{number:02}" for number in range(1, 66)]


@pytest.mark.parametrize(("number", "point", "where"), ROWS)
def test_what_is_said_to_be_there_is_there(number: str, point: str, where: str) -> None:
    quoted, named, pages = QUOTED.findall(where), NAMED.findall(where), re.findall(r"\]\(([\w-]+\.md)\)", where)
    assert quoted or named or pages
    for routine, words in quoted:
        assert words in tidy((SCRIPTS / f"{routine}.md").read_text(encoding="utf-8")), f"{number} {point}"
    assert set(named) <= KNOWN
    assert all((DOCS / page).is_file() for page in pages)
    assert where.count("“") == len(quoted)


def test_every_routine_has_a_part_in_it() -> None:
    assert {routine for _, _, where in ROWS for routine, _ in QUOTED.findall(where)} == {p.stem for p in SCRIPTS.glob("*.md")}
