"""A routine opened on its stage: its settings, its minutes shared, its sounds tried. Nothing is spoken yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voiceguide.audio import RATE, clock, seconds
from voiceguide.errors import CannotFit, Problem, ScriptErrors, UsageError, VoiceguideError
from voiceguide.library import Source, include
from voiceguide.plan.budget import Budget, budget, natural_length
from voiceguide.script.includes import bring_in
from voiceguide.script.mistakes import Mistake, raise_all
from voiceguide.script.model import Script, Section
from voiceguide.script.parser import read_script
from voiceguide.script.unfold import unfold
from voiceguide.settings import Layer, Settings, config_layer, settle
from voiceguide.stage import Stage

TRIES = 4


def read(source: Source, problems: list[Problem]) -> Script:
    """What can be read of a routine and of what it includes; mistakes are noted in `problems`."""
    return bring_in(read_script(source.text, source.name, problems), include, problems)


def settings_for(script: Script, *over: Layer) -> Settings:
    """The settings of a script: the person's config.toml, its front matter, and `over` these. Raises UsageError.

    Its soundscape is the routine's own and not a setting."""
    front = script.front
    taper = None if front.taper else False
    said = {"voice": front.voice, "pace": front.pace, "guidance": front.guidance, "taper": taper}
    return settle(config_layer(), Layer(script.source, said), *over)


def at_minutes(script: Script, error: CannotFit) -> Problem:
    """A length that cannot be, as a mistake in the minutes that the front matter asks for."""
    return Mistake(str(error)).problem(script.front.place("minutes"))


@dataclass(frozen=True, slots=True)
class Opening:
    """What a session starts from: its sections and their shared minutes; `told` is what to know about them."""

    sections: tuple[Section, ...]
    budget: Budget
    told: str = ""


def opened(stage: Stage, length: int | None, variables: Mapping[str, str]) -> Opening:
    """The routine at this length; without one at its ideal, or as near to that as this variant of it comes.

    Raises what `refuse` does, with everything that is wrong with the sounds as well, and with a variable that there is not; or
    CannotFit with the shortest and longest possible."""
    try:
        return _fitted(stage, length, variables)
    except VoiceguideError as error:
        own = error.problems if isinstance(error, ScriptErrors) else ()
        faults = stage.faults(stage.script.sections)
        fit = (at_minutes(stage.script, error),) if faults and isinstance(error, CannotFit) else ()
        told = own or fit or any(str(error).endswith(fault.message) for fault in faults)  # a sentence met a voice told already
        refuse((*own, *faults, *fit), (*(() if told else (error,)), *stage.unmet()))
        raise


def refuse(problems: Sequence[Problem], also: Sequence[VoiceguideError]) -> None:
    """Raise what is wrong, all of it at once, if anything is: ScriptErrors, or UsageError for what was only asked for."""
    different = {str(error): error for error in also}
    raise_all(problems, tuple(different.values()))
    if len(different) > 1:
        raise UsageError("\n".join(different))
    for error in different.values():
        raise error


def _fitted(stage: Stage, length: int | None, variables: Mapping[str, str]) -> Opening:
    minutes = stage.script.front.minutes
    wished = minutes.ideal if length is None and minutes else length
    if wished is None:
        wished = natural_length(unfold(stage.script, variables, 0), stage.estimated, **_manner(stage))
    if length is not None:
        return Opening(*_shared(stage, variables, wished))
    near, shared = _near(stage, variables, wished)
    told = f"without a length it lasts {clock(near)}: this variant of it can't have its {clock(wished)}"
    return Opening(*shared, told if near != wished else "")


def try_sounds(stage: Stage, sections: Sequence[Section]) -> None:
    """Open every sound that these sections will use, so that what is wrong is told before anything is spoken.

    Raises ScriptErrors with all of them; UsageError, RecipeError or MediaError for a soundscape asked for elsewhere."""
    refuse(stage.faults(sections), stage.unmet())


def _near(stage: Stage, variables: Mapping[str, str], wished: int) -> tuple[int, tuple[tuple[Section, ...], Budget]]:
    """The wished length or the nearest whole second that can be had; another length can change what takes part."""
    for _ in range(TRIES):
        try:
            return wished, _shared(stage, variables, wished)
        except CannotFit as error:
            wished = RATE * (-(-error.shortest // RATE) if wished < error.shortest else error.longest // RATE)
    return wished, _shared(stage, variables, wished)


def _shared(stage: Stage, variables: Mapping[str, str], length: int) -> tuple[tuple[Section, ...], Budget]:
    """The sections at this length, and its minutes shared among them."""
    sections = unfold(stage.script, variables, seconds(length) / 60)
    return sections, budget(stage.script.front.title, sections, length, stage.estimated, **_manner(stage))


def _manner(stage: Stage) -> dict[str, Any]:
    return {"taper": stage.settings.taper, "guidance": stage.settings.guidance}
