"""`voiceguide soundscapes`: what can sound under the words, and a soundscape by itself as a file."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import names, options

if TYPE_CHECKING:
    from voiceguide.ambience.scene import Scene
    from voiceguide.audio import Block

EXAMPLES = """\b
Examples:
  voiceguide soundscapes --json
  voiceguide soundscapes render rain --seconds 28 --seed 3 -o rain.wav
"""
BLOCK = 65_536
SECONDS, SEEDS = click.FloatRange(0.1, 8 * 3600), click.IntRange(0, 2**31 - 1)


@click.group("soundscapes", invoke_without_command=True, epilog=EXAMPLES)
@options.as_json
@options.plain
@click.pass_context
def command(context: click.Context, json_: bool, plain: bool) -> None:
    """List the soundscapes, or write one to a file.

    Your own and the bundled ones are listed with their controls.
    """
    from voiceguide.cli import screen
    from voiceguide.library import soundscapes

    if context.invoked_subcommand:
        return
    found = [_described(name, path) for name, path in soundscapes().items()]
    if json_:
        screen.emit(found)
        return
    rows = [
        (one["name"], one["title"], ", ".join(one["controls"]), one.get("error") or ", ".join(one["tags"])) for one in found
    ]
    screen.table(("name", "title", "controls", "tags"), rows, plain=plain)


@command.command(epilog="Example: voiceguide soundscapes render ocean --seconds 60 --control calm=0.8 -o ocean.flac")
@click.argument("name", shell_complete=names.soundscapes)
@click.option("--seconds", type=SECONDS, callback=options.finite, default=28, show_default=True, help="How long.")
@click.option("--seed", type=SEEDS, default=1, show_default=True, help="The same seed gives the same sound.")
@click.option("--control", "controls", multiple=True, callback=options.numbers, metavar="NAME=0..1", help="Turn a control.")
@click.option("--bits", type=click.Choice(["16", "24"]), default="16", show_default=True, help="Bits a sample in WAV and FLAC.")
@options.output("The file to write: .wav, .flac or .mp3. Without it, the name with .wav, here.")
@options.force
@options.plain
def render(
    name: str, seconds: float, seed: int, controls: dict[str, float], bits: str, output: Path | None, force: bool, plain: bool
) -> None:
    """Write a soundscape to a file by itself.

    NAME is a soundscape, or the path of a .toml or sound file. It is as loud as its recipe delivers it.
    """
    from voiceguide.audio import frames
    from voiceguide.cleantext import filename, tag
    from voiceguide.cli import screen
    from voiceguide.export import cover
    from voiceguide.export.save import kind_of, save
    from voiceguide.export.tags import Tags
    from voiceguide.files import check_apart, check_target

    title = tag(Path(name).stem)
    target = output or Path(filename(title, ".wav"))
    kind = kind_of(target)
    check_target(target, force=force)
    check_apart(target, [Path(name)])
    scene, length, tags = _scene(name, seed, controls), frames(seconds), Tags(title, cover.draw(title))
    blocks = _blocks(scene, length)
    with screen.progress(plain=plain) as progress:
        told = partial(progress, "mixing")
        save(blocks, target, kind=kind, frames=length, tags=tags, chapters=tuple, bits=int(bits), force=force, progress=told)
    screen.out(str(target))


def _scene(name: str, seed: int, controls: dict[str, float]) -> "Scene":
    from voiceguide import library
    from voiceguide.ambience.scene import load_scene

    path = library.locate("soundscapes", name)
    beside, known = (None, name) if library.NAME.fullmatch(name) else (path.parent, path.name)
    find = partial(library.find, "soundscapes")
    return load_scene(known, seed=seed, controls=tuple(controls.items()), find=find, beside=beside)


def _blocks(scene: "Scene", length: int) -> "Iterator[Block]":
    for start in range(0, length, BLOCK):
        yield scene.render(start, min(BLOCK, length - start))


def _described(name: str, path: Path) -> dict[str, Any]:
    """What the recipe says; one with mistakes is listed with the first of them."""
    from voiceguide.ambience.controls import available
    from voiceguide.ambience.reading import LIMIT, read
    from voiceguide.errors import RecipeError
    from voiceguide.regular import open_regular

    entry: dict[str, Any] = {"name": name, "title": None, "tags": [], "controls": [], "loudness": None, "path": str(path)}
    try:
        with open_regular(path) as file:
            recipe = read(file.read(LIMIT + 1), name, str(path))
    except RecipeError as error:
        return entry | {"error": str(error.problems[0])}
    except OSError as error:
        return entry | {"error": f"{path}: cannot be read ({error.strerror})"}
    known = {"title": recipe.title, "tags": list(recipe.tags), "controls": list(available(recipe)), "loudness": recipe.loudness}
    return entry | known
