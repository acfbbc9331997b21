"""Pronouns, and the verbs that go with them."""

import pytest

from voiceguide.script.pronouns import PRONOUNS, is_pronoun, pronoun


@pytest.mark.parametrize(
    ("blank", "she", "he"),
    [
        ("they", "she", "he"),
        ("them", "her", "him"),
        ("their", "her", "his"),
        ("theirs", "hers", "his"),
        ("themselves", "herself", "himself"),
        ("they are", "she is", "he is"),
        ("they're", "she's", "he's"),
        ("they've", "she's", "he's"),
        ("they'll", "she'll", "he'll"),
        ("they have", "she has", "he has"),
        ("they do", "she does", "he does"),
        ("they don't", "she doesn't", "he doesn't"),
        ("they aren't", "she isn't", "he isn't"),
        ("they can't", "she can't", "he can't"),
        ("they won't", "she won't", "he won't"),
        ("they shan't", "she shan't", "he shan't"),
        ("they may", "she may", "he may"),
        ("they breathe", "she breathes", "he breathes"),
        ("they reach", "she reaches", "he reaches"),
        ("they carry", "she carries", "he carries"),
        ("they say", "she says", "he says"),
        ("they relax", "she relaxes", "he relaxes"),
    ],
)
def test_forms(blank, she, he):
    assert is_pronoun(blank)
    assert [pronoun(blank, which) for which in PRONOUNS] == [blank, she, he]


@pytest.mark.parametrize("name", ["name", "they are calm", "they  are", "the", "theyare", "they 2", "they -s", ""])
def test_nothing_else_is_one(name):
    assert not is_pronoun(name)
    assert pronoun(name, "she") is None


def test_pronouns_that_the_language_does_not_know_fill_nothing():
    assert pronoun("their", "{receiver}") is None
