"""One row of the language: what it means, how it is written, what reads it. The tables are the reference."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Use = TypeVar("Use")


@dataclass(frozen=True, slots=True)
class Entry(Generic[Use]):
    """`meaning` in one line, an `example` as a writer types it, and the value or reader behind the name."""

    meaning: str
    example: str
    use: Use
