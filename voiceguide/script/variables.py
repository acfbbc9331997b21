"""Blanks in the words: `{name}` from the front matter, `{side}` and its kin from where the words stand."""

import re
from collections.abc import Iterator, Mapping

from voiceguide.script.mistakes import Mistake, unknown
from voiceguide.script.model import Front
from voiceguide.script.pronouns import is_pronoun, pronoun

BUILT_IN = ("side", "other side", "n", "ordinal", "minutes", "needs", "pressure", "drops")
OIL = ("oil ml", "oil percent")
ROLES = {"giver": "the giver", "receiver": "your partner"}

UNSPEAKABLE = "R30"
"""The rule of the check that a blank without a value breaks: the voice cannot say it."""

_BLANK = re.compile(r"\{([^{}]*)\}|[{}]")
_LETTER = re.compile(r"[^\W\d_]")
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
        elif "they " in name.lower() and not _fillable(name, known):
            fix = "after they stands one verb, in the present: {they breathe}"
            yield match.start(), Mistake(f"{{{name}}} is not understood", fix, rule=UNSPEAKABLE)
        elif not _fillable(name, known):
            fix = f"write it under variables in the front matter, as {name}: {{default: ...}}"
            yield match.start(), unknown("variable", name, sorted(known), fix, rule=UNSPEAKABLE)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every blank filled; Mistake names the first that has no value."""

    def value(match: re.Match[str]) -> str:
        name = tidy(match[1] or "")
        filled = _value(name, values)
        if filled is None:
            fix = _HOW.get(name, f"give it a default, or a value: --set {name}=...")
            raise Mistake(f"{{{name}}} has no value here", fix, rule=UNSPEAKABLE)
        return filled

    return _BLANK.sub(value, text)


def fill_some(text: str, values: Mapping[str, str]) -> str:
    """The text with the blanks in `values` filled and the others left."""

    def value(match: re.Match[str]) -> str:
        filled = _value(tidy(match[1] or ""), values)
        return match[0] if filled is None else filled

    return _BLANK.sub(value, text)


def capital(text: str) -> str:
    """The text with its first letter large, that of a blank too."""
    return _LETTER.sub(lambda letter: letter[0].upper(), text, count=1)


def _fillable(name: str, known: frozenset[str]) -> bool:
    return name in known or _small(name) in known or is_pronoun(_small(name))


def _value(name: str, values: Mapping[str, str]) -> str | None:
    """What fills a blank; one that is written with a capital gives its value a capital."""
    if name in values:
        return values[name]
    small = _small(name)
    found = values[small] if small in values else pronoun(small, values.get("pronouns", ""))
    return found if found is None or name == small else capital(found)


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


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
    "pressure": "it stands under a heading with {pressure 3-5}",
    "drops": "the front matter needs variables: {oil ml: 15, oil percent: 1}",
    "needs": "the front matter needs a line such as needs: [a chair]",
}
