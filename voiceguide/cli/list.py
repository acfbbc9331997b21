"""`voiceguide list`: the routines that can be named."""

from pathlib import Path
from typing import Any

import click

from voiceguide.cli import options


@click.command(epilog="Example: voiceguide list --json")
@options.as_json
@options.plain
def command(json_: bool, plain: bool) -> None:
    """List the routines: your own and the bundled ones.

    Your own are Markdown files in the folder that `voiceguide doctor` shows.
    """
    from voiceguide.cli import screen
    from voiceguide.library import routines

    found = [_described(name, path) for name, path in routines().items()]
    if json_:
        screen.emit(found)
        return
    told = [one.get("error") or one["summary"] or one["title"] for one in found]
    rows = [(one["name"], one["for"], _span(one["minutes"]), about) for one, about in zip(found, told, strict=True)]
    screen.table(("name", "for", "minutes", "about"), rows, plain=plain)


def _described(name: str, path: Path) -> dict[str, Any]:
    """What the front matter says, and what can be chosen and avoided; one with mistakes is listed with the first of them."""
    from voiceguide.errors import ScriptErrors, UsageError
    from voiceguide.library import include, read_script
    from voiceguide.script.areas import areas
    from voiceguide.script.includes import expand
    from voiceguide.script.parser import parse

    entry: dict[str, Any] = {"name": name, "title": None, "for": None, "minutes": None, "summary": None, "path": str(path)}
    try:
        script = expand(parse(read_script(path).text, str(path)), include)
    except ScriptErrors as error:
        return entry | {"error": str(error.problems[0])}
    except UsageError as error:
        return entry | {"error": str(error)}
    front, length = script.front, script.front.minutes
    minutes = length and {kind: _minutes(getattr(length, kind)) for kind in ("least", "ideal", "most")}
    choices = {"position": front.position} | {one.name: one.choices for one in front.variables}
    offered = {"choices": {name: some for name, some in choices.items() if some}, "areas": areas(script.sections)}
    return entry | {"title": front.title, "for": front.audience, "minutes": minutes, "summary": front.summary} | offered


def _minutes(count: int) -> float:
    from voiceguide.audio import seconds

    return round(seconds(count) / 60, 2)


def _span(minutes: dict[str, float] | None) -> str:
    """`10`, or `6-15`."""
    ends = [f"{minutes[kind]:g}" for kind in ("least", "most")] if minutes else []
    return "-".join(dict.fromkeys(ends))
