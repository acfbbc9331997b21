"""Numbers in words and digits: "eight out of ten", "for two minutes", "twenty drops in thirty millilitres"."""

from collections.abc import Iterator

from voiceguide.check.wording import Word, words

_ONES = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {name: float(number) for number, name in enumerate(_ONES.split())} | {
    name: 20.0 + 10 * number for number, name in enumerate(_TENS.split())
}
_VALUES |= {"half": 0.5, "a": 1.0, "an": 1.0, "hundred": 100.0, "quarter": 0.25}
_QUARTER, _HALF = 0.25, 0.5
_SECONDS = {"second": 1.0, "sec": 1.0, "s": 1.0, "minute": 60.0, "min": 60.0, "m": 60.0, "hour": 3600.0}


def numbers(text: str) -> Iterator[tuple[float, int, int]]:
    """Every number with the words [start, end) that say it."""
    said = words(text)
    number = 0
    while number < len(said):
        value, end = _read(said, number)
        if value is None:
            number += 1
        else:
            yield value, number, end
            number = end


def durations(text: str) -> Iterator[tuple[float, int]]:
    """Every length of time in seconds, with the word at which it starts: "two minutes", "half a minute", "90 s"."""
    said = words(text)
    for value, start, end in numbers(text):
        after = end + 1 if end < len(said) and said[end].text in ("a", "full", "long", "whole", "slow") else end
        if after < len(said):
            unit = next((_SECONDS[base] for base in said[after].bases if base in _SECONDS), 0.0)
            if unit:
                half = [word.text for word in said[after + 1 : after + 4]] == ["and", "a", "half"]
                yield (value + half / 2) * unit, start


def counted(text: str, *units: str) -> Iterator[tuple[float, int]]:
    """Every number of these units ("drop", "percent", "%"), with the word at which it starts."""
    said = words(text)
    for value, start, end in numbers(text):
        if end < len(said) and said[end].bases & set(units):
            yield value, start


def _read(said: tuple[Word, ...], number: int) -> tuple[float | None, int]:
    word = said[number].text
    if word[0].isdigit():
        return float(word), number + 1
    if word not in _VALUES:
        return None, number
    value, end = _VALUES[word], number + 1
    if word == "quarter" and [said_word.text for said_word in said[end : end + 2]] in (["of", "an"], ["of", "a"]):
        return _QUARTER, end + 2
    if word == "half" and end < len(said) and said[end].text in ("a", "an"):
        return value, end + 1
    if (
        20 <= value < 100
        and end < len(said)
        and 0 < _VALUES.get(said[end].text, 0) < 10
        and said[end].text not in ("a", "an", "half")
    ):
        value, end = value + _VALUES[said[end].text], end + 1
    if [one.text for one in said[end : end + 3]] == ["and", "a", "half"]:
        return value + _HALF, end + 3
    return value, end
