"""A rule: what it looks for, why, what to do about it, and where that comes from. A finding: where, and in which words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from voiceguide.check.limits import Limits
from voiceguide.check.routine import Routine
from voiceguide.script.model import Place

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Edit:
    """A safe change of the text: in `line`, what the regular expression `instead_of` finds first becomes `put`; where that is
    empty, `put` is written before the line."""

    line: int
    instead_of: str
    put: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a rule found: where and what; graver or lighter than its rule where `severity` is said; `edit` mends it."""

    at: Place
    message: str
    severity: Severity | None = None
    edit: Edit | None = None


Look = Callable[[Routine, Limits], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: `looks_for` in one line, its usual severity, the reason, what to do, the numbers of its sources, and texts of
    a routine that it speaks up at (`fires`) and that it leaves alone (`quiet`)."""

    id: str
    severity: Severity
    looks_for: str
    reason: str
    fix: str
    sources: tuple[int, ...]
    fires: str
    quiet: str
    look: Look
