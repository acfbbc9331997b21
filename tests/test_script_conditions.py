"""Conditions: what may be asked, and when it is met."""

import pytest

from voiceguide.script.conditions import check_condition, met
from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Condition, Front, Place, Variable

AT = Place("a.md", 3)
FRONT = Front(
    "A", AT, audience="self", position=("prone", "seated"), variables=(Variable("oil", "oil", ("oil", "lotion"), "", AT),)
)


def when(name, sign, value):
    return Condition(name, sign, value, AT)


@pytest.mark.parametrize(
    "condition",
    [
        when("minutes", ">=", "25"),
        when("minutes", "=", "12.5"),
        when("position", "=", "seated"),
        when("guidance", "!=", "sparse"),
        when("for", "=", "partner"),
        when("oil", "=", "lotion"),
        when("oil", "<", "3"),
        when("giver", "=", "Sam"),
        when("pronouns", "=", "she"),
    ],
)
def test_conditions_that_make_sense(condition):
    check_condition(condition, FRONT)


@pytest.mark.parametrize(
    ("condition", "front", "message"),
    [
        (when("minuets", ">=", "25"), FRONT, "did you mean 'minutes'?"),
        (when("minutes", ">=", "25m"), FRONT, "write for example when minutes >= 25"),
        (when("minutes", "=", "long"), FRONT, "not a number"),
        (when("position", "=", "seatd"), FRONT, "did you mean 'seated'?"),
        (when("oil", "=", "butter"), FRONT, "there is no choice of oil 'butter'"),
        (when("position", "=", "seated"), Front("A", AT), "write position: [prone, seated] in the front matter"),
        (when("drops", ">", "0"), FRONT, "write variables: {oil ml: 15, oil percent: 1} in the front matter"),
        (when("for", "=", "self"), Front("A", AT), "write for: partner in the front matter"),
    ],
)
def test_conditions_that_do_not(condition, front, message):
    with pytest.raises(Mistake) as caught:
        check_condition(condition, front)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("fact", "sign", "value", "holds"),
    [
        ("25", ">=", "25", True),
        ("24.99", ">=", "25", False),
        ("17.983333333333334", "<", "18", True),
        ("12.0", "=", "12", True),
        ("12.0", "!=", "12", False),
        ("Seated", "=", "seated", True),
        ("prone", "!=", "seated", True),
        ("9", "<", "10", True),
        ("9", "<=", "9", True),
        ("9", ">", "9", False),
    ],
)
def test_met(fact, sign, value, holds):
    assert met(when("x", sign, value), {"x": fact}) is holds


def test_nothing_to_compare():
    with pytest.raises(Mistake, match="x has no value"):
        met(when("x", "=", "1"), {})
    with pytest.raises(Mistake, match="not a number"):
        met(when("x", "<", "1"), {"x": "warm"})
