"""The words that rules look for, by what they mean: `lexicon.toml` read once."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import product


def _read() -> dict[str, dict[str, tuple[str, ...]]]:
    text = files("voiceguide.check").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return {
        group: {meaning: tuple(dict.fromkeys(_phrases(said))) for meaning, said in meanings.items()}
        for group, meanings in tomllib.loads(text).items()
    }


def _phrases(said: str) -> Iterator[str]:
    """Phrases parted by |; `hold/keep the breath` is two of them."""
    for phrase in said.split("|"):
        yield from map(" ".join, product(*(word.split("/") for word in phrase.split())))


_GROUPS = _read()

MEANINGS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(entry for group in _GROUPS.values() for entry in group.items())
"""Every meaning with its phrases."""

FORBIDDEN: tuple[str, ...] = tuple(_GROUPS["parts"])[:9]
"""Where nobody presses, whatever the routine."""

PARTS: tuple[str, ...] = tuple(_GROUPS["parts"])
"""Every place of the body that a rule knows by its own name."""

_DONE = ("press", "tap", "twist", "circle", "tilt", "glide", "handwork")
_NOUNS = frozenset(["pressure", "weight", "force", "percussion", "fall", "elbow", "thumb"])

VERBS: frozenset[str] = (
    frozenset(_GROUPS["grammar"]["verbs of orders"])
    | frozenset(phrase for meaning in _DONE for phrase in _GROUPS["acts"][meaning] if " " not in phrase)
) - _NOUNS
"""Verbs that open a new order."""
