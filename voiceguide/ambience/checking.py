"""Whether a recipe can be heard: its own mistakes, and those of the recordings and soundscapes that it names."""

from collections.abc import Callable
from pathlib import Path

from voiceguide.ambience import reading, recipe
from voiceguide.ambience.bands import Colour
from voiceguide.ambience.places import line_of
from voiceguide.ambience.recording import prepared
from voiceguide.ambience.scene import load_scene
from voiceguide.ambience.sources import Sources
from voiceguide.errors import MediaError, Problem, RecipeError
from voiceguide.inside import open_regular

Find = Callable[[str], Path | None]


def mistakes(path: Path, find: Find) -> tuple[Problem, ...]:
    """Everything wrong with a recipe file; `find` looks up soundscapes by name. Raises MediaError where there is no file."""
    with open_regular(path) as file:
        text = file.read(reading.LIMIT + 1)
    try:
        written = reading.read(text, path.stem, str(path))
    except RecipeError as error:
        return error.problems
    found: list[Problem] = []
    for number, layer in enumerate(written.layers):
        try:
            _try(written, layer, path.parent, find)
        except (RecipeError, MediaError) as error:
            key = "file" if isinstance(layer, recipe.Recording) else "use"
            line = line_of(text.decode(), ("layer", number, key))
            found.append(Problem(str(path), line, 1, f"{key!r}: {error}".splitlines()[0], rule="recipe"))
    return tuple(found)


def _try(written: recipe.Recipe, layer: recipe.LayerRecipe, folder: Path, find: Find) -> None:
    """Open what a layer names."""
    if isinstance(layer, recipe.Recording):
        colour = Colour(written.spectrum, written.eq, written.tilt, written.highpass)
        prepared(layer, Sources(find, folder).recordings(layer.file, folder), colour)
    elif isinstance(layer, recipe.Nested):
        load_scene(layer.use, seed=1, controls=layer.controls, find=find, beside=folder)
