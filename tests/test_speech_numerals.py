import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.speech.numerals import cardinal, decimal, fraction, ordinal


@pytest.mark.parametrize(
    ("digits", "words"),
    [
        ("0", "zero"),
        ("13", "thirteen"),
        ("40", "forty"),
        ("99", "ninety-nine"),
        ("100", "one hundred"),
        ("1250", "one thousand two hundred fifty"),
        ("2000000", "two million"),
        ("007", "zero zero seven"),
        ("1000000000000", "one zero zero zero zero zero zero zero zero zero zero zero zero"),
    ],
)
def test_cardinal(digits, words):
    assert cardinal(digits) == words


@pytest.mark.parametrize(
    ("digits", "words"),
    {
        "1": "first",
        "2": "second",
        "5": "fifth",
        "12": "twelfth",
        "20": "twentieth",
        "21": "twenty-first",
        "103": "one hundred third",
    }.items(),
)
def test_ordinal(digits, words):
    assert ordinal(digits) == words


def test_decimal_and_fraction():
    assert decimal("2.50") == "two point five zero"
    assert decimal("1,250") == "one thousand two hundred fifty"
    assert fraction("1", "2") == "one half"
    assert fraction("3", "2") == "three halves"
    assert fraction("3", "4") == "three quarters"
    assert fraction("2", "3") == "two thirds"


@given(st.integers(0, 10**12 - 1))
def test_any_number_has_a_name_of_its_own_without_figures(number):
    words = cardinal(str(number))
    assert words.replace("-", "").replace(" ", "").isalpha()
    assert words != cardinal(str(number + 1))
