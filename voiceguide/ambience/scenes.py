"""The soundscapes of one session, each opened once: bundled, the person's own, or given by name."""

import difflib
from collections.abc import Mapping
from pathlib import Path

from voiceguide import library
from voiceguide.ambience.remembered import Loudness
from voiceguide.ambience.scene import Scene, load_scene
from voiceguide.audio import Block
from voiceguide.errors import UsageError

Controls = tuple[tuple[str, float], ...]
Key = tuple[str, Controls]


class Scenes:
    """Opens soundscapes by name and controls; `folder` is where the routine lies, `given` are recordings by name.

    `heard` tells how loud some of them are, measured before, so that nobody has to listen to them again."""

    def __init__(
        self, seed: int, folder: Path, given: Mapping[str, Block], heard: Mapping[Key, Loudness] | None = None
    ) -> None:
        self._seed, self._folder, self.given, self._heard = seed, folder, given, dict(heard or {})
        self.opened: dict[Key, Scene] = {}

    def open(self, name: str, controls: Controls = ()) -> Scene:
        """The soundscape of this name. Raises UsageError, RecipeError or MediaError."""
        key = (name, controls)
        if key not in self.opened:
            self._check_name(name)
            self.opened[key] = load_scene(
                name,
                seed=self._seed,
                controls=controls,
                find=lambda asked: library.find("soundscapes", asked, self._folder),
                beside=self._folder,
                given=self.given,
                heard=self._heard.get(key),
            )
        return self.opened[key]

    def _check_name(self, name: str) -> None:
        """A bare name that nobody knows, with the nearest that somebody does."""
        if name in self.given or not library.NAME.fullmatch(name) or library.find("soundscapes", name, self._folder):
            return
        near = difflib.get_close_matches(name, library.soundscapes(), 1)
        fix = f"did you mean {near[0]!r}?" if near else "`voiceguide soundscapes` lists them"
        raise UsageError(f"there is no soundscape {name!r}; {fix}")
