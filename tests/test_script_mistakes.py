"""Mistakes become problems, all of them, with the nearest known name."""

import pytest

from voiceguide.errors import Problem, ScriptErrors
from voiceguide.script.mistakes import MOST_PROBLEMS, Mistake, each, noted, raise_all, short, unknown
from voiceguide.script.model import Place

AT = Place("a.md", 3, 4)


def test_a_mistake_says_what_why_and_what_to_do():
    mistake = Mistake("what", "fix it", "why")
    assert str(mistake) == "what; why; fix it"
    assert mistake.problem(AT) == Problem("a.md", 3, 4, "what", "why", "fix it")
    assert Mistake("what", at=Place("b.md", 1)).problem(AT).file == "b.md"


def test_noting_goes_on_and_lets_other_errors_through():
    problems = []
    with noted(problems, AT):
        raise Mistake("one")
    with noted(problems, AT):
        each(["a", "1", "b"], number)
    assert [problem.message for problem in problems] == ["one", "a is no number", "b is no number"]
    with pytest.raises(ZeroDivisionError), noted(problems, AT):
        _ = 1 // 0


def number(text):
    if not text.isdigit():
        raise Mistake(f"{text} is no number")
    return int(text)


def test_each_gives_what_was_read():
    assert each(["1", "2"], number) == [1, 2]


def test_raising_all_sorts_and_drops_what_stands_twice():
    raise_all([])
    first, second = Problem("a.md", 2, 1, "x"), Problem("a.md", 10, 1, "y")
    with pytest.raises(ScriptErrors) as caught:
        raise_all([second, first, second])
    assert caught.value.problems == (first, second)
    with pytest.raises(ScriptErrors) as caught:
        raise_all(Problem("a.md", line, 1, "x") for line in range(1, 500))
    assert len(caught.value.problems) == MOST_PROBLEMS


def test_the_nearest_name_or_what_to_do_otherwise_or_all_names():
    assert unknown("bell", "Bowle", ["bowl", "soft"]).fix == "did you mean 'bowl'?"
    assert unknown("bell", "xyz", ["bowl", "soft"], "ring it").fix == "ring it"
    assert unknown("bell", "xyz", ["bowl", "soft"]).fix == "known: bowl, soft"


def test_long_texts_are_cut_short():
    assert short("a\n b") == "'a b'"
    assert len(short("x" * 1000)) == 62
