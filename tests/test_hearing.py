"""A routine recognised back from its sound: nothing lost, nothing spoken that is not to be; by a recogniser that would tell."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import routines_kit as kit
from hearing_ear import SmallEar
from hearing_kit import LEAD, Line, compare, edits, error_rate, lines, markup, unspoken, words
from hypothesis import given
from hypothesis import strategies as st

PAGE = Path(__file__).parent.parent / "docs" / "hearing.md"
NAME = "gentle-side-lying"
SOME = st.lists(st.sampled_from(["roll", "the", "left", "shoulder"]), max_size=6).map(tuple)


def same(one: str, other: str) -> bool:
    return one == other


@cache
def heard_routine():
    """The sentences as heard, those with markup spoken behind them, and the first long ones with their middle hushed."""
    routine, slips = lines(NAME)
    alien = unspoken(NAME, routine)
    ear = SmallEar([line.said for line in routine], alien)
    cut = [hushed_in_the_middle(line) for line in routine if len(line.said) >= 8][:8]
    return tuple([compare(line, ear(line.sound), alien, ear.alike) for line in some] for some in (routine, slips, cut))


def hushed_in_the_middle(line: Line) -> Line:
    sound, third = line.sound.copy(), (len(line.sound) - 2 * LEAD) // 3
    sound[LEAD + third : LEAD + 2 * third] = 0
    return replace(line, sound=sound)


@pytest.mark.slow
@pytest.mark.needs("pocketsphinx")
class TestHeard:
    def test_the_words_of_a_routine_are_heard_and_no_others(self) -> None:
        routine, _, _ = heard_routine()
        assert sum(len(one.line.said) for one in routine) > 250
        assert error_rate(routine) < 3
        assert [one.line.text for one in routine if one.suspicious] == []

    def test_spoken_markup_would_be_noticed(self) -> None:
        _, slips, _ = heard_routine()
        assert len(slips) == len(markup(NAME)) == 5
        assert all(one.suspicious for one in slips)

    def test_swallowed_words_would_be_noticed(self) -> None:
        _, _, cut = heard_routine()
        assert len(cut) == 8
        assert all(one.missed for one in cut)


@given(SOME, SOME)
def test_edits_hold_both_sentences_and_are_never_more_than_all_words(said, heard):
    found = edits(said, heard, same)
    assert tuple(one for one, _ in found if one) == said
    assert tuple(other for _, other in found if other) == heard
    assert sum(one != other for one, other in found) <= max(len(said), len(heard))


@given(SOME)
def test_what_is_heard_as_it_was_said_has_no_error(said):
    assert all(one == other for one, other in edits(said, said, same))


@pytest.mark.parametrize(
    ("heard", "wrong", "suspicious"),
    [
        ("Sit in the chair.", (), False),
        ("sit inn the chair", (), False),
        ("sit the chair", (("in", ""),), False),
        ("sit in a chair", (("the", "a"),), False),
        ("sit in the bracket chair", (("", "bracket"),), True),
        ("sit in the chair please now", (("", "please"), ("", "now")), True),
        ("", (("sit", ""), ("in", ""), ("the", ""), ("chair", "")), False),
    ],
)
def test_what_counts_as_an_error_and_what_as_suspicious(heard, wrong, suspicious):
    line = Line("Sit in the chair.", None)
    one = compare(line, heard, frozenset({"bracket"}), lambda said, got: said == got or {said, got} == {"in", "inn"})
    assert (one.errors, one.suspicious) == (wrong, suspicious)


def test_figures_are_compared_as_they_are_spoken():
    assert words("Five or 6/10, for 30 s.") == words("5 or six out of ten, for thirty seconds")


def test_what_is_never_spoken_is_listened_for():
    found = unspoken("desk-reset", [Line("Hold the chair.", None)])
    assert {"bracket", "minutes", "pressure", "clinician", "keep", "ideal", "seconds"} <= found
    assert not {"hold", "the", "chair"} & found


@pytest.mark.parametrize("name", [*kit.ROUTINES, *kit.INCLUDES])
def test_what_was_heard_of_every_routine_is_in_the_document(name):
    """After a routine has changed, `make hearing` writes it anew."""
    assert PAGE.read_text(encoding="utf-8").count(f"| `{name}` |") == 2
