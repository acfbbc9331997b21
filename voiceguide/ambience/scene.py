"""A soundscape opened: its recipe read and found right, its controls set, its loudness known.

What sounds is made when it is first heard, for whoever only asks whether a soundscape is right should not wait for numpy. Only
recordings are opened at once: nothing else can tell whether they are right.
"""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from voiceguide.ambience import controls, recipe
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.ambience.remembered import Loudness, remembered
from voiceguide.ambience.sources import Sources, credited, wrong
from voiceguide.audio import Block, gain

if TYPE_CHECKING:
    from voiceguide.ambience.chunks import Chunks, Layer
    from voiceguide.media import Media

DEEPEST = 3
SAMPLED = 16


@dataclass(frozen=True)
class Scene:
    """An endless soundscape: `loudness` in LUFS as delivered; `heard` is what a meter said of its layers before any gain.

    `notes` say what was wrong with its recordings and `credits` who made them, if anything is said; `controls` are those it
    has, and where they stand.
    """

    loudness: float
    heard: Loudness
    make: "Callable[[], Chunks]"
    notes: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    controls: Mapping[str, float] = field(default_factory=dict)

    @property
    def swing(self) -> float:
        """How many dB its loudest 3 s rise above its loudness."""
        return self.heard.swing

    def render(self, start: int, frames: int) -> Block:
        """Frames [start, start + frames), shape (frames, 2), laid out channel by channel; `start` may be any integer."""
        return self._chunks.render(start, frames)

    @cached_property
    def _chunks(self) -> "Chunks":
        return self.make()


def load_scene(
    name_or_path: str,
    *,
    seed: int,
    controls: Sequence[tuple[str, float]] = (),
    find: Callable[[str], Path | None],
    beside: Path | None = None,
    roots: Sequence[Path] = (),
    given: Mapping[str, Block] | None = None,
    heard: Loudness | None = None,
) -> Scene:
    """A soundscape by bare name (through `find`), by recipe file or sound file below `beside` or `roots`, or `given` by name.

    `controls` are numbers from 0 to 1 by name; `given` recordings have shape (frames, 2); `heard` is `Scene.heard` of the same
    scene, opened before. Raises RecipeError or MediaError.
    """
    return _Opening(seed, Sources(find, beside, tuple(roots), given or {})).scene(name_or_path, dict(controls), heard)


@dataclass(frozen=True)
class _Part:
    """A recipe with its controls set, where they stand, its recordings by file and the scenes within it by layer."""

    settled: recipe.Recipe
    standing: Mapping[str, float]
    seed: int
    recordings: "Mapping[str, tuple[Media, ...]]"
    inner: "Mapping[str, tuple[_Part, Loudness]]"

    @cached_property
    def layers(self) -> "tuple[Layer, ...]":
        """Its layers before any gain."""
        from voiceguide.ambience.layers import built

        return built(self.settled, self.seed, self.recordings.__getitem__, self._within)

    def check(self) -> None:
        """Raise MediaError for a recording that cannot be recombined."""
        _ = self.layers

    def delivered(self, heard: Loudness) -> "Chunks":
        """Its sound as a listener gets it."""
        from voiceguide.ambience.sounding import delivered

        level = self.settled.loudness
        return delivered(self.layers, self.settled.width, gain(level - heard.level), level)

    def listened(self) -> Loudness:
        """What a meter says of its layers before any gain."""
        from voiceguide.ambience.sounding import listened

        return listened(self.layers, self.settled.width)

    def _within(self, layer: recipe.Nested) -> "Layer":
        from voiceguide.ambience.sounding import Within

        part, heard = self.inner[layer.id]
        return Within(part.layers, part.settled.width, gain(FLAT_BED + layer.level - heard.level))


class _Opening:
    """Opens a scene and those within it; notes, credits and what the sound is made from are gathered on the way."""

    def __init__(self, seed: int, sources: Sources) -> None:
        self.seed, self.sources = seed, sources
        self.notes: list[str] = []
        self.credits: list[str] = []
        self.made_of = sha256(str(seed).encode())

    def scene(self, name: str, values: Mapping[str, float], heard: Loudness | None) -> Scene:
        part, known = self.part(name, values, 0, heard)
        make = partial(part.delivered, known)
        return Scene(part.settled.loudness, known, make, tuple(self.notes), tuple(self.credits), part.standing)

    def part(self, name: str, values: Mapping[str, float], depth: int, heard: Loudness | None = None) -> tuple[_Part, Loudness]:
        if depth > DEEPEST:
            raise wrong(name, f"soundscapes lie inside one another more than {DEEPEST} deep", "does one use itself?")
        written, folder = self.sources.recipe(name)
        _check_controls(written, values)
        settled = controls.settled(written, values)
        self.credits += credited(written)
        files = [layer.file for layer in settled.layers if isinstance(layer, recipe.Recording)]
        nested = [layer for layer in settled.layers if isinstance(layer, recipe.Nested)]
        recordings = {file: self.recordings(folder, file) for file in files}
        inner = {layer.id: self.part(layer.use, dict(layer.controls), depth + 1) for layer in nested}
        part = _Part(settled, controls.available(written) | dict(values), self.seed, recordings, inner)
        self.made_of.update(repr(settled).encode())
        if recordings:
            part.check()
        return part, heard or _measured(written, values) or remembered(self.made_of.digest(), part.listened)

    def recordings(self, folder: Path | None, file: str) -> "tuple[Media, ...]":
        media = self.sources.recordings(file, folder)
        for one in media:
            self.notes.extend(f"{one.name}: {note}" for note in one.notes)
            self.made_of.update(one.sound[::SAMPLED].tobytes())
        return media


def _check_controls(written: recipe.Recipe, values: Mapping[str, float]) -> None:
    known = controls.available(written)
    for name, value in values.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            fix = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(known) or 'none'}"
            raise wrong(written.name, f"the soundscape {written.name!r} has no control {name!r}", fix)
        if not 0 <= value <= 1:
            raise wrong(written.name, f"the control {name!r} is {value!r}", "controls go from 0 to 1")


def _measured(written: recipe.Recipe, values: Mapping[str, float]) -> Loudness | None:
    """What the recipe says measuring found, for these controls; the level is that of the layers before any gain."""
    if written.measured is None:
        return None
    more_gain, more_swing = controls.correction(written, values)
    level = written.loudness - written.measured.gain - more_gain
    return Loudness(level, max(0.0, written.measured.swing + more_swing))
