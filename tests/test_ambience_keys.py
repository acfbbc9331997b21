"""What the values of a recipe may be."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from voiceguide.ambience.keys import (
    Amounts,
    Ends,
    Key,
    Kind,
    Level,
    Maps,
    Number,
    Numbers,
    OneOf,
    Points,
    Range,
    Text,
    Words,
    entries,
)

GOOD: list[tuple[Kind, object, object]] = [
    (Number(0, 10, "Hz"), 3, 3.0),
    (Number(1, 4, whole=True), 4, 4),
    (Level(-60, 24), -60.0, -60.0),
    (Range(0, 5), [1, 5], (1.0, 5.0)),
    (Ends(-40, 40, "dB"), [3, -3], (3.0, -3.0)),
    (Points(-60, 40), [[100, -3], [1000, 2.5]], ((100.0, -3.0), (1000.0, 2.5))),
    (Numbers(Number(20, 200), 3), [55, 110], (55.0, 110.0)),
    (Text(), "Rain", "Rain"),
    (Words(), ["rain", "sleep"], ("rain", "sleep")),
    (OneOf((512, 1024)), 512, 512),
    (Amounts(Number(0, 1)), {"calm": 1}, (("calm", 1.0),)),
    (Maps(), {"bed.level": [-6, 6]}, (("bed.level", (-6.0, 6.0)),)),
]

BAD: list[tuple[Kind, object]] = [
    (Number(0, 10), 11),
    (Number(0, 10), True),
    (Number(0, 10), "3"),
    (Number(0, 10), float("nan")),
    (Number(1, 4, whole=True), 2.5),
    (Range(0, 5), [5, 1]),
    (Range(0, 5), [1]),
    (Range(0, 5), 3),
    (Points(-60, 40), [[1000, 0], [100, 0]]),
    (Points(-60, 40), [[100, 0, 0]]),
    (Points(-60, 40), []),
    (Points(-60, 40), [[100, 99]]),
    (Numbers(Number(20, 200), 3), []),
    (Numbers(Number(20, 200), 3), [50] * 4),
    (Text(), ""),
    (Text(), "a\nb"),
    (Words(), "rain"),
    (OneOf((512, 1024)), 700),
    (OneOf((1,)), True),
    (Amounts(Number(0, 1)), [1]),
    (Maps(), {"bed.level": 3}),
]


@pytest.mark.parametrize(("kind", "value", "settled"), GOOD, ids=str)
def test_a_good_value_is_taken(kind: Kind, value: object, settled: object) -> None:
    assert kind.take(value) == settled


@pytest.mark.parametrize(("kind", "value"), BAD, ids=str)
def test_a_bad_value_is_refused_with_what_was_expected(kind: Kind, value: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        kind.take(value)


def test_a_range_names_its_unit() -> None:
    assert str(Number(0, 2000, "per s")) == "0 to 2000 per s"
    assert str(Points(-60, 40)) == "[[Hz, dB], ...], -60 to 40 dB"


@dataclass(frozen=True)
class Table:
    """A small table for the test."""

    rate: Annotated[float, Key(Number(0, 1), "how fast")]
    category: Annotated[str, Key(Text(), "which", "class")] = ""
    hidden: int = 0


def test_the_keys_of_a_table_are_its_annotated_fields() -> None:
    rate, category = entries(Table)
    assert (rate.name, rate.field, rate.needed) == ("rate", "rate", True)
    assert (category.name, category.field, category.needed) == ("class", "category", False)
