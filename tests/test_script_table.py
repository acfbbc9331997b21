"""docs/script-format.md against the tables: every row is there as the code has it, and every example runs."""

import re
from pathlib import Path

import pytest

from voiceguide.script.attributes import ATTRIBUTES
from voiceguide.script.directions import DIRECTIONS
from voiceguide.script.front import SETTINGS
from voiceguide.script.hold import CLAUSES
from voiceguide.script.parser import parse
from voiceguide.script.patterns import PATTERNS

PAGE = (Path(__file__).parent.parent / "docs" / "script-format.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TABLES = {"setting": SETTINGS, "attribute": ATTRIBUTES, "direction": DIRECTIONS, "clause": CLAUSES, "pattern": PATTERNS}
ROWS = [pytest.param(name, entry, id=f"{kind} {name}") for kind, table in TABLES.items() for name, entry in table.items()]
AS_SCRIPT = {
    "setting": "---\ntitle: A\n{}\n---\nHi.\n",
    "attribute": "---\ntitle: A\n---\n# A {}\n\nHi.\n",
    "direction": "---\ntitle: A\n---\n{} Hi.\n",
    "clause": "---\ntitle: A\n---\n[hold 1m, {}]\n",
    "pattern": "---\ntitle: A\n---\n{}\n",
}


@pytest.mark.parametrize(("name", "entry"), ROWS)
def test_every_row_of_the_tables_is_in_the_page(name, entry):
    example = entry.example.replace("|", "\\|")
    assert f"| `{name}` | {entry.meaning} | `{example}` |" in PAGE


def test_the_page_has_no_rows_that_the_code_does_not_know():
    sections = {"## The front matter": SETTINGS, "## Headings": ATTRIBUTES, "## Directions": DIRECTIONS, "### What": CLAUSES}
    for heading, table in sections.items():
        rows = re.findall(r"^\| `([^`]+)` \|", PAGE[PAGE.index("\n" + heading) :].split("\n\n", 4)[2], re.MULTILINE)
        assert rows == list(table)


@pytest.mark.parametrize("kind", TABLES)
def test_every_example_of_the_tables_runs(kind):
    for name, entry in TABLES[kind].items():
        text = AS_SCRIPT[kind].format(entry.example) if "{}" in AS_SCRIPT[kind] else ""
        assert parse(text if name != "title" else text.replace("title: A\n", ""), "example.md").sections, name


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_every_example_of_the_page_runs(block):
    whole = block if block.startswith("---\n") else f"---\ntitle: Example\n---\n{block}"
    assert parse(whole, "example.md").sections


def test_directions_in_the_running_text_are_directions():
    text = re.sub(r"```.*?```", "", PAGE, flags=re.DOTALL)
    for direction in re.findall(r"`(\[[a-z][^`]*\])`", text, re.IGNORECASE):
        if "..." not in direction:
            again = "---\ntitle: A\nvariables: {name: Sam}\n---\n" + direction.replace("\\|", "|") + " Hi."
            assert parse(again, "example.md").sections, direction
