"""The words that rules look for, by what they mean: `lexicon.toml` read once."""

import tomllib
from importlib.resources import files


def _read() -> dict[str, dict[str, tuple[str, ...]]]:
    text = files("voiceguide.check").joinpath("lexicon.toml").read_text(encoding="utf-8")
    return {
        group: {meaning: tuple(" ".join(phrase.split()) for phrase in said.split("|")) for meaning, said in meanings.items()}
        for group, meanings in tomllib.loads(text).items()
    }


_GROUPS = _read()

MEANINGS: tuple[tuple[str, tuple[str, ...]], ...] = tuple(entry for group in _GROUPS.values() for entry in group.items())
"""Every meaning with its phrases."""

FORBIDDEN: tuple[str, ...] = tuple(_GROUPS["parts"])[:9]
"""Where nobody presses, whatever the routine."""

_DONE = ("press", "tap", "twist", "circle", "tilt", "glide", "handwork")
_NOUNS = frozenset(["pressure", "weight", "force", "percussion", "fall", "elbow", "thumb"])

VERBS: frozenset[str] = (
    frozenset(_GROUPS["grammar"]["verbs of orders"])
    | frozenset(phrase for meaning in _DONE for phrase in _GROUPS["acts"][meaning] if " " not in phrase)
) - _NOUNS
"""Verbs that open a new order."""
