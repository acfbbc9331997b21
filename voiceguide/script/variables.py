"""Blanks in the words: `{name}` from the front matter, `{side}` and its kin from where the words stand."""

import re
from collections.abc import Iterator, Mapping

from voiceguide.script.mistakes import Mistake, unknown
from voiceguide.script.model import Front

BUILT_IN = ("side", "other side", "n", "ordinal", "minutes", "needs")
ROLES = {"giver": "the giver", "receiver": "your partner"}

UNSPEAKABLE = "R30"
"""The rule of the check that a blank without a value breaks: the voice cannot say it."""

_BLANK = re.compile(r"\{([^{}]*)\}|[{}]")
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


def tidy(name: str) -> str:
    """A name with single spaces."""
    return " ".join(name.split())


def names(front: Front) -> frozenset[str]:
    """Everything that may stand in braces in this script."""
    return frozenset([*BUILT_IN, *ROLES, *(variable.name for variable in front.variables)])


def wrong_blanks(text: str, known: frozenset[str]) -> Iterator[tuple[int, Mistake]]:
    """Braces that no value could ever fill, each with its offset in `text`."""
    for match in _BLANK.finditer(text):
        name = tidy(match[1] or "")
        if not name:
            yield match.start(), Mistake("a brace stands alone", "braces hold a variable, such as {name}")
        elif name not in known:
            fix = f"write it under variables in the front matter, as {name}: {{default: ...}}"
            yield match.start(), unknown("variable", name, sorted(known), fix, rule=UNSPEAKABLE)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every blank filled; Mistake names the first that has no value."""

    def value(match: re.Match[str]) -> str:
        name = tidy(match[1] or "")
        if name not in values:
            fix = _HOW.get(name, f"give it a default, or a value: --set {name}=...")
            raise Mistake(f"{{{name}}} has no value here", fix, rule=UNSPEAKABLE)
        return values[name]

    return _BLANK.sub(value, text)


def fill_some(text: str, values: Mapping[str, str]) -> str:
    """The text with the blanks in `values` filled and the others left."""
    return _BLANK.sub(lambda match: values.get(tidy(match[1] or ""), match[0]), text)


def ordinal(number: int) -> str:
    """1 is `first`; from 13 on in digits, `13th`."""
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def listed(words: tuple[str, ...]) -> str:
    """`a chair`, `a chair and a pillow`, `a chair, a pillow and a towel`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


_SIDE = "it stands in a section with {each side}"
_ROUND = "it stands in a section with {repeat ...}"
_HOW = {
    "side": f"{_SIDE}, not in that section's own heading",
    "other side": f"{_SIDE}, not in that section's own heading",
    "n": f"{_ROUND}, not in that section's own heading",
    "ordinal": f"{_ROUND}, not in that section's own heading",
    "needs": "the front matter needs a line such as needs: [a chair]",
}
