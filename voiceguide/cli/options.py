"""Options and arguments that several commands share, each said once."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from voiceguide.cli import names

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

as_json = click.option("--json", "json_", is_flag=True, help="Print data for programs.")
plain = click.option("--plain", is_flag=True, help="No boxes, bars or colours: a line at a time, for screen readers and pipes.")
force = click.option("--force", is_flag=True, help="Replace a file that is already there.")


def output(help_: str, *suffixes: str) -> Decorator:
    """`-o FILE`, with a name that ends in one of these where there are any."""
    path = click.Path(path_type=Path)
    return click.option("-o", "--output", type=path, callback=ending(*suffixes), metavar="FILE", help=help_)


def picture(help_: str) -> Decorator:
    """`--svg FILE`."""
    return click.option("--svg", type=click.Path(path_type=Path), callback=ending(".svg"), metavar="FILE", help=help_)


def ending(*suffixes: str) -> Callable[[click.Context, click.Parameter, Path | None], Path | None]:
    """A callback that refuses a file whose name promises something else; no suffixes are any."""

    def check(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
        del context
        if path is not None and suffixes and path.suffix.lower() not in suffixes:
            raise click.BadParameter(f"the name {str(path)!r} must end in {' or '.join(suffixes)}", param=parameter)
        return path

    return check


def read_frames(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    from voiceguide.script.times import read_length

    del context
    if text is None:
        return None
    try:
        length = read_length(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param=parameter) from None
    if length.least != length.most:
        raise click.BadParameter(
            f"{text} is a range; a session has one length, such as {text.split('-')[0].lstrip('~')}", param=parameter
        )
    return length.ideal


def _until(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return frames_until(text, datetime.now())
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a time of day; write 15:50", param=parameter) from None


def frames_until(text: str, now: datetime) -> int:
    """Frames from `now` to the next time the clock shows `text` (15:50), to the whole second. Raises ValueError."""
    from voiceguide.audio import frames

    end = datetime.combine(now, datetime.strptime(text, "%H:%M").time())
    if end <= now:
        end += timedelta(days=1)
    return frames(int((end - now).total_seconds()))


def pairs(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`name=value`, as often as it is given."""
    del context
    split = [text.partition("=") for text in given]
    for (name, sign, _), text in zip(split, given, strict=True):
        if not (sign and name.strip()):
            raise click.BadParameter(f"{text!r} is no {parameter.metavar}", param=parameter)
    return {name.strip(): value.strip() for name, _, value in split}


