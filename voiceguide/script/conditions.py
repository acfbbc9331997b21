"""`{when minutes >= 25}`: what a condition may ask about, and whether it is met."""

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, get_args

from voiceguide.script.mistakes import Mistake, short, unknown
from voiceguide.script.model import Audience, Condition, Front, Guidance
from voiceguide.script.pronouns import PRONOUNS
from voiceguide.script.variables import OIL, ROLES

_SETTINGS = {
    "position": "position: [prone, seated]",
    "for": "for: partner",
    "drops": "variables: {oil ml: 15, oil percent: 1}",
}
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def choices(front: Front) -> dict[str, tuple[str, ...]]:
    """What a condition may ask about, with the values it may have; empty means any."""
    said = {variable.name: variable.choices for variable in front.variables}
    known: dict[str, tuple[str, ...]] = {
        **dict.fromkeys(ROLES, ()),
        **said,
        "minutes": (),
        "guidance": get_args(Guidance),
        "pronouns": tuple(PRONOUNS),
    }
    known |= {"drops": ()} if said.keys() >= set(OIL) else {}
    known |= {"position": front.position} if front.position else {}
    return known | ({"for": get_args(Audience)} if front.audience else {})


def check_condition(condition: Condition, front: Front) -> None:
    """Mistake if the condition could never make sense: an unknown name, a value outside the choices, an order of words."""
    known = choices(front)
    if condition.name not in known:
        fix = f"write {_SETTINGS[condition.name]} in the front matter" if condition.name in _SETTINGS else ""
        raise unknown("condition on", condition.name, known, fix)
    if condition.name == "minutes" or condition.sign not in ("=", "!="):
        if number(condition.value) is None:
            raise Mistake(f"{short(condition.value)} is not a number", f"write for example when {condition.name} >= 25")
    elif known[condition.name] and condition.value not in known[condition.name]:
        raise unknown(f"choice of {condition.name}", condition.value, known[condition.name])


def met(condition: Condition, facts: Mapping[str, str]) -> bool:
    """Whether the facts meet the condition; numbers are compared as numbers. Mistake if there is nothing to compare."""
    if condition.name not in facts:
        raise Mistake(f"{condition.name} has no value", f"give it a default, or a value: --set {condition.name}=...")
    fact = facts[condition.name]
    left, right = number(fact), number(condition.value)
    if left is not None and right is not None:
        return _SIGNS[condition.sign](left, right)
    if condition.sign not in ("=", "!="):
        raise Mistake(f"{condition.name} is {short(fact)}, not a number", "compare words with = or !=")
    return _SIGNS[condition.sign](fact.casefold(), condition.value.casefold())


def number(text: str) -> Decimal | None:
    """The text as a number, None where it is none."""
    try:
        value = Decimal(text) if len(text) <= 30 else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
