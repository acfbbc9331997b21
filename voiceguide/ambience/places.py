"""Where a key stands in a TOML text: tomllib keeps no lines, and an error message needs one."""

import re
from collections.abc import Iterator, Sequence

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")

Path = Sequence[str | int]


def line_of(text: str, path: Path) -> int:
    """The line, from 1, where the value at `path` is written, or the nearest table that holds it.

    `path` is made of keys and, for a list of tables, numbers from 0: `("layer", 1, "grain", "decay")`.
    """
    lines = text.splitlines()
    first, header, last = max(_tables(lines), key=lambda table: _shared(table[1], path))
    line = max(first, 1)
    for key in path[_shared(header, path) :]:
        found = (at for at in range(line, last + 1) if _writes(lines[at - 1], str(key)))
        line = next(found, line) if isinstance(key, str) else line
    return line


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, tuple[str | int, ...], int]]:
    """Every table: line of its header (0 for the top), its path, its last line."""
    counts: dict[str, int] = {}
    first: int = 0
    path: tuple[str | int, ...] = ()
    for number, line in enumerate(lines, 1):
        if not (header := HEADER.match(line)):
            continue
        yield first, path, number - 1
        brackets, name = header[1], header[2]
        if brackets == "[[":
            counts[name] = counts.get(name, -1) + 1
        first, path = number, tuple(_numbered(name, counts))
    yield first, path, len(lines)


def _numbered(name: str, counts: dict[str, int]) -> Iterator[str | int]:
    so_far = ""
    for part in name.split("."):
        so_far = f"{so_far}.{part.strip()}".lstrip(".")
        yield part.strip().strip("\"'")
        if so_far in counts:
            yield counts[so_far]


def _shared(header: Path, path: Path) -> int:
    """How many steps of `path` a table's header covers; -1 when it is another table."""
    return len(header) if tuple(path[: len(header)]) == tuple(header) else -1


def _writes(line: str, key: str) -> bool:
    return re.search(rf"""(^|[\s{{,."']){re.escape(key)}["']?\s*(=|\.)""", line.split("#")[0]) is not None
