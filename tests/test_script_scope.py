"""What a direction knows: words in quotes, parts between commas, and how a sentence is spoken here."""

import pytest

from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Place, Say
from voiceguide.script.patterns import PATTERNS
from voiceguide.script.scope import LONGEST_SENTENCE, Scope, clauses, quoted

AT = Place("a.md", 3, 4)
SCOPE = Scope(AT, PATTERNS["easy"].use, "giver", "heart", 110)


def test_sentences_are_spoken_as_the_scope_says():
    assert SCOPE.say(" Let\n go. ", opens=True) == Say("Let go.", AT, True, "giver", "heart", 110)


@pytest.mark.parametrize("text", ["", "...", "😀", "* * *", "—"])
def test_what_no_voice_can_speak(text):
    with pytest.raises(Mistake, match="no voice can speak"):
        SCOPE.say(text)


def test_a_sentence_can_be_too_long():
    assert SCOPE.say("a" * LONGEST_SENTENCE)
    with pytest.raises(Mistake, match="a sentence of 1001 characters"):
        SCOPE.say("a" * (LONGEST_SENTENCE + 1))


def test_letters_of_every_alphabet_and_digits_can_be_spoken():
    assert [SCOPE.say(text).text for text in ("あ", "5", "Ω", "नमस्ते")] == ["あ", "5", "Ω", "नमस्ते"]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("30s, halfway", ["30s", "halfway"]),
        ('30s, say "a, b" at half,', ["30s", 'say "a, b" at half']),
        ("say “a, b” at half, x", ["say “a, b” at half", "x"]),
        ("", []),
        (" , ,", []),
        ('a "b, c', ['a "b', "c"]),
    ],
)
def test_clauses(text, parts):
    assert clauses(text) == parts


def test_quoted_words():
    assert [quoted('"a b"'), quoted(" “a” "), quoted('""')] == ["a b", "a", ""]
    for text in ("a", '"a', '"a" b', '"a" "b"', ""):
        with pytest.raises(Mistake):
            quoted(text)
