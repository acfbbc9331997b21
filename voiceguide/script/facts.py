"""What is known before a session begins: it settles the conditions and fills the blanks, everywhere in the script."""

from collections.abc import Mapping

from voiceguide.errors import Problem, UsageError
from voiceguide.script.conditions import choices
from voiceguide.script.mistakes import Mistake, each, unknown
from voiceguide.script.model import Front
from voiceguide.script.oil import counted, drops
from voiceguide.script.text import refuse_controls
from voiceguide.script.variables import OIL, ROLES, listed, tidy

MOST_CHARACTERS = 200
RECKONED = ("minutes", "for", "drops")
"""What a condition may ask about and nobody can set."""


def facts(front: Front, values: Mapping[str, str], minutes: float, problems: list[Problem]) -> dict[str, str]:
    """What holds in a session of `minutes` with these `values` for variables; the front matter's mistakes are noted.

    Raises UsageError for the values that cannot be, all of them at once."""
    found = _usual(front) | {"minutes": str(minutes)} | _given(front, values)
    try:
        count = drops(found)
    except Mistake as mistake:
        if values.keys() & set(OIL):
            raise _refused(front, mistake) from None
        problems.append(mistake.problem(front.place("variables")))
        return found
    return found if count is None else found | {"drops": str(count)}


def words(known: Mapping[str, str]) -> dict[str, str]:
    """The same as it is spoken: whole minutes, drops as a number of them."""
    spoken = {**known, "minutes": str(round(float(known["minutes"])))}
    return spoken | ({"drops": counted(int(known["drops"]))} if "drops" in known else {})


def _usual(front: Front) -> dict[str, str]:
    """What holds when nobody says otherwise."""
    usual = {**ROLES, "pronouns": "they", "guidance": front.guidance or "full"}
    usual |= {variable.name: variable.default for variable in front.variables if variable.default is not None}
    usual |= {"position": front.position[0]} if front.position else {}
    usual |= {"for": front.audience} if front.audience else {}
    return usual | ({"needs": listed(front.needs)} if front.needs else {})


def _given(front: Front, values: Mapping[str, str]) -> dict[str, str]:
    known = {name: those for name, those in choices(front).items() if name not in RECKONED}

    def checked(given: tuple[str, str]) -> tuple[str, str]:
        name, value = given
        if name not in known:
            raise unknown("variable", name, known)
        if not known[name]:
            return name, _checked(name, value)
        if value not in known[name]:
            raise unknown(f"choice of {name}", value, known[name])
        return name, value

    try:
        return dict(each(values.items(), checked))
    except ExceptionGroup as mistakes:
        raise _refused(front, *mistakes.exceptions) from None


def _refused(front: Front, *mistakes: Exception) -> UsageError:
    return UsageError(f"{front.title}: {'; '.join(map(str, mistakes))}")


def _checked(name: str, value: str) -> str:
    """A value as it may stand in a sentence: a few words on one line."""
    refuse_controls(value)
    if not value.strip():
        raise Mistake(f"the value of {name} is empty", "write one, or leave it to its default")
    if len(value) > MOST_CHARACTERS:
        raise Mistake(f"the value of {name} has {len(value)} characters", f"write at most {MOST_CHARACTERS}")
    return tidy(value)
