"""The one table of keys: complete, consistent, and the same as the document says."""

import re
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path

import pytest

from voiceguide.ambience import recipe
from voiceguide.ambience.keys import Part, Parts, entries

DOCUMENT = Path(__file__).parent.parent / "docs" / "soundscapes.md"

TABLES: dict[str, type] = {
    "scene": recipe.Recipe,
    "shore": recipe.Shore,
    "control": recipe.Control,
    "measured": recipe.Measured,
    "moved": recipe.Moved,
    "noise": recipe.Noise,
    "mods": recipe.Modulation,
    "events": recipe.Events,
    "grain": recipe.Grain,
    "cluster": recipe.Cluster,
    "activity": recipe.Activity,
    "bubbles": recipe.Bubbles,
    "calls": recipe.Calls,
    "song": recipe.Song,
    "bowls": recipe.Bowls,
    "heart": recipe.Heart,
    "drone": recipe.Drone,
    "swell": recipe.Swell,
    "recording": recipe.Recording,
    "nested": recipe.Nested,
}


def documented(table: str) -> dict[str, tuple[str, str]]:
    """Key to range and meaning, as the document's table `table` has them."""
    text = DOCUMENT.read_text(encoding="utf-8") + "\n\n"
    part = re.search(rf"<!-- {table} -->\n(.*?)\n\n", text, re.DOTALL)
    rows = re.findall(r"^\| `(\w+)` \| ([^|]*) \| ([^|]*) \|", part[1], re.MULTILINE) if part else []
    return {name: (kind, meaning) for name, kind, meaning in rows}


@pytest.mark.parametrize("table", TABLES)
def test_the_document_has_every_key_with_its_range_and_meaning(table: str) -> None:
    assert documented(table) == {entry.name: (str(entry.kind), entry.meaning) for entry in entries(TABLES[table])}


def shown(value: object) -> str:
    """A default as the document has it."""
    if value is MISSING:
        return "needed"
    if is_dataclass(value):
        return "as described"
    if value is None or value in ("", ()):
        return "none"
    return f"`{plain(value)}`"


def plain(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(plain, value))}]"
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)


@pytest.mark.parametrize("table", TABLES)
def test_the_document_has_every_default(table: str) -> None:
    defaults = {part.name: part.default for part in fields(TABLES[table])}
    text = DOCUMENT.read_text(encoding="utf-8") + "\n\n"
    rows = re.search(rf"<!-- {table} -->\n(.*?)\n\n", text, re.DOTALL)
    assert rows
    for entry in entries(TABLES[table]):
        row = f"| `{entry.name}` | {entry.kind} | {entry.meaning} | {shown(defaults[entry.field])} |"
        assert row in rows[1].splitlines()


def test_every_table_reached_from_a_recipe_is_in_this_list() -> None:
    reached, waiting = {recipe.Controls}, [recipe.Recipe]
    while waiting:
        table = waiting.pop()
        reached.add(table)
        for entry in entries(table):
            if isinstance(entry.kind, Part):
                waiting.append(entry.kind.of)
            elif isinstance(entry.kind, Parts):
                waiting.extend([entry.kind.of] if isinstance(entry.kind.of, type) else entry.kind.of.values())
    assert reached == {recipe.Controls, *TABLES.values()}


def test_every_key_says_what_it_means() -> None:
    assert all(entry.meaning and not entry.meaning.endswith(".") for table in TABLES.values() for entry in entries(table))


def test_the_controls_are_the_four() -> None:
    assert tuple(entry.name for entry in entries(recipe.Controls)) == recipe.CONTROLS
    assert set(recipe.CONTROLS) < {entry.name for entry in entries(recipe.Measured)}
