"""Words for the person who receives: `{they}`, `{their}`, and `{they breathe}`, with the verb as the pronoun needs it.

`they` is what a routine is written with; `she` and `he` take the third person singular, in the present.
"""

import re

PRONOUNS: dict[str, dict[str, str]] = {
    "they": {"they": "they", "them": "them", "their": "their", "theirs": "theirs", "themselves": "themselves"},
    "she": {"they": "she", "them": "her", "their": "her", "theirs": "hers", "themselves": "herself"},
    "he": {"they": "he", "them": "him", "their": "his", "theirs": "his", "themselves": "himself"},
}

_VERB = re.compile(r"they([' ’])([^\W\d_]+(?:['’]t)?)")
_NEGATED = re.compile(r"n['’]t$")
_IRREGULAR = {"are": "is", "re": "s", "have": "has", "ve": "s", "were": "was"}
_UNCHANGED = frozenset(
    ["can", "could", "d", "ll", "may", "might", "must", "shall", "should", "will", "would", "ca", "sha", "wo"]
)
_HISSES = ("s", "x", "z", "ch", "sh", "o")


def is_pronoun(name: str) -> bool:
    """Whether a blank of this name is filled by a pronoun, alone or with one verb: `their`, `they are`, `they've`."""
    return name in PRONOUNS["they"] or _VERB.fullmatch(name) is not None


def pronoun(name: str, pronouns: str) -> str | None:
    """What fills the blank `name` for somebody of these pronouns (they, she or he); None where it is no pronoun's."""
    forms, verb = PRONOUNS.get(pronouns, {}), _VERB.fullmatch(name)
    if not forms or verb is None:
        return forms.get(name)
    return forms["they"] + verb[1] + (verb[2] if pronouns == "they" else _third(verb[2]))


def _third(verb: str) -> str:
    """A verb of they as she and he take it: feels, carries, reaches, isn't."""
    bare = _NEGATED.sub("", verb)
    if bare != verb:
        return _third(bare) + verb[len(bare) :]
    if verb in _IRREGULAR or verb in _UNCHANGED:
        return _IRREGULAR.get(verb, verb)
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(_HISSES) else "s")
