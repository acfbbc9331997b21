"""A soundscape that can be heard: a recipe's layers summed, brought to loudness and kept from startling."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path

import numpy as np

from voiceguide.ambience import controls, recipe
from voiceguide.ambience.chunks import Chunks, Layer, Planar, summed
from voiceguide.ambience.layers import built
from voiceguide.ambience.measure import Loudness, loudness
from voiceguide.ambience.noise import FLAT_BED
from voiceguide.ambience.remembered import remembered
from voiceguide.ambience.sources import Sources, credited, wrong
from voiceguide.audio import Block, frames, gain
from voiceguide.loudness import energies
from voiceguide.media import Media

KNEE, CEILING = 12.0, 18.5
"""dB over a scene's loudness: samples are left alone up to the knee and bent to stay below the ceiling."""

DEEPEST = 3
SAMPLED = 16
LISTEN, PART = frames(120), frames(20)


@dataclass(frozen=True, slots=True)
class Scene:
    """An endless soundscape: `loudness` in LUFS as delivered; `heard` is what a meter said of its layers before any gain.

    `notes` say what was wrong with its recordings and `credits` who made them, if anything is said; `controls` are those it
    has, and where they stand.
    """

    loudness: float
    heard: Loudness
    chunks: Chunks
    notes: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    controls: Mapping[str, float] = field(default_factory=dict)

    @property
    def swing(self) -> float:
        """How many dB its loudest 3 s rise above its loudness."""
        return self.heard.swing

    def render(self, start: int, frames: int) -> Block:
        """Frames [start, start + frames), shape (frames, 2), laid out channel by channel; `start` may be any integer."""
        return self.chunks.render(start, frames)


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


def bent(sound: Planar, knee: float, ceiling: float) -> Planar:
    """Samples beyond `knee` bent softly (tanh) so that none reaches `ceiling`; in place."""
    high = np.abs(sound) > knee
    over = np.abs(sound[high]) - knee
    sound[high] = np.sign(sound[high]) * (knee + (ceiling - knee) * np.tanh(over / (ceiling - knee)))
    return sound


@dataclass(frozen=True, slots=True)
class _Layers:
    """The layers of one recipe before any gain, what a meter said of them, and where the controls stand."""

    layers: tuple[Layer, ...]
    width: float
    loudness: float
    heard: Loudness
    controls: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Within:
    """A scene as a layer of another; peaks are bent once, in the whole."""

    part: _Layers
    factor: float

    def add(self, chunk: int, piece: Planar) -> None:
        inner = _widened(summed(self.part.layers, chunk), self.part.width)
        inner *= np.float32(self.factor)
        piece += inner


class _Opening:
    """Opens a scene and those within it; notes, credits and what the sound is made from are gathered on the way."""

    def __init__(self, seed: int, sources: Sources) -> None:
        self.seed, self.sources = seed, sources
        self.notes: list[str] = []
        self.credits: list[str] = []
        self.made_of = sha256(str(seed).encode())

    def scene(self, name: str, values: Mapping[str, float], heard: Loudness | None) -> Scene:
        whole = self.layers(name, values, 0, heard)
        factor = gain(whole.loudness - whole.heard.level)
        finish = partial(_finished, width=whole.width, factor=factor, level=whole.loudness)
        chunks = Chunks(whole.layers, finish)
        return Scene(whole.loudness, whole.heard, chunks, tuple(self.notes), tuple(self.credits), whole.controls)

    def layers(self, name: str, values: Mapping[str, float], depth: int, heard: Loudness | None = None) -> _Layers:
        if depth > DEEPEST:
            raise wrong(name, f"soundscapes lie inside one another more than {DEEPEST} deep", "does one use itself?")
        written, folder = self.sources.recipe(name)
        _check_controls(written, values)
        settled = controls.settled(written, values)
        self.credits += credited(written)
        layers = built(settled, self.seed, partial(self.recordings, folder), partial(self.within, depth))
        self.made_of.update(repr(settled).encode())
        listen = partial(listened, layers, settled.width)
        heard = heard or _measured(written, values) or remembered(self.made_of.digest(), listen)
        standing = controls.available(written) | dict(values)
        return _Layers(layers, settled.width, settled.loudness, heard, standing)

    def recordings(self, folder: Path | None, file: str) -> tuple[Media, ...]:
        media = self.sources.recordings(file, folder)
        for one in media:
            self.notes.extend(f"{one.name}: {note}" for note in one.notes)
            self.made_of.update(np.ascontiguousarray(one.sound[::SAMPLED]).tobytes())
        return media

    def within(self, depth: int, layer: recipe.Nested) -> Layer:
        part = self.layers(layer.use, dict(layer.controls), depth + 1)
        return _Within(part, gain(FLAT_BED + layer.level - part.heard.level))


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


def listened(layers: Sequence[Layer], width: float, length: int = LISTEN) -> Loudness:
    """What a meter says of the layers before any gain, over `length` frames."""
    raw = Chunks(layers, partial(_widened, width=width))
    return loudness(np.concatenate([energies(raw.render(start, PART)) for start in range(0, length, PART)]))


def _finished(chunk: Planar, width: float, factor: float, level: float) -> Planar:
    chunk = _widened(chunk, width)
    chunk *= np.float32(factor)
    return bent(chunk, gain(level + KNEE), gain(level + CEILING))


def _widened(chunk: Planar, width: float) -> Planar:
    """The chunk with what differs between its sides times `width`; in place."""
    if width != 1:
        mid, side = (chunk[0] + chunk[1]) / 2, (chunk[0] - chunk[1]) * np.float32(width / 2)
        np.add(mid, side, out=chunk[0])
        np.subtract(mid, side, out=chunk[1])
    return chunk
