"""Large tables that take no time to load: a big dictionary is cut into small ones, and each is read when it is first asked for.

hibari's lexicons and its tagger have 280 000 entries, of which a session needs a few hundred. A table is sorted and cut into
shelves of sixteen; to find a key is to find its shelf by bisection. What is not a big dictionary is kept as it is. The form on
disk is marshal's, which may crash on bytes that it has not written: only give `read` what `prepared` has found whole.
"""

import marshal
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

FORM = [1, marshal.version, sys.implementation.cache_tag]
BIG = 4096
SHELF = 16


class Table(Mapping[str, Any]):
    """A big dictionary on its shelves, for several threads: the first key of each, and what is on it."""

    def __init__(self, firsts: list[str], shelves: list[bytes]) -> None:
        self._firsts = firsts
        self._shelves: list[bytes | dict[str, Any]] = [*shelves]

    def __getitem__(self, key: str) -> Any:
        return self._shelf(bisect_right(self._firsts, key) - 1)[key]

    def __iter__(self) -> Iterator[str]:
        for at in range(len(self._shelves)):
            yield from self._shelf(at)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _shelf(self, at: int) -> dict[str, Any]:
        shelf = self._shelves[at]
        if isinstance(shelf, bytes):
            self._shelves[at] = shelf = marshal.loads(shelf)
        return shelf


def write(value: Any) -> bytes:
    """What JSON gave, for `read`: a big dictionary, or a dictionary with big ones in it, or anything else."""
    return marshal.dumps(_shelved(value))


def read(data: bytes) -> Any:
    """What `write` was given, with Tables in place of big dictionaries."""
    return _opened(marshal.loads(data))


def _shelved(value: Any) -> Any:
    """A big dictionary as a tuple, which JSON never gives."""
    if not isinstance(value, dict):
        return value
    if len(value) < BIG:
        return {key: _shelved(part) for key, part in value.items()}
    entries = sorted(value.items(), key=itemgetter(0))
    shelves = [entries[at : at + SHELF] for at in range(0, len(entries), SHELF)]
    return [shelf[0][0] for shelf in shelves], [marshal.dumps(dict(shelf)) for shelf in shelves]


def _opened(value: Any) -> Any:
    if isinstance(value, tuple):
        return Table(*value)
    return {key: _opened(part) for key, part in value.items()} if isinstance(value, dict) else value