def numbers(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> dict[str, float]:
    """`name=0.5`, as often as it is given."""
    try:
        return {name: float(value) for name, value in pairs(context, parameter, given).items()}
    except ValueError as error:
        raise click.BadParameter(f"{error}; write a number such as calm=0.8", param=parameter) from None


def setting(context: click.Context, parameter: click.Parameter, text: str | None) -> float | str | None:
    """A number for a setting; what is none stays text, for the settings tell all that is wrong at once."""
    del context, parameter
    if text is None:
        return None
    for kind in (int, float):
        with suppress(ValueError):
            return kind(text)
    return text


def between(least: float, most: float) -> Callable[[click.Context, click.Parameter, str | None], float | None]:
    """A callback for a number in this range that is no setting, whole where `least` is."""
    kind = type(least)

    def check(context: click.Context, parameter: click.Parameter, text: str | None) -> float | None:
        del context
        if text is None:
            return None
        with suppress(ValueError):
            if least <= kind(text) <= most:
                return kind(text)
        words = "whole number" if kind is int else "number"
        raise click.BadParameter(f"{text!r} is not a {words} from {least} to {most}", param=parameter)

    return check


def parts(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> list[str] | None:
    """Words between commas, as often as they are given; None where they are not."""
    del context, parameter
    return [part.strip() for text in given for part in text.split(",") if part.strip()] or None


def device(name: str | None) -> str | None:
    """The device asked for here or in config.toml; None for the system's choice."""
    from voiceguide.settings import config_layer, settle

    return name or settle(config_layer()).device


def alone(context: click.Context) -> None:
    """Refuse an option of a group's own listing before the name of another command, where it would do nothing."""
    given = [each.opts[0] for each in context.command.params if context.params.get(each.name or "")]
    if context.invoked_subcommand and given:
        list_, name = context.command_path, context.invoked_subcommand
        raise click.UsageError(f"{given[0]} before {name!r} does nothing; write it after that, or: {list_} {given[0]}")


ROUTINE = click.argument("routine", shell_complete=names.routines)
PLANNED = (
    click.option(
        "--for",
        "length",
        callback=read_frames,
        metavar="TIME",
        help="Exactly this long: 30m, 17m59s, 1:30. Else the routine's own ideal.",
    ),
    click.option("--ends-at", "until", callback=_until, metavar="CLOCK", help="Exactly until the clock shows this: 15:50."),
    click.option("--voice", metavar="NAME", shell_complete=names.voices, help="Who speaks; `voiceguide voices` lists them."),
    click.option("--pace", callback=setting, metavar="WORDS", help="Words a minute (125)."),
    click.option(
        "--set",
        "variables",
        multiple=True,
        callback=pairs,
        metavar="NAME=VALUE",
        help="Fill a blank of the routine, such as name=Sam.",
    ),
    click.option(
        "--avoid",
        multiple=True,
        callback=parts,
        metavar="AREA",
        help="Leave out sections about a part of the body, such as 'low back', kept ones too; several with commas.",
    ),
    click.option("--guidance", metavar="AMOUNT", help="How much is said, at the same times: full, some or sparse."),
    click.option("--pressure", metavar="HOW", help="softer or firmer than written, or steps from -2 to 2; never past 7."),
    click.option(
        "--for-whom",
        metavar="WHO",
        help="Only the words to giver or receiver, at the same times; apart: the giver's left, the receiver's right.",
    ),
    click.option("--sleepy", is_flag=True, default=None, help="No check-in after the first that asks for a number."),
    click.option("--quiet", is_flag=True, default=None, help="No reminders, and no check-ins but those that are kept."),
    click.option("--sleep", is_flag=True, default=None, help="To fall asleep by: no closing bell, and a fade of a minute."),
)
HEARD = (
    click.option(
        "--soundscape",
        metavar="NAME",
        shell_complete=names.soundscapes,
        help="Another soundscape than the routine's; off for none.",
    ),
    click.option(
        "--mix",
        metavar="NAME",
        shell_complete=names.mixes,
        help="How far the soundscape steps back behind the voice: clear, lush or off.",
    ),
    click.option("--jobs", callback=setting, metavar="N", help="How many processes speak at the same time (all cores)."),
    plain,
)


def session(command: Callable[..., Any]) -> Callable[..., Any]:
    """Everything that opens a session: the routine, its length, who speaks over what, and its blanks."""
    return ROUTINE(wishes(command))


def planned(command: Callable[..., Any]) -> Callable[..., Any]:
    """What opens a session that nobody is to hear: the routine, and what decides what is said when."""
    return ROUTINE(_with(PLANNED, command))


def wishes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Everything that opens a session but the routine."""
    return _with((*PLANNED, *HEARD), command)


def _with(decorators: Sequence[Decorator], command: Callable[..., Any]) -> Callable[..., Any]:
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


def opened(
    routine: str,
    length: int | None,
    until: int | None,
    variables: dict[str, str],
    avoid: list[str] | None = None,
    *,
    soon: bool = False,
    **settings: object,
) -> Any:
    """The session that these options ask for; None means "not said". `soon` as in `open_session`."""
    from voiceguide.session import open_session

    if length is not None and until is not None:
        raise click.UsageError("--for and --ends-at both give the length; use one of them")
    overrides = {name: value for name, value in settings.items() if value is not None}
    length = until if length is None else length
    return open_session(routine, length=length, overrides=overrides, variables=variables, avoid=avoid or (), soon=soon)
