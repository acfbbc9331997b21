"""Where a soundscape comes from: a recipe by name or file, a sound file or a folder of them, or a recording in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.ambience import reading, recipe
from voiceguide.audio import Block, frames
from voiceguide.errors import Problem, RecipeError
from voiceguide.inside import find_file, open_regular

if TYPE_CHECKING:
    from voiceguide.media import Media

SUFFIX = ".toml"
LONGEST = frames(180)
"""Recordings are recombined from their first three minutes together: enough never to sound like a loop, and 70 MB."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Looks things up: recipes by name through `find`, files below `beside` or `roots`, `given` sounds before any file."""

    find: Callable[[str], Path | None]
    beside: Path | None = None
    roots: tuple[Path, ...] = ()
    given: Mapping[str, Block] = field(default_factory=dict)

    def recipe(self, name: str) -> tuple[recipe.Recipe, Path | None]:
        """The recipe behind a name, and the folder its own files lie in. Raises RecipeError or MediaError."""
        if name in self.given or name.endswith("/") or Path(name).suffix not in ("", SUFFIX):
            return alone(name), self.beside
        path = find_file(name, self.beside, self.roots) if name.endswith(SUFFIX) else self.find(name)
        if path is None:
            raise wrong(name, f"there is no soundscape {name!r}", "`voiceguide soundscapes` lists them")
        with open_regular(path) as file:
            return reading.read(file.read(reading.LIMIT + 1), path.stem, path.name), path.parent

    def recordings(self, name: str, folder: Path | None) -> "tuple[Media, ...]":
        """A recording of a recipe in `folder`, or all those of a folder in there. Raises MediaError."""
        from voiceguide.media import Media, open_folder, open_media

        if name in self.given:
            return (Media(name, self.given[name][:LONGEST]),)
        if find_file(name, folder, self.roots).is_dir():
            return open_folder(name, folder, self.roots, LONGEST)
        return (open_media(name, folder, self.roots, LONGEST),)


def alone(name: str) -> recipe.Recipe:
    """The recipe that a sound file, or a folder of them, stands for by itself."""
    far = recipe.Control(default=0.0, maps=(("scene.tilt", (0.0, -2.5)), ("scene.width", (1.0, 0.6))))
    wide = recipe.Control(default=0.7, maps=(("scene.width", (0.0, 1.25)),))
    return recipe.Recipe(
        name=Path(name).stem,
        title=Path(name).stem,
        controls=recipe.Controls(distance=far, width=wide),
        layers=(recipe.Recording(id="recording", file=name),),
    )


def credited(written: recipe.Recipe) -> tuple[str, ...]:
    """Who made the recordings of a recipe, where they come from and what others may do with them, a line each."""
    recordings = (layer for layer in written.layers if isinstance(layer, recipe.Recording))
    said = (
        (one.file, ", ".join(part for part in (one.author and f"by {one.author}", one.license, one.source) if part))
        for one in recordings
    )
    return tuple(f"{file}: {words}" for file, words in said if words)


def wrong(name: str, message: str, fix: str) -> RecipeError:
    """A mistake in what was asked of a soundscape, not in its file."""
    return RecipeError([Problem(name, 1, 1, message, "", fix, "soundscape")])
