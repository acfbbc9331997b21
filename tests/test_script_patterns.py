"""Breathing patterns: the table, and digits as written."""

import pytest

from voiceguide.audio import RATE
from voiceguide.script.model import Pattern
from voiceguide.script.patterns import PATTERNS, holds_breath, read_pattern


@pytest.mark.parametrize(
    ("name", "phases"),
    [
        ("easy", (4, 0, 5, 0, 0)),
        ("six", (5, 0, 5, 0, 0)),
        ("coherent", (5.5, 0, 5.5, 0, 0)),
        ("extended", (4, 0, 6, 0, 0)),
        ("box", (4, 4, 4, 4, 0)),
        ("478", (4, 7, 8, 0, 0)),
        ("sigh", (2, 0, 6, 1, 1)),
        ("4-6", (4, 0, 6, 0, 0)),
        ("4-7-8", (4, 7, 8, 0, 0)),
        ("4–2–6–1", (4, 2, 6, 1, 0)),
        ("2.5-3.5", (2.5, 0, 3.5, 0, 0)),
        ("3+1-0-7", (3, 0, 7, 0, 1)),
    ],
)
def test_patterns(name, phases):
    assert read_pattern(name) == Pattern(name, *(round(seconds * RATE) for seconds in phases))


def test_names_may_be_capitals_and_periods_add_up():
    assert read_pattern(" Box ") == PATTERNS["box"].use
    assert PATTERNS["sigh"].use.period == 10 * RATE


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("boxx", "did you mean 'box'"),
        ("coherant", "did you mean 'coherent'"),
        ("deep", "known: easy, six"),
        ("", "missing"),
        ("4", "no breathing pattern"),
        ("0-5", "nobody can breathe"),
        ("4-0", "nobody can breathe"),
        ("4-31", "nobody can breathe"),
        ("4-4-4-4-4", "no breathing pattern"),
        ("4--4", "no breathing pattern"),
    ],
)
def test_what_nobody_breathes(text, message):
    with pytest.raises(ValueError, match=message):
        read_pattern(text)


def test_holding_the_breath():
    assert {name for name in PATTERNS if holds_breath(PATTERNS[name].use)} == {"box", "478", "sigh"}
