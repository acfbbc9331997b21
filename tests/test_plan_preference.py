"""A routine firmer or softer than written."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide import library
from voiceguide.plan.preference import preferring
from voiceguide.plan.sections import lines_of
from voiceguide.script.includes import expand
from voiceguide.script.model import Only, Script, Section
from voiceguide.script.parser import parse
from voiceguide.script.unfold import unfold

BODY = """# Firm strokes {pressure 3-5, area back}

Lean in firmly, at a pressure of {pressure}. Five is enough.

[first] [hold 1m, remind every 20s "Firm and slow."]

## Rest {pressure 0-1}

Breathe gently.
"""


def script(body: str = BODY) -> Script:
    return parse(f"---\ntitle: A\n---\n{body}", "a.md")


def tags(script: Script) -> list[str]:
    """Every tag of pressure, in reading order."""

    def found(nodes: tuple[object, ...]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, Section):
                yield from (value for name, value in node.attributes.tags if name == "pressure")
            if isinstance(node, Section | Only):
                yield from found(node.body)

    return list(found(script.sections))


@pytest.mark.parametrize(
    ("steps", "pressures", "spoken"),
    [
        (-2, ["1-3", "0-1"], ["Lean in gently, at a pressure of 1 to 3.", "Three is enough.", "Gentle and slow."]),
        (-1, ["2-4", "0-1"], ["Lean in moderately, at a pressure of 2 to 4.", "Four is enough.", "Medium and slow."]),
        (0, ["3-5", "0-1"], ["Lean in firmly, at a pressure of 3 to 5.", "Five is enough.", "Firm and slow."]),
        (2, ["5", "0-3"], ["Lean in firmly, at a pressure of 5.", "Five is enough.", "Firm and slow."]),
    ],
)
def test_tags_blanks_and_words_move_together_and_once(steps: int, pressures: list[str], spoken: list[str]) -> None:
    wished = preferring(script(), steps)
    assert tags(wished) == pressures
    lines = [say.text for part in unfold(wished, {}, 5) for say in lines_of(part.body)]
    assert lines == [*spoken, "Breathe gently."]
    assert wished.sections[0].title == "Firm strokes"


@pytest.mark.parametrize(
    ("written", "tag", "words"),
    [
        ("3", "4", "Gently, at a pressure of four."),
        ("3-4", "4", "Gently, at a pressure of four."),
        ("4-5", "5", "Moderately, at a pressure of five."),
        ("5-6", "7", "Moderately, at a pressure of five."),
    ],
)
def test_warming_up_stays_that_and_nothing_becomes_firm(written: str, tag: str, words: str) -> None:
    wished = preferring(script(f"# A {{pressure {written}}}\n\nLightly, at a pressure of three.\n\n## B\n\nGently."), 2)
    section, inner = (part.body[0] for part in (wished.sections[0], wished.sections[0].body[1]))
    assert (tags(wished), section.text) == ([tag], words)
    assert inner.text == {"4": "Gently.", "5": "Moderately."}.get(tag, "Firmly.")


def test_as_written_is_the_script_itself() -> None:
    same = script()
    assert preferring(same, 0) is same


@given(st.integers(-2, 2), st.integers(0, 10), st.integers(0, 10))
def test_never_past_seven_unless_written_so(steps: int, one: int, other: int) -> None:
    least, most = sorted((one, other))
    (tag,) = tags(preferring(script(f"# A {{pressure {least}-{most}}}\n\nHi."), steps))
    low, high = int(tag.split("-")[0]), int(tag.split("-")[-1])
    assert low <= high <= max(most, 7)
    assert most > 4 or high <= 4
    assert most > 5 or high <= 5
    assert (low - least) * steps >= 0
    assert (high - most) * steps >= 0


@pytest.mark.parametrize("path", sorted(library.bundled("scripts").glob("*.md")), ids=lambda path: path.stem)
def test_bundled_routines_stay_within_the_edge_however_firm(path) -> None:
    written = expand(parse(path.read_bytes(), str(path)), library.include)
    for pressure in tags(preferring(written, 2)):
        assert max(int(number) for number in re.findall(r"\d+", pressure)) <= 7
