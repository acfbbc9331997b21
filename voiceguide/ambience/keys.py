"""The kinds of values a recipe may hold: what each accepts, its range and its unit. `recipe.py` is written in these.

A kind takes what TOML gave and returns a settled value, or raises ValueError with the reason in words.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from functools import cache
from itertools import pairwise
from typing import Any, Protocol, get_type_hints

Pair = tuple[float, float]
Curve = tuple[Pair, ...]
LOWEST_HZ, HIGHEST_HZ = 20.0, 24_000.0


class Kind(Protocol):
    """What a key's value must be."""

    def take(self, value: object) -> object:
        """The settled value; ValueError says what was expected."""
        ...

    def __str__(self) -> str:
        """Range and unit for people."""
        ...


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high` in `unit`."""

    low: float
    high: float
    unit: str = ""
    whole: bool = False

    def take(self, value: object) -> float:
        """The value as float (int when whole)."""
        right = isinstance(value, int if self.whole else (int, float)) and not isinstance(value, bool)
        if not right or not self.low <= value <= self.high:  # type: ignore[operator]
            raise ValueError(f"expected {'a whole number' if self.whole else 'a number'} {self}, not {value!r}")
        return value if self.whole else float(value)  # type: ignore[arg-type, return-value]

    def clip(self, value: float) -> float:
        """The nearest value within the range."""
        return min(max(value, self.low), self.high)

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:.10g} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Level(Number):
    """A number in decibels: a control shifts it, while it scales other numbers."""

    unit: str = "dB"


@dataclass(frozen=True, slots=True)
class Range:
    """Two numbers, each from `low` to `high`: `[least, most]`."""

    low: float
    high: float
    unit: str = ""

    def take(self, value: object) -> Pair:
        """The pair as floats."""
        number = Number(self.low, self.high, self.unit)
        if not isinstance(value, list) or len(value) != 2:
            raise ValueError(f"expected [least, most], each {number}, not {value!r}")
        least, most = (number.take(end) for end in value)
        if least > most:
            raise ValueError(f"expected [least, most] in that order, not {value!r}")
        return least, most

    def clip(self, value: Pair) -> Pair:
        """The nearest pair within the range."""
        number = Number(self.low, self.high)
        return number.clip(value[0]), number.clip(value[1])

    def __str__(self) -> str:
        return f"[least, most], each {Number(self.low, self.high, self.unit)}"


@dataclass(frozen=True, slots=True)
class Points:
    """A curve `[[Hz, value], ...]` with Hz rising and values from `low` to `high`."""

    low: float
    high: float
    unit: str = "dB"

    def take(self, value: object) -> Curve:
        """The points as pairs of floats."""
        if not isinstance(value, list) or not all(isinstance(point, list) and len(point) == 2 for point in value):
            raise ValueError(f"expected points [[Hz, {self.unit or 'value'}], ...], not {value!r}")
        hz, level = Number(LOWEST_HZ, HIGHEST_HZ, "Hz"), Number(self.low, self.high, self.unit)
        points = tuple((hz.take(place), level.take(height)) for place, height in value)
        if not points or any(here[0] >= after[0] for here, after in pairwise(points)):
            raise ValueError("expected at least one point, with frequencies that rise")
        return points

    def __str__(self) -> str:
        return f"[[Hz, {self.unit or 'value'}], ...], {Number(self.low, self.high, self.unit)}"


@dataclass(frozen=True, slots=True)
class Numbers:
    """A list of one to `most` numbers."""

    each: Number
    most: int

    def take(self, value: object) -> tuple[float, ...]:
        """The list as floats."""
        if not isinstance(value, list) or not 1 <= len(value) <= self.most:
            raise ValueError(f"expected a list of 1 to {self.most} numbers, not {value!r}")
        return tuple(self.each.take(item) for item in value)

    def __str__(self) -> str:
        return f"1 to {self.most} of {self.each}"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text, not empty."""

    def take(self, value: object) -> str:
        """The text."""
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise ValueError(f"expected a line of text in quotes, not {value!r}")
        return value

    def __str__(self) -> str:
        return "text"


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words."""

    def take(self, value: object) -> tuple[str, ...]:
        """The words."""
        if not isinstance(value, list):
            raise ValueError(f'expected a list of words such as ["rain", "sleep"], not {value!r}')
        return tuple(Text().take(word) for word in value)

    def __str__(self) -> str:
        return "list of words"


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few values."""

    choices: tuple[object, ...]

    def take(self, value: object) -> object:
        """The value."""
        if value not in self.choices or isinstance(value, bool):
            raise ValueError(f"expected {self}, not {value!r}")
        return value

    def __str__(self) -> str:
        return " or ".join(str(choice) for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Amounts:
    """A table from names to numbers."""

    each: Number

    def take(self, value: object) -> tuple[tuple[str, float], ...]:
        """The table as pairs."""
        if not isinstance(value, Mapping):
            raise ValueError(f"expected a table {{ name = number }}, not {value!r}")
        return tuple((str(name), self.each.take(amount)) for name, amount in value.items())

    def __str__(self) -> str:
        return f"{{ name = {self.each} }}"


@dataclass(frozen=True, slots=True)
class Ends:
    """Two numbers, each from `low` to `high`: `[at 0, at 1]` of a control."""

    low: float = -1000
    high: float = 1000
    unit: str = ""

    def take(self, value: object) -> Pair:
        """The pair as floats."""
        number = Number(self.low, self.high, self.unit)
        if not isinstance(value, list) or len(value) != 2:
            raise ValueError(f"expected [at 0, at 1], each {number}, not {value!r}")
        return number.take(value[0]), number.take(value[1])

    def __str__(self) -> str:
        return f"[at 0, at 1], each {Number(self.low, self.high, self.unit)}"


@dataclass(frozen=True, slots=True)
class Maps:
    """A table from targets to what they become at 0 and at 1 of a control."""

    def take(self, value: object) -> tuple[tuple[str, Pair], ...]:
        """The table as pairs."""
        if not isinstance(value, Mapping):
            raise ValueError(f'expected a table {{ "layer.key" = [at 0, at 1] }}, not {value!r}')
        return tuple((str(target), Ends().take(ends)) for target, ends in value.items())

    def __str__(self) -> str:
        return '{ "layer.key" = [at 0, at 1] }'


@dataclass(frozen=True, slots=True)
class Part:
    """A table with keys of its own, described by the dataclass `of`."""

    of: type

    def take(self, value: object) -> object:
        """Parts are read key by key by `reading.py`; what arrives here is no table."""
        raise ValueError(f"expected a table {{ key = value, ... }}, not {value!r}")

    def __str__(self) -> str:
        return "table"


@dataclass(frozen=True, slots=True)
class Parts:
    """A list of up to `most` tables, each described by the dataclass `of`, or by the one its `type` names in `of`."""

    of: type | Mapping[str, type]
    most: int = 16

    def take(self, value: object) -> object:
        """As for `Part`."""
        raise ValueError(f"expected a list of up to {self.most} tables, not {value!r}")

    def __str__(self) -> str:
        return "list of tables"


@dataclass(frozen=True, slots=True)
class Key:
    """Annotates a field of a recipe's dataclass: what it accepts and means, and its name in the file if that differs."""

    kind: Kind
    meaning: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a table: its name in the file, the field it fills, and whether a recipe must say it."""

    name: str
    field: str
    kind: Kind
    meaning: str
    needed: bool


@cache
def entries(described: type) -> tuple[Entry, ...]:
    """The keys of one table, in order; found once, because that is slow."""
    hints = get_type_hints(described, include_extras=True)
    said = [(part, _key(hints[part.name])) for part in fields(described)]
    return tuple(
        Entry(key.name or part.name, part.name, key.kind, key.meaning, part.default is MISSING) for part, key in said if key
    )


def _key(hint: Any) -> Key | None:
    return next((said for said in getattr(hint, "__metadata__", ()) if isinstance(said, Key)), None)
