import pytest

from voiceguide.check.amounts import counted, durations, numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("eight out of ten", [8, 10]),
        ("twenty-five drops", [25]),
        ("1.5 percent", [1.5]),
        ("no number", []),
        ("five or six", [5, 6]),
    ],
)
def test_numbers_in_words_and_digits(text, values):
    assert [value for value, _, _ in numbers(text)] == values


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("for two minutes", 120),
        ("90 s", 90),
        ("half a minute", 30),
        ("one full minute", 60),
        ("forty-five seconds", 45),
        ("two and a half minutes", 150),
        ("a minute and a half", 90),
        ("a quarter of an hour", 900),
    ],
)
def test_lengths_of_time(text, seconds):
    assert [value for value, _ in durations(text)] == [seconds]


def test_what_is_counted():
    assert [value for value, _ in counted("six drops in thirty ml", "drop")] == [6]
