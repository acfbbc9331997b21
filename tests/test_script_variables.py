"""Blanks in the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Front, Place, Variable
from voiceguide.script.variables import fill, fill_some, listed, names, ordinal, tidy, wrong_blanks

FRONT = Front("A", Place("a.md", 1), variables=(Variable("name", None, (), "", Place("a.md", 2)),))


def test_known_names_are_the_variables_the_built_in_ones_and_the_roles():
    built_in = {"side", "other side", "n", "ordinal", "minutes", "needs", "pressure", "drops", "giver", "receiver"}
    assert names(FRONT) == {"name"} | built_in


def test_wrong_blanks_and_where():
    found = list(wrong_blanks("{name} {nmae} {other  side} { {} }", names(FRONT)))
    assert [offset for offset, _ in found] == [7, 28, 30, 33]
    assert "did you mean 'name'?" in str(found[0][1])
    assert "a brace stands alone" in str(found[1][1])
    assert list(wrong_blanks("{name} and {side}", names(FRONT))) == []


def test_an_unknown_blank_shows_how_to_declare_it():
    ((_, mistake),) = wrong_blanks("{scent}", names(FRONT))
    assert mistake.fix == "write it under variables in the front matter, as scent: {default: ...}"


def test_filling():
    assert fill("{name}, your { other  side }.", {"name": "Sam", "other side": "left"}) == "Sam, your left."
    assert fill_some("{name}, your {side}.", {"name": "{receiver}"}) == "{receiver}, your {side}."
    assert fill("{a} {b}", {"a": "{b}", "b": "c"}) == "{b} c"


def test_a_capital_in_the_braces_makes_one_in_the_words():
    values = {"name": "your partner", "pronouns": "she", "side": ""}
    text = "{Name}, {They are} here, in {their} way, and {Side}."
    assert list(wrong_blanks(text, names(FRONT))) == []
    assert fill(text, values) == "Your partner, She is here, in her way, and ."
    assert fill_some("{Name} {Their}", {"name": "{receiver}", "pronouns": "{x}"}) == "{Receiver} {Their}"


def test_one_verb_goes_with_they():
    ((_, mistake),) = wrong_blanks("{they are calm}", names(FRONT))
    assert mistake.fix == "after they stands one verb, in the present: {they breathe}"


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("{side}", "it stands in a section with {each side}"),
        ("{n}", "it stands in a section with {repeat ...}"),
        ("{needs}", "needs: [a chair]"),
        ("{pressure}", "a heading with {pressure 3-5}"),
        ("{drops}", "variables: {oil ml: 15, oil percent: 1}"),
        ("{name}", "--set name=..."),
    ],
)
def test_a_blank_without_a_value_says_what_to_do(text, how):
    with pytest.raises(Mistake) as caught:
        fill(text, {})
    assert how in caught.value.fix


def test_words_for_numbers_and_lists():
    assert [ordinal(number) for number in (1, 2, 3, 12, 13, 21, 22, 23, 100, 111)] == (
        ["first", "second", "third", "twelfth", "13th", "21st", "22nd", "23rd", "100th", "111th"]
    )
    assert [listed(("a",)), listed(("a", "b")), listed(("a", "b", "c"))] == ["a", "a and b", "a, b and c"]
    assert tidy(" a \n b ") == "a b"


@given(st.text(max_size=40))
def test_what_has_no_wrong_blanks_can_be_filled(text):
    values = dict.fromkeys(names(FRONT), "x")
    if not list(wrong_blanks(text, names(FRONT))):
        assert "{" not in fill(text, values)
