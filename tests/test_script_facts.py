"""What is known before a session begins."""

import pytest

from voiceguide.errors import UsageError
from voiceguide.script.facts import facts, words
from voiceguide.script.parser import parse

FRONT = "title: A\nfor: partner\nposition: [prone, seated]\nvariables: {oil ml: 15, oil percent: 1, pronouns: she, name: }"


def known(values=None, front=FRONT, minutes=10.0):
    problems = []
    found = facts(parse(f"---\n{front}\n---\nHi.", "a.md").front, values or {}, minutes, problems)
    return found, [problem.message for problem in problems]


def test_what_holds_when_nobody_says_otherwise():
    found, problems = known(front="title: A")
    assert (found, problems) == (
        {"giver": "the giver", "receiver": "your partner", "pronouns": "they", "guidance": "full", "minutes": "10.0"},
        [],
    )


def test_what_the_writer_and_the_person_say():
    found, problems = known({"oil ml": "30", "name": "  Sam  B ", "position": "seated"})
    assert not problems
    assert (found["drops"], found["name"], found["position"], found["pronouns"]) == ("6", "Sam B", "seated", "she")
    assert words(found)["drops"] == "6 drops"


def test_minutes_are_exact_to_compare_and_whole_to_say():
    found, _ = known(minutes=17.98)
    assert (found["minutes"], words(found)["minutes"]) == ("17.98", "18")


def test_what_cannot_be_set_is_told_all_at_once():
    with pytest.raises(UsageError) as refused:
        known({"drops": "9", "minutes": "3", "pronouns": "it", "positon": "prone", "giver": " ", "name": "x" * 201})
    said = str(refused.value)
    assert said.startswith("A: there is no variable 'drops'")
    for each in (
        "no variable 'minutes'",
        "no choice of pronouns 'it'",
        "did you mean 'position'?",
        "name has 201 characters",
        "giver is empty",
    ):
        assert each in said


def test_too_much_oil_is_told_where_it_was_asked_for():
    with pytest.raises(UsageError, match="oil percent cannot be '9'"):
        known({"oil percent": "9"})
    _, problems = known(front=FRONT.replace("oil percent: 1", "oil percent: 9"))
    assert problems == ["oil percent cannot be '9'"]
