"""A routine rehearsed: what would stop it from being played, and how it goes at every length and in every variant it promises.

Nothing is voiced: what happens when comes from estimated lengths.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from voiceguide import library
from voiceguide.errors import CannotFit, Problem, ScriptErrors
from voiceguide.opening import at_minutes, read, settings_for
from voiceguide.plan.preference import preferring
from voiceguide.script.model import Script, Variable
from voiceguide.script.variables import OIL
from voiceguide.session import Session
from voiceguide.settings import Layer, settle
from voiceguide.stage import Stage


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would stop a routine from being played, and the sessions of it that can be had, each with its position: at its
    ideal, least and most minutes, and in every position it offers. `script` is None where it could not be read, and `part` is
    then what could be."""

    problems: tuple[Problem, ...]
    script: Script | None = None
    sessions: tuple[tuple[str, Session], ...] = ()
    part: Script | None = None


def rehearse(routine: str | Path | library.Source, *, pressure: str | int = 0) -> Rehearsal:
    """A routine without speaking: its mistakes, the soundscapes, voices and recordings it names, and whether it can have its
    least, ideal and most minutes. Blanks without a default are filled in; every word is there, for whomever it is, and it is as
    firm as `pressure` asks (softer, medium, firmer, or steps from -2 to 2).

    What can only be known of a whole routine, such as its lengths, is not looked for in one that could not be read. One that
    can have none of its minutes is rehearsed as near to its ideal as it comes.
    Raises UsageError when there is no such routine, and for what config.toml asks for and is not there."""
    asked = settle(Layer("pressure", {"pressure": pressure}))
    source = routine if isinstance(routine, library.Source) else library.read_routine(routine)
    problems: list[Problem] = []
    script = preferring(read(source, problems), asked.pressure)
    whole = Layer("rehearsal", {"for_whom": "both", "sleepy": False, "quiet": False, "pressure": asked.pressure})
    stage = Stage(script, settings_for(script, whole), source.folder, {})
    found = dict.fromkeys((*problems, *stage.faults(script.sections)))
    if problems:
        return Rehearsal(tuple(found), part=script)
    sessions: list[tuple[str, Session]] = []
    for length, values in _wishes(script):
        try:
            sessions.append((values.get("position", ""), Session(stage, length, values)))
        except ScriptErrors as error:
            found |= dict.fromkeys(error.problems)
        except CannotFit as error:
            found[at_minutes(script, error)] = None
    if not sessions:
        values = next(_wishes(script))[1]
        with suppress(CannotFit, ScriptErrors):
            sessions.append((values.get("position", ""), Session(stage, None, values)))
    return Rehearsal(tuple(found), script, tuple(sessions))


def _wishes(script: Script) -> Iterator[tuple[int | None, dict[str, str]]]:
    """Lengths and blanks to try: all lengths of the usual variant; and its own in every other position, and with every other
    choice of each variable."""
    front = script.front
    usual = {one.name: _stand_in(one) for one in front.variables if one.default is None}
    usual |= {"position": front.position[0]} if front.position else {}
    lengths = (front.minutes.ideal, front.minutes.least, front.minutes.most) if front.minutes else (None,)
    choices = [("position", front.position), *((one.name, one.choices) for one in front.variables)]
    known = {one.name: one.default for one in front.variables} | usual
    yield from ((length, usual) for length in dict.fromkeys(lengths))
    for name, others in choices:
        yield from ((None, {**usual, name: other}) for other in others if other != known[name])


def _stand_in(variable: Variable) -> str:
    """What fills a blank that has no default: its first choice, a number for an amount of oil, else its own name."""
    return variable.choices[0] if variable.choices else "1" if variable.name in OIL else variable.name
