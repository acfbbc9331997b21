"""Ways of breathing: a table of names, and digits as written.

Lengths are seconds in, hold, out, hold. Figures and their evidence: easy is a beginner's breath (6.7 a minute); around six a
minute raises heart-rate variability most (coherent 5.5 + 5.5, six 5 + 5); a longer out-breath adds to it (extended 4 + 6);
box, 478 and the double in-breath of sigh hold the breath, so no default may be one of them.
"""

import re
from decimal import Decimal

from voiceguide.audio import frames
from voiceguide.script.mistakes import Mistake, short, unknown
from voiceguide.script.model import Pattern
from voiceguide.script.table import Entry

MOST_SECONDS = 30

_PHASE = r"[0-9]{1,2}(?:\.[0-9]{1,2})?"
_DIGITS = re.compile(rf"({_PHASE})(?:\+({_PHASE}))?-({_PHASE})(?:-({_PHASE}))?(?:-({_PHASE}))?")


def read_pattern(text: str) -> Pattern:
    """A name from the table, or digits: 4-6 is in-out, 4-7-8 in-hold-out, 4-4-4-4 in-hold-out-hold, 2+1-0-6-1 with a sip."""
    written = text.strip().lower()
    if written in PATTERNS:
        return PATTERNS[written].use
    return _digits(written, written)


def holds_breath(pattern: Pattern) -> bool:
    """True if the breath is held anywhere in the pattern."""
    return pattern.hold_in > 0 or pattern.hold_out > 0


def _digits(written: str, name: str) -> Pattern:
    match = _DIGITS.fullmatch(written.replace("–", "-"))
    if match is None:
        raise unknown("breathing pattern", written, PATTERNS) if written else Mistake("the breathing pattern is missing", _HOW)
    first, sip, *rest = (None if part is None else frames(Decimal(part)) for part in match.groups())
    given = [count for count in rest if count is not None]
    hold_in, out, hold_out = {1: (0, *given, 0), 2: (*given, 0), 3: tuple(given)}[len(given)]
    if not first or not out or max(first, sip or 0, *given) > frames(MOST_SECONDS):
        raise Mistake(f"nobody can breathe {short(written)}", f"in and out take from above 0 to {MOST_SECONDS} seconds")
    return Pattern(name, first, hold_in, out, hold_out, sip or 0)


_HOW = "write a name such as easy, or seconds such as 4-7-8"
_TABLE = {
    "easy": ("4-0-5-0", "an easy breath for everybody; what is taken when nothing is said"),
    "six": ("5-0-5-0", "six breaths a minute, in and out alike; goes well with slow strokes"),
    "coherent": ("5.5-0-5.5-0", "a little slower than six a minute, in and out alike"),
    "extended": ("4-0-6-0", "the out-breath longer than the in-breath; for settling down"),
    "box": ("4-4-4-4", "four equal sides, with holds"),
    "478": ("4-7-8-0", "a long hold and a longer out-breath"),
    "sigh": ("2+1-0-6-1", "two in-breaths on top of each other and a long sigh out"),
}
PATTERNS: dict[str, Entry[Pattern]] = {
    name: Entry(f"{digits}: {meaning}", f"[breathe {name} x4]", _digits(digits, name))
    for name, (digits, meaning) in _TABLE.items()
}
