"""What people and programs read: data on stdout, talk on stderr, tables, JSON and progress.

Colour and boxes appear only on a terminal; NO_COLOR is honoured. Everything from outside passes `cleantext.terminal`.
"""

import json
import os
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voiceguide.cleantext import terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

Progress = Callable[[str, float, float], None]
Row = Sequence[object]


def out(text: str) -> None:
    """One line of data."""
    click.echo(terminal(text))


def line(text: str) -> None:
    """One line of data that is due now; a reader who has gone, as in `| head -1`, stops nothing that plays."""
    try:
        click.echo(terminal(text))
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(text: str) -> None:
    """One line of talk; nothing fails because nobody can hear it."""
    with suppress(OSError):
        click.echo(terminal(text), err=True)


def typed(path: Path) -> str:
    """A path as a person types it: quoted for a shell, and never mistaken for an option."""
    return shlex.quote(f"./{path}" if str(path).startswith("-") else str(path))


def emit(value: object) -> None:
    """Data as JSON: ASCII only, so that it survives any terminal and any pipe."""
    click.echo(json.dumps(value, indent=2, default=str))


def table(columns: Sequence[str], rows: Sequence[Row], *, plain: bool = False, talk: bool = False) -> None:
    """Rows under headings: drawn to the width of a terminal, or one line a row, never cut, for pipes and screen readers.

    On a terminal nothing is cut either, and the first column, names that a person types, is not divided; where it would take
    more than half of the width, there are lines too. Data, or talk where it only tells how something went.
    """
    cells = [[terminal("" if value is None else str(value)) for value in row] for row in rows]
    from shutil import get_terminal_size

    names = max((len(row[0]) for row in cells), default=0)
    if plain or not (sys.stderr if talk else sys.stdout).isatty() or get_terminal_size().columns < 2 * names:
        _lines([[name.upper() for name in columns], *cells], talk)
    else:
        _drawn(columns, cells, talk)


def _lines(rows: Sequence[Sequence[str]], talk: bool) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        (say if talk else out)("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _drawn(columns: Sequence[str], rows: Sequence[Sequence[str]], talk: bool) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Column, Table
    from rich.text import Text

    drawn = Table(*(Column(name, overflow="fold") for name in columns), box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    drawn.columns[0].no_wrap = True
    for row in rows:
        drawn.add_row(*map(Text, row))
    Console(stderr=talk).print(drawn)


@contextmanager
def progress(*, plain: bool = False) -> Iterator[Progress]:
    """A bar for each stage with the time left, on stderr; a line for each stage where there is no terminal."""
    if plain or not sys.stderr.isatty():
        yield _announced()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _drawn_on(bars)


def _announced() -> Progress:
    seen: set[str] = set()

    def report(stage: str, done: float, total: float) -> None:
        del done, total
        if stage not in seen:
            seen.add(stage)
            say(f"{stage} ...")

    return report


def _drawn_on(bars: "Bars") -> Progress:
    tasks: dict[str, TaskID] = {}

    def report(stage: str, done: float, total: float) -> None:
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=total)
        bars.update(tasks[stage], completed=done, total=total)

    return report
