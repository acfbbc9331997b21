"""Lengths of time as people write them, to the frame: 45s, 2m, 1m30s, 1:30, 30s-2m, ~2m, 5 breaths, 12 strokes.

Sums are done in Decimal, so that a tenth of a second is a tenth. A number without a unit is refused: whether 5 means seconds
or minutes is the kind of thing a listener should not find out.
"""

import re
from decimal import Decimal

from voiceguide.audio import RATE, frames
from voiceguide.script.mistakes import Mistake, short
from voiceguide.script.model import Length, Pattern

LONGEST = 8 * 3600 * RATE
HOW = "write a time as 45s, 2m, 1m30s or 1:30"

_UNITS = re.compile(
    r"(?=[0-9])(?:([0-9]{1,3}(?:\.[0-9]{1,6})?)h)?(?:([0-9]{1,5}(?:\.[0-9]{1,6})?)m)?(?:([0-9]{1,6}(?:\.[0-9]{1,6})?)s)?"
)
_CLOCK = re.compile(r"(?:([0-9]{1,2}):(?=[0-9]{2}:))?([0-9]{1,3}):([0-5][0-9](?:\.[0-9]{1,6})?)")
_COUNTED = re.compile(r"([0-9]{1,4})(?:\s*[-–]\s*([0-9]{1,4}))?\s*(breath|stroke)s?", re.IGNORECASE)
_WORDY = re.compile(r"([smh])[a-z]*\.?")
_NUMBER = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_DASH = re.compile(r"(?<=\S)\s*[-–]\s*")


def read_time(text: str) -> int:
    """One time in frames, 0 to 8 h; Mistake (a ValueError) shows how to write it."""
    written = text.strip().lower()
    parts = _UNITS.fullmatch(written) or _CLOCK.fullmatch(written)
    if parts is None:
        raise Mistake(f"{short(text)} is not a time", _hint(written))
    hours, minutes, rest = (Decimal(part or 0) for part in parts.groups())
    count = frames(hours * 3600 + minutes * 60 + rest)
    if count > LONGEST:
        raise Mistake(f"{written} is too long", "a session lasts at most 8h")
    return count


def read_length(text: str) -> Length:
    """A time or a range in frames: `2m` is exact, `30s-2m` has its ideal in the middle, `~2m` is 1m to 4m and ideally 2m."""
    written = text.strip()
    if written.startswith("~"):
        ideal = read_time(written[1:])
        return _within(Length((ideal + 1) // 2, ideal, ideal * 2), written)
    ends = [read_time(end) for end in _DASH.split(written, maxsplit=1)]
    return _range(ends[0], ends[-1], written)


def read_span(text: str, breath: Pattern, beat: float | None) -> Length:
    """A length that may also be counted: `5 breaths` of `breath`, or `12 strokes` at `beat` a minute."""
    counted = _COUNTED.fullmatch(text.strip())
    if counted is None:
        return read_length(text)
    if counted[3].lower() == "breath":
        unit = Decimal(breath.period) / RATE
    elif beat is None:
        raise Mistake(f"{short(text)} needs to know how fast a stroke is", "add the beat: [hold 12 strokes, beat 6/min]")
    else:
        unit = 60 / Decimal(str(beat))
    ends = [frames(unit * int(count)) for count in (counted[1], counted[2] or counted[1])]
    return _within(_range(ends[0], ends[1], text.strip()), text.strip())


def _range(least: int, most: int, written: str) -> Length:
    if least > most:
        raise Mistake(f"{written} ends before it begins", "write the shorter time first")
    return Length(least, (least + most + 1) // 2, most)


def _within(length: Length, written: str) -> Length:
    if length.most > LONGEST:
        raise Mistake(f"{written} can be too long", "a session lasts at most 8h")
    return length


def _hint(written: str) -> str:
    if _NUMBER.fullmatch(written):
        return f"write {written}s for seconds or {written}m for minutes"
    letters = _WORDY.sub(r"\1", "".join(written.removeprefix("for ").split()).replace(",", "."))
    meant = (letters + unit for unit in ("", "m", "s"))
    return next((f"write {time}" for time in meant if _UNITS.fullmatch(time)), HOW)
