import re

from voiceguide.check import lexicon


def test_phrases_are_in_lower_case_and_each_meaning_has_some():
    for meaning, phrases in lexicon.MEANINGS:
        assert phrases, meaning
        assert all(phrase == phrase.lower().strip() and phrase for phrase in phrases), meaning
        assert len(set(phrases)) == len(phrases), meaning


def test_alternatives_are_phrases_of_their_own():
    phrases = dict(lexicon.MEANINGS)["holding"]
    assert {"hold breath", "retain air"} <= set(phrases)
    assert not any("/" in phrase for _, said in lexicon.MEANINGS for phrase in said)


def test_no_meaning_is_said_twice():
    names = [meaning for meaning, _ in lexicon.MEANINGS]
    assert len(set(names)) == len(names)


def test_nobody_presses_on_these():
    assert set(lexicon.FORBIDDEN) == {
        "spine", "tailbone", "ribs", "collarbone", "throat", "armpit", "knee hollow", "eyes", "bony edge",
    }  # fmt: skip


def test_orders_are_single_words():
    assert all(re.fullmatch(r"[a-z]+", verb) for verb in lexicon.VERBS)
