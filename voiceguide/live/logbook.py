"""The log of sessions that were played, on this machine and nowhere else: one JSON object a line, in the state folder.

Lines are only ever added, each in one write, so nothing that goes wrong can harm those before it. A line that cannot be read (a
power cut tore it, somebody edited it) is left out and told; the next one begins on a line of its own. A note is a line too, and
belongs to the session before it.

    {"date": "2026-11-22T19:02:11+01:00", "routine": "breathe", "minutes": 4.8, "of": 5.0, "complete": false, "pressure": []}
    {"note": "shoulders softer than last week"}
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from math import isfinite
from pathlib import Path
from typing import Any

from voiceguide import folders
from voiceguide.errors import OutputError, UsageError
from voiceguide.regular import open_regular

LONGEST_LINE = 16 * 1024
LONGEST_NOTE = 2000
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Entry:
    """A session: when it began, by which routine, the `minutes` heard `of` those it had, whether to its end, the `pressure`
    asked for before it and during it, and what was noted afterwards."""

    date: datetime
    routine: str
    minutes: float
    of: float
    complete: bool
    pressure: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Log:
    """The sessions in the order they were written, and the numbers of the lines that could not be read."""

    entries: tuple[Entry, ...] = ()
    damaged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class HowOften:
    """Sessions in the last 7 and the last 30 days, and the days since the last one (0 is today)."""

    week: int
    month: int
    days_since: int


def add(entry: Entry) -> None:
    """Write a session down. Raises OutputError."""
    facts = {**asdict(entry), "date": entry.date.isoformat(timespec="seconds")}
    del facts["notes"]
    _append(facts)


def note(words: str) -> Entry:
    """Add a note to the last session, and give that. Raises OutputError, and UsageError where either cannot be."""
    words = " ".join(words.split())
    if not words or len(words) > LONGEST_NOTE:
        raise UsageError(f"a note has 1 to {LONGEST_NOTE} characters; write what you want to remember")
    entries = read().entries
    if not entries:
        raise UsageError("no session is in the log yet, so there is none to note anything about")
    _append({"note": words})
    return replace(entries[-1], notes=(*entries[-1].notes, words))


def read() -> Log:
    """Everything in the log; nothing where there is no file. Raises UsageError when it cannot be opened."""
    try:
        with open_regular(path()) as file:
            lines = file.read().split(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        return Log()
    except OSError as error:
        raise UsageError(f"{path()}: cannot be read ({error.strerror}); remove it to begin a new log") from None
    entries: list[Entry] = []
    damaged: list[int] = []
    for number, line in enumerate(lines, 1):
        try:
            _take(line, entries)
        except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError):
            damaged.append(number)
    return Log(tuple(entries), tuple(damaged))


def clear() -> None:
    """Remove the log. Raises OutputError."""
    try:
        path().unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise OutputError(f"{path()}: cannot be removed ({error.strerror}); remove it by hand") from None


def how_often(entries: Sequence[Entry], now: datetime) -> HowOften:
    """How often these sessions were, at least one, counted back from `now`."""
    last = max(entry.date for entry in entries).astimezone(now.tzinfo)
    week, month = (sum(now - entry.date <= span for entry in entries) for span in (WEEK, MONTH))
    return HowOften(week, month, max(0, (now.date() - last.date()).days))


def path() -> Path:
    """The file, which need not exist."""
    return folders.state() / "sessions.jsonl"


def _take(line: bytes, entries: list[Entry]) -> None:
    """A line read as a session, or as a note to the last one."""
    if not line.strip():
        return
    if len(line) > LONGEST_LINE:
        raise ValueError
    facts = json.loads(line)
    if "note" in facts:
        entries[-1] = replace(entries[-1], notes=(*entries[-1].notes, _words(facts["note"])))
    else:
        entries.append(_entry(facts))


def _entry(facts: Mapping[str, Any]) -> Entry:
    date = datetime.fromisoformat(_words(facts["date"])).astimezone()
    pressure = tuple(_words(each) for each in facts["pressure"])
    minutes, of = _number(facts["minutes"]), _number(facts["of"])
    return Entry(date, _words(facts["routine"]), minutes, of, facts["complete"] is True, pressure)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isfinite(value):
        raise ValueError
    return float(value)


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _append(facts: Mapping[str, Any]) -> None:
    """One line in one write, on a line of its own even where the last one was torn."""
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path(), flags, 0o600), "r+b", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            line = ("\n" if torn else "") + json.dumps(facts) + "\n"
            file.write(line.encode())
            os.fsync(file.fileno())
    except OSError as error:
        raise OutputError(
            f"{path()}: the session log cannot be written ({error.strerror}); free some space there, or mend it"
        ) from None
