"""Words of pressure, one step softer or firmer: what a sentence becomes when somebody answers a check-in.

The scale is the receiver's: 1 to 10, of which 7 is the edge and nobody is sent past it; 3 is light, 5 medium, 6 firm.
"""

import re
from typing import Literal

from voiceguide.plan.words import NUMBERS

Pressure = Literal["softer", "firmer"]

SCALE = (
    ("feather-light", "feather-lightly"),
    ("light", "lightly"),
    ("gentle", "gently"),
    ("medium", "moderately"),
    ("firm", "firmly"),
    ("deep", "deeply"),
)
"""Adjective and adverb of each step, softest first. `moderate` is another word for medium."""

FIRMEST = 4
"""The step at which firmer ends: `firm`. What was written deeper stays as it is."""

LEAST, MOST = 1, 7
"""The same two ends in numbers."""

_STEPS = {word: step for step, words in enumerate(SCALE) for word in words} | {"moderate": 3}
_DIGITS = {name.rstrip(".").lower(): number for number, name in enumerate(NUMBERS, 1)}
_WORD = re.compile(rf"(?<![\w-])({'|'.join(sorted(_STEPS, key=len, reverse=True))})(?![\w-])", re.IGNORECASE)

_N = rf"(?:\d+|{'|'.join(_DIGITS)})"
_ENOUGH = r"is (?:enough|plenty|right|good)"
_NUMBER = re.compile(
    rf"(\bpressure (?:(?:of|at|is|near|about|around) )?(?:an? )?"
    rf"|(?<!of )\b(?={_N}(?: (?:or|to) {_N})?(?: out of ten| at most| {_ENOUGH})\b))({_N})\b(?:( (?:or|to) )({_N})\b)?",
    re.IGNORECASE,
)
"""`a pressure of five`, `pressure 3 to 5`; `five is enough`, `three or four is plenty`, `six at most`, `five out of ten`."""

_NOT_AFTER = re.compile(rf"((breath|breathe|breathing|inhale|exhale|sigh|sleep)\W*|\b{_N} is )$", re.IGNORECASE)
_NOT_BEFORE = re.compile(r"\W*(in-|out-)?(breath|sigh|inhale|exhale|sleep|rest\b|movement)| (as|means)\b", re.IGNORECASE)
_LAMP = re.compile(r"\b(the|some|soft|dim|warm|of)\s+$", re.IGNORECASE)
_TOUCH = re.compile(r" (pressure|touch|stroke|hand|palm|circle|press)", re.IGNORECASE)


def softer(text: str) -> str:
    """The sentence with its words and numbers of pressure one step down, 1 and feather-light at least."""
    return _changed(text, -1)


def firmer(text: str, most: int = MOST) -> str:
    """The sentence with its words and numbers of pressure one step up, `most` and firm at most; under 6, gentle or medium."""
    return _changed(text, 1, most)


def _changed(text: str, change: int, most: int = MOST) -> str:
    text = _NUMBER.sub(lambda found: _numbers(found, change, most), text)
    firmest = min(FIRMEST, max(0, most - 2))
    return _WORD.sub(lambda found: found[0] if _of_something_else(found) else _word(found[0], change, firmest), text)


def _word(word: str, change: int, firmest: int) -> str:
    step = _STEPS[word.lower()]
    other = max(0, step - 1) if change < 0 else max(step, min(step + 1, firmest))
    if other == step:
        return word
    return _like(word, SCALE[other][word.lower().endswith("ly")])


def moved(number: int, steps: int, most: int = MOST) -> int:
    """A pressure that many steps firmer, or softer where they are negative, from 1 to `most`; what was past that stays."""
    return max(LEAST, number + steps) if steps < 0 else max(number, min(number + steps, most))


def _numbers(found: re.Match[str], change: int, most: int) -> str:
    """One number, or two with `or` or `to` between them."""
    second = found[3] + _number(found[4], change, most) if found[3] else ""
    return found[1] + _number(found[2], change, most) + second


def _number(written: str, change: int, most: int) -> str:
    number = moved(int(written) if written.isdigit() else _DIGITS[written.lower()], change, most)
    return str(number) if written.isdigit() else _like(written, NUMBERS[number - 1].rstrip(".").lower())


def _like(written: str, word: str) -> str:
    """The word with the capitals of the one it replaces."""
    if written.isupper():
        return word.upper()
    return word.capitalize() if written[0].isupper() else word


def _of_something_else(found: re.Match[str]) -> bool:
    """Whether it tells of a breath, a number or a lamp: `a deep breath`, `breathe gently`, `six is firm`, `dim the light`."""
    before, after = found.string[: found.start()], found.string[found.end() :]
    lamp = found[0].lower() == "light" and _LAMP.search(before) and not _TOUCH.match(after)
    return bool(_NOT_AFTER.search(before) or _NOT_BEFORE.match(after) or lamp)
