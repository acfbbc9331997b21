"""How a reader says that something is wrong: it raises a Mistake; whoever knows the place notes it as a Problem and goes on.

Readers of small texts (a time, a direction, a setting) know what is wrong and how to write it; the parser knows where.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from typing import TypeVar

from voiceguide.errors import Problem, ScriptErrors, VoiceguideError
from voiceguide.script.model import Place

MOST_PROBLEMS = 100

Given = TypeVar("Given")
Made = TypeVar("Made")


class Mistake(ValueError):
    """Something wrong in a piece of text: what, how to write it, why it matters, and where if the reader knows better."""

    def __init__(self, message: str, fix: str = "", reason: str = "", at: Place | None = None, rule: str = "script") -> None:
        self.message, self.fix, self.reason, self.at, self.rule = message, fix, reason, at, rule
        super().__init__(message)

    def __str__(self) -> str:
        return "; ".join(part for part in (self.message, self.reason, self.fix) if part)

    def problem(self, place: Place) -> Problem:
        """The mistake as a Problem, at its own place or else at `place`."""
        at = self.at or place
        return Problem(at.file, at.line, at.column, self.message, self.reason, self.fix, self.rule)


@contextmanager
def noted(problems: list[Problem], place: Place) -> Iterator[None]:
    """Mistakes made inside, one or a group, are added to `problems` and the work goes on after the block."""
    try:
        yield
    except* Mistake as group:
        problems.extend(mistake.problem(place) for mistake in group.exceptions if isinstance(mistake, Mistake))


def each(items: Iterable[Given], read: Callable[[Given], Made]) -> list[Made]:
    """`read` of every item; all mistakes are raised together, as a group."""
    made: list[Made] = []
    found: list[Mistake] = []
    for item in items:
        try:
            made.append(read(item))
        except Mistake as mistake:
            found.append(mistake)
    if found:
        raise ExceptionGroup("mistakes", found)
    return made


def raise_all(problems: Iterable[Problem], also: tuple[VoiceguideError, ...] = ()) -> None:
    """Raise ScriptErrors if there is any problem: each once, in reading order, the first hundred, and with them `also`."""
    found = sorted(set(problems))
    if found:
        raise ScriptErrors(found[:MOST_PROBLEMS], also)


def unknown(
    kind: str, word: str, known: Iterable[str], otherwise: str = "", at: Place | None = None, rule: str = "script"
) -> Mistake:
    """A name nobody knows: the fix is the nearest known one, else `otherwise`, else all of them."""
    names = list(known)
    near = get_close_matches(word.lower(), names, 1, 0.6)
    fix = f"did you mean {near[0]!r}?" if near else otherwise or f"known: {', '.join(names)}"
    return Mistake(f"there is no {kind} {short(word)}", fix, at=at, rule=rule)


def short(text: str) -> str:
    """A text as it can be shown inside a message: quoted, on one line, at most 60 characters."""
    plain = " ".join(text.split())
    return repr(plain if len(plain) <= 60 else plain[:57] + "...")
