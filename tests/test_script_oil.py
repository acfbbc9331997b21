"""Drops of essential oil."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.script.mistakes import Mistake
from voiceguide.script.oil import MOST_ML, STRONGEST, counted, drops


def asked(millilitres, percent):
    return drops({"oil ml": str(millilitres), "oil percent": str(percent)})


def test_the_rule_of_thumb():
    assert [asked(30, percent) for percent in (1, 2, 3)] == [6, 12, 18]
    assert [asked(15, 1), asked(5, 1), asked(5, "0.5"), asked(0, 3), asked(30, 0)] == [3, 1, 0, 0, 0]


def test_words():
    assert [counted(number) for number in (0, 1, 2, 12)] == ["no drops", "1 drop", "2 drops", "12 drops"]


def test_nothing_where_one_of_them_is_not_said():
    assert drops({"oil ml": "15"}) is drops({"oil percent": "1"}) is drops({}) is None


@pytest.mark.parametrize(
    ("millilitres", "percent", "words"),
    [
        (15, "3.1", "essential oil above 3 %"),
        (15, "-1", "from 0 to 3"),
        (201, 1, "from 0 to 200"),
        ("a spoon", 1, "oil ml cannot be 'a spoon'"),
        (15, "nan", "oil percent"),
    ],
)
def test_too_much_is_refused(millilitres, percent, words):
    with pytest.raises(Mistake, match=words):
        asked(millilitres, percent)


@given(st.decimals(0, MOST_ML, places=2), st.decimals(0, STRONGEST, places=2))
def test_never_stronger_than_asked(millilitres, percent):
    assert 0 <= asked(millilitres, percent) <= float(millilitres) * 20 * float(percent) / 100 + 1e-9
