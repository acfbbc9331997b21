"""`voiceguide soundscapes`: what can sound under the words, with everything that can be done to it."""

from pathlib import Path
from typing import Any

import click

from voiceguide.cli import options, recipes, scenes

EXAMPLES = """\b
Examples:
  voiceguide soundscapes list --tag sleep
  voiceguide soundscapes preview rain ocean stream -o three.mp3
  voiceguide soundscapes render rain --seconds 28 --seed 3 -o rain.wav
  voiceguide soundscapes new attic.toml
"""


@click.group("soundscapes", invoke_without_command=True, epilog=EXAMPLES)
@options.as_json
@options.plain
@click.pass_context
def command(context: click.Context, json_: bool, plain: bool) -> None:
    """List the soundscapes, hear them, or write one of your own.

    Your own and the bundled ones are listed with their controls.
    """
    options.alone(context)
    if not context.invoked_subcommand:
        _listed(None, json_, plain)


@command.command("list", epilog="Example: voiceguide soundscapes list --tag sleep")
@click.option("--tag", metavar="WORD", help="Only those with this tag.")
@options.as_json
@options.plain
def list_(tag: str | None, json_: bool, plain: bool) -> None:
    """List the soundscapes and their controls.

    Your own and the bundled ones, with their tags and whose recordings are in them.
    """
    _listed(tag, json_, plain)


for part in (scenes.render, scenes.preview, recipes.new, recipes.check):
    command.add_command(part)


def _listed(tag: str | None, json_: bool, plain: bool) -> None:
    from voiceguide.cli import screen
    from voiceguide.library import soundscapes

    found = _tagged([_described(name, path) for name, path in soundscapes().items()], tag)
    if json_:
        screen.emit(found)
        return
    rows = [(one["name"], one["title"], ", ".join(one["controls"]), _remark(one)) for one in found]
    screen.table(("name", "title", "controls", "tags"), rows, plain=plain)


def _tagged(found: list[dict[str, Any]], tag: str | None) -> list[dict[str, Any]]:
    """Those with a tag. Raises UsageError with the nearest where there is none."""
    from difflib import get_close_matches

    from voiceguide.errors import UsageError

    known = sorted({word for one in found for word in one["tags"]})
    if tag is None or tag in known:
        return [one for one in found if tag is None or tag in one["tags"]]
    near = get_close_matches(tag, known, 1)
    raise UsageError(f"no soundscape has the tag {tag!r}; " + (f"did you mean {near[0]!r}?" if near else ", ".join(known)))


def _remark(one: dict[str, Any]) -> str:
    """What is wrong with it, else its tags and whose recordings are in it."""
    return one.get("error") or "; ".join([", ".join(one["tags"]), *one["credits"]])


def _described(name: str, path: Path) -> dict[str, Any]:
    """What the recipe says; one with mistakes is listed with the first of them."""
    from voiceguide.ambience.controls import available
    from voiceguide.ambience.reading import LIMIT, read
    from voiceguide.ambience.sources import credited
    from voiceguide.errors import RecipeError
    from voiceguide.regular import open_regular

    entry: dict[str, Any] = {"name": name, "title": None, "tags": [], "controls": [], "loudness": None, "credits": []}
    entry["path"] = str(path)
    try:
        with open_regular(path) as file:
            recipe = read(file.read(LIMIT + 1), name, str(path))
    except RecipeError as error:
        return entry | {"error": str(error.problems[0])}
    except OSError as error:
        return entry | {"error": f"{path}: cannot be read ({error.strerror})"}
    said = {"title": recipe.title, "tags": list(recipe.tags), "controls": list(available(recipe)), "loudness": recipe.loudness}
    return entry | said | {"credits": list(credited(recipe))}
