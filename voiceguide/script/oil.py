"""Drops of essential oil for an amount of carrier oil: `{drops}`, from the variables `oil ml` and `oil percent`.

A millilitre has 20 drops, so 1 % of 30 ml is 6 of them: the rule of thumb of aromatherapy, rounded down here. More than 3 %,
all kinds together, is not for skin at home.
"""

from collections.abc import Mapping
from decimal import Decimal

from voiceguide.script.conditions import number
from voiceguide.script.mistakes import Mistake, short
from voiceguide.script.variables import OIL

AMOUNT, STRENGTH = OIL
DROPS_PER_ML = 20
MOST_ML, STRONGEST = 200, 3


def drops(values: Mapping[str, str]) -> int | None:
    """How many drops these values ask for; None where they do not say both. Mistake for too much, or what is no number."""
    if AMOUNT not in values or STRENGTH not in values:
        return None
    millilitres = _within(values, AMOUNT, MOST_ML, "a back needs about 5 ml")
    percent = _within(values, STRENGTH, STRONGEST, "essential oil above 3 % can burn or sensitise skin; 1 % is plenty")
    return int(millilitres * DROPS_PER_ML * percent / 100)


def counted(count: int) -> str:
    """`no drops`, `1 drop`, `12 drops`."""
    return f"{count or 'no'} drop{'' if count == 1 else 's'}"


def _within(values: Mapping[str, str], name: str, most: int, reason: str) -> Decimal:
    amount = number(values[name])
    if amount is None or not 0 <= amount <= most:
        raise Mistake(f"{name} cannot be {short(values[name])}", f"write a number from 0 to {most}", reason)
    return amount
