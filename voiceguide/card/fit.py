"""How large the letters of a card may be so that it fits on one sheet of A4, and how its rows are set.

Nothing can be measured before it is printed, and every machine has other letters. So lines are counted as if they were set in
a wide face; a narrower one leaves a little more white. Everything on the card is in proportion to one size. Rows are `tall`,
with the small print below the title, or where that would need small letters `flat`, with the small print beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from voiceguide.card.content import Content, Row

LARGEST, SMALLEST, STEP = 13.0, 6.5, 0.25
"""Sizes in points. What does not fit at the smallest goes on to a second sheet: nothing smaller can be read in the hand."""

EASY = 11.0
"""Large enough to be read at arm's length; below it rows are flat."""

MM = 25.4 / 72
HEIGHT, WIDTH = 297.0 - 2 * 12, 210.0 - 2 * 15
SPARE = 5.0
WIDE, BOLD = 0.57, 0.64
"""Millimetres; and how wide a letter is on average in a wide face, plain and bold, in letters' height."""

TEXT, SMALL = 1.4, 0.82
TOP, FOOT, ROUND = 7.5, 3.5, {"tall": 0.85, "flat": 0.61}
"""In units of the size: a line of text, small print; what is above and below the table, the white around a row."""

COLUMNS, BESIDE = 16.3, 0.53
"""The width of the columns beside the titles, in units of the size, and what share of the rest small print beside them has."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a card is set: letters in points, and its rows."""

    points: float
    rows: Literal["tall", "flat"]


def layout(content: Content) -> Layout:
    """Tall rows in the largest letters that fit, if they are easy to read; else flat ones."""
    tall = _largest(content, "tall")
    return tall if tall.points >= EASY else _largest(content, "flat")


def _largest(content: Content, rows: Literal["tall", "flat"]) -> Layout:
    sizes = (LARGEST - step * STEP for step in range(int((LARGEST - SMALLEST) / STEP) + 1))
    layouts = (Layout(points, rows) for points in sizes)
    return next((one for one in layouts if height(content, one) <= HEIGHT - SPARE), Layout(SMALLEST, rows))


def height(content: Content, layout: Layout) -> float:
    """Millimetres that a card takes, counted generously."""
    unit = layout.points * MM
    across = WIDTH / unit
    rows = (_row(row, layout, across - COLUMNS) for row in content.rows)
    return unit * (sum(_above(content, across)) + sum(rows) + FOOT)


def _above(content: Content, across: float) -> Iterator[float]:
    front = content.front
    yield TOP
    yield 2.5 * _lines(front.title, across / 2.2)
    yield TEXT * _lines(front.summary, across)
    half = across / 2 - 1
    yield TEXT * max(_lines(", ".join(front.needs), half), _lines(", ".join(front.cautions), half))
    yield TEXT * SMALL * _lines(", ".join((*content.left_out, front.author, front.reviewed)), across / SMALL)


def _row(row: Row, layout: Layout, across: float) -> float:
    small = " · ".join(details(row))
    if layout.rows == "tall":
        return ROUND["tall"] + TEXT * _lines(row.title, across, BOLD) + TEXT * SMALL * _lines(small, across / SMALL)
    beside = TEXT * _lines(small, across * BESIDE / SMALL)
    return ROUND["flat"] + max(TEXT * _lines(row.title, across * (1 - BESIDE), BOLD), beside)


def details(row: Row) -> tuple[str, ...]:
    """The small print of a row: strokes, areas, sides, breath, questions."""
    breath = tuple(f"breathe {each}" for each in row.breaths)
    asks = ("asks how it is",) if row.asks == 1 else (f"asks how it is, {row.asks} times",) if row.asks else ()
    return (*filter(None, (row.stroke, row.area)), *(("each side",) if row.sides else ()), *breath, *asks)


def _lines(text: str, across: float, wide: float = WIDE) -> int:
    """How many lines a text takes where `across` times the letters' height is its width; a long word may break."""
    room = max(1, int(across / wide))
    count = left = 0
    for word in text.split():
        if count and len(word) + 1 <= left:
            left -= len(word) + 1
        else:
            full, rest = divmod(len(word), room)
            count += full + (rest > 0)
            left = room - rest
    return count
