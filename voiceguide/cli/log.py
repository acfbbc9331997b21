"""`voiceguide log`: the sessions that were played, and how often."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import options

if TYPE_CHECKING:
    from voiceguide.live.logbook import Entry, HowOften, Log

EXAMPLES = """\b
Examples:
  voiceguide log
  voiceguide log --note "shoulders softer than last week"
  voiceguide log --json | jq '.routines'
"""


@click.command(epilog=EXAMPLES)
@click.option("--note", "words", metavar="WORDS", help="Add a note to the last session.")
@click.option("--clear", is_flag=True, help="Forget all sessions.")
@options.as_json
@options.plain
def command(words: str | None, clear: bool, json_: bool, plain: bool) -> None:
    """List the sessions you have played, and how often.

    Nothing is kept unless you write `log = true` into your config.toml. The log never leaves this machine; a session of which
    less than a minute was heard is not in it.
    """
    from voiceguide.live import logbook

    if words is not None and clear:
        raise click.UsageError("--note and --clear do not go together; use one of them")
    if clear:
        return _clear()
    if words is not None:
        return _note(words)
    log = logbook.read()
    now = datetime.now().astimezone()
    _show_data(log, now) if json_ else _show(log, now, plain)
    return _say_damaged(log)


def _clear() -> None:
    from voiceguide.cli import screen
    from voiceguide.live import logbook

    count = len(logbook.read().entries)
    logbook.clear()
    screen.say(f"forgotten: {_sessions(count)}")


def _note(words: str) -> None:
    from voiceguide.cli import screen
    from voiceguide.live import logbook

    entry = logbook.note(words)
    screen.say(f"noted for {entry.routine}, {entry.date:%Y-%m-%d %H:%M}")


def _show(log: "Log", now: datetime, plain: bool) -> None:
    from voiceguide.cli import screen
    from voiceguide.live.logbook import how_often

    if log.entries:
        columns = ("date", "routine", "minutes", "pressure", "note")
        screen.table(columns, [_row(entry) for entry in log.entries], plain=plain)
        often = [*_each(log.entries, now).items(), ("altogether", how_often(log.entries, now))]
        rows = [(name, one.week, one.month, _ago(one.days_since)) for name, one in often]
        screen.out("")
        screen.table(("how often", "last 7 days", "last 30 days", "last time"), rows, plain=plain)
    else:
        screen.say("no session is in the log")
    if not _logging():
        screen.say(f"sessions are not logged; `log = true` in {_config()} turns that on")


def _show_data(log: "Log", now: datetime) -> None:
    from dataclasses import asdict

    from voiceguide.cli import screen
    from voiceguide.live.logbook import how_often

    entries: list[dict[str, Any]] = [{**asdict(entry), "date": entry.date.isoformat()} for entry in log.entries]
    routines = {name: asdict(one) for name, one in _each(log.entries, now).items()}
    whole = asdict(how_often(log.entries, now)) if log.entries else None
    screen.emit({"logging": _logging(), "sessions": entries, "all": whole, "routines": routines, "damaged": log.damaged})


def _say_damaged(log: "Log") -> None:
    from voiceguide.cli import screen
    from voiceguide.live import logbook

    for number in log.damaged:
        screen.say(f"{logbook.path()}:{number}: this line is damaged and left out; the others are not touched by it")


def _each(entries: "Sequence[Entry]", now: datetime) -> "dict[str, HowOften]":
    """How often each routine was played, by name."""
    from voiceguide.live.logbook import how_often

    names = sorted({entry.routine for entry in entries})
    return {name: how_often([entry for entry in entries if entry.routine == name], now) for name in names}


def _row(entry: "Entry") -> tuple[str, ...]:
    heard = f"{entry.minutes:g}" if entry.complete else f"{entry.minutes:g} of {entry.of:g}"
    return f"{entry.date:%Y-%m-%d %H:%M}", entry.routine, heard, ", ".join(entry.pressure), "; ".join(entry.notes)


def _ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _sessions(count: int) -> str:
    return "1 session" if count == 1 else f"{count} sessions"


def _logging() -> bool:
    from voiceguide.settings import config_layer, settle

    return settle(config_layer()).log


def _config() -> str:
    from voiceguide.settings import config_path

    return str(config_path())
