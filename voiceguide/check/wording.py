"""A sentence as words that can be looked up: every word with the base forms it may have, every known phrase where it stands.

Between the words of a phrase may stand small words that change nothing: "turn the head" is also found in "turn head", in "turn
their head" and in "turn your own head slowly".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from voiceguide.check import lexicon

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)?|%|[.,;:!?()—–…\"“”]")
_NOT = re.compile(r"n['’]t$")
_OWNED = re.compile(r"['’](?:s|re|ve|d|m)$")
_WILL = re.compile(r"['’]ll$")
_SHORTENED = {"ca": "can", "wo": "will", "sha": "shall"}
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"),
    ("er", ""), ("er", "e"), ("ers", ""),
)  # fmt: skip
_HISSES = ("s", "x", "z", "ch", "sh", "o")
_IRREGULAR = {
    "laid": "lay", "lying": "lie", "lies": "lie", "kept": "keep", "held": "hold", "felt": "feel", "went": "go", "goes": "go",
    "ran": "run", "feet": "foot", "dug": "dig", "left": "leave", "sat": "sit", "stood": "stand",
    "broke": "break", "broken": "break",
    "drew": "draw", "drawn": "draw", "brought": "bring", "found": "find", "came": "come", "calves": "calf", "are": "is",
    "be": "is", "been": "is", "was": "is", "were": "is", "being": "is", "am": "is",
}  # fmt: skip


_ARTICLES = frozenset(["the", "a", "an"])
_SMALL = _ARTICLES | {
    "their", "your", "his", "her", "its", "my", "our", "this", "that", "these", "those", "own", "partner", "both", "all",
    "just", "simply", "really", "quite", "very", "little", "bit", "too", "so", "far", "much", "left", "right", '"', "“", "”",
}  # fmt: skip
_MOST_SMALL = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a mark: `text` in lower case, `bases` it may be a form of, and where it stands in the sentence."""

    text: str
    bases: frozenset[str]
    at: int


@dataclass(frozen=True, slots=True)
class Sense:
    """A phrase of the lexicon: its `meaning`, and the words [start, end) of the sentence."""

    meaning: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """The sentence's words and marks in order; `don't` is two words, hyphens part words."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text):
        word = match[0].lower()
        if bare := _NOT.search(word):
            stem = word[: bare.start()]
            stem = _SHORTENED.get(stem, stem)
            found += [Word(stem, bases(stem), match.start()), Word("not", frozenset(["not"]), match.start())]
        elif will := _WILL.search(word):
            stem = word[: will.start()]
            found += [Word(stem, bases(stem), match.start()), Word("will", frozenset(["will"]), match.start())]
        else:
            word = _OWNED.sub("", word)
            found.append(Word(word, bases(word), match.start()))
    return tuple(found)


@cache
def bases(word: str) -> frozenset[str]:
    """What the word may be a form of, itself among it: pressing is press, digging is dig, sides is side."""
    forms = {word, _IRREGULAR.get(word, word)}
    if word == "upper":
        return frozenset(forms)
    for ending, instead in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 2 and (ending != "es" or stem.endswith(_HISSES)):
            forms.add(stem + instead)
            if ending not in ("s", "es") and len(stem) > 2 and stem[-1] == stem[-2]:
                forms.add(stem[:-1])
    return frozenset(forms)


@lru_cache(maxsize=8192)
def senses(text: str) -> tuple[Sense, ...]:
    """Every phrase of the lexicon in the sentence, in order of start; of one meaning, the longest at each place."""
    said = words(text)
    found: list[Sense] = []
    reached: dict[str, int] = {}
    for start in range(len(said)):
        best: dict[str, int] = {}
        for phrase, meanings in _index(said[start].bases):
            if end := _matched(said, start, phrase):
                for meaning in meanings:
                    best[meaning] = max(best.get(meaning, 0), end)
        for meaning, end in best.items():
            if start >= reached.get(meaning, 0):
                found.append(Sense(meaning, start, end))
                reached[meaning] = end
    return tuple(found)


def _matched(said: tuple[Word, ...], start: int, phrase: tuple[str, ...]) -> int:
    """The word behind the phrase that begins at `start`; 0 where it does not stand there."""
    number = start
    for part in phrase:
        last = min(number + (_MOST_SMALL if number > start else 0), len(said) - 1)
        while number < last and part not in said[number].bases and _is_small(said[number].text):
            number += 1
        if number >= len(said) or part not in said[number].bases:
            return 0
        number += 1
    return number


def _is_small(word: str) -> bool:
    return word in _SMALL or word.endswith("ly")


def of(text: str, *meanings: str) -> list[Sense]:
    """The places where the sentence has one of these meanings."""
    return [sense for sense in senses(text) if sense.meaning in meanings]


def says(text: str, *meanings: str) -> bool:
    """Whether the sentence has one of these meanings, turned round or not."""
    return bool(of(text, *meanings))


@cache
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """All phrases by their first word."""
    meanings: dict[tuple[str, ...], list[str]] = {}
    for meaning, phrases in lexicon.MEANINGS:
        for phrase in phrases:
            meanings.setdefault(_parts(phrase), []).append(meaning)
    index: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for parts, names in meanings.items():
        index.setdefault(parts[0], []).append((parts, tuple(dict.fromkeys(names))))
    return {first: tuple(entries) for first, entries in index.items()}


def _parts(phrase: str) -> tuple[str, ...]:
    """The words of a phrase, without the articles inside it."""
    parts = [_plain(word) for word in _TOKEN.findall(phrase)]
    return tuple(part for number, part in enumerate(parts) if number in (0, len(parts) - 1) or part not in _ARTICLES)


def _plain(word: str) -> str:
    return "is" if word in ("are", "be") else _OWNED.sub("", word)


def _index(forms: frozenset[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    index = _phrases()
    return [entry for form in forms for entry in index.get(form, ())]
