"""Layers are built from a recipe, and each one's chance is its own."""

from dataclasses import replace

import numpy as np
import pytest

from voiceguide.ambience import recipe
from voiceguide.ambience.chunks import CHUNK, Layer
from voiceguide.ambience.layers import built
from voiceguide.audio import RATE
from voiceguide.media import Media

NOISE = recipe.Noise(id="bed")
GRAIN = recipe.Grain(decay=(0.001, 0.004), freq=(500.0, 5000.0))
SONG = recipe.Song(syllables=(2.0, 4.0), length=(0.02, 0.03), gap=(0.01, 0.02), freq=(3000.0, 5000.0), variety=0.1)
SHORE = recipe.Shore(period=8.0, jitter=0.3, rise=2.0, decay=3.0, depth=12.0, floor=-14.0)
EVERY: tuple[recipe.LayerRecipe, ...] = (
    NOISE,
    recipe.Noise(id="surf", follow="shore"),
    recipe.Events(id="drops", level=0.0, rate=100.0, grain=GRAIN, activity=recipe.Activity(rate=0.3, depth=0.2)),
    recipe.Events(id="foam", level=0.0, rate=100.0, grain=GRAIN, follow="shore"),
    recipe.Bubbles(id="bubbles", level=0.0, rate=50.0, freq=(500.0, 5000.0)),
    recipe.Calls(id="crickets", level=0.0, callers=3, period=(0.2, 0.3), song=SONG),
    recipe.Bowls(id="bowls", notes=(110.0, 165.0), every=4.0),
    recipe.Heart(id="heart", rate=120.0),
    recipe.Drone(id="chord", notes=(110.0,)),
    recipe.Recording(id="garden", file="garden.flac"),
    recipe.Nested(id="inner", use="rain"),
)


class Silence:
    def add(self, chunk: int, piece: np.ndarray) -> None:
        """Nothing."""


def recording(name: str) -> list[Media]:
    assert name == "garden.flac"
    return [Media(name, np.random.default_rng(1).standard_normal((5 * RATE, 2)).astype(np.float32) * np.float32(0.05))]


def nested(layer: recipe.Nested) -> Layer:
    assert layer.use == "rain"
    return Silence()


def sound(layer: Layer) -> np.ndarray:
    piece = np.zeros((2, 2 * CHUNK), np.float32)
    layer.add(3, piece)
    return piece


def made(*layers: recipe.LayerRecipe, seed: int = 1) -> list[np.ndarray]:
    written = recipe.Recipe(name="x", title="X", shore=SHORE, layers=layers)
    return [sound(layer) for layer in built(written, seed, recording, nested)]


def test_every_kind_of_layer_can_be_built_and_heard() -> None:
    assert {type(layer) for layer in EVERY} == set(recipe.LAYERS.values())
    *heard, inner = made(*EVERY)
    assert all(np.isfinite(piece).all() and piece.any() for piece in heard)
    assert not inner.any()


@pytest.mark.parametrize("layer", EVERY[:-1], ids=lambda layer: layer.id)
def test_a_layer_keeps_its_sound_whatever_stands_beside_it(layer: recipe.LayerRecipe) -> None:
    alone, beside = made(layer)[0], made(replace(NOISE, id="other"), layer)[1]
    assert np.array_equal(alone, beside)


@pytest.mark.parametrize("layer", EVERY[:-1], ids=lambda layer: layer.id)
def test_seed_and_name_change_the_sound(layer: recipe.LayerRecipe) -> None:
    assert not np.array_equal(made(layer)[0], made(layer, seed=2)[0])
    assert not np.array_equal(made(layer)[0], made(replace(layer, id="renamed"))[0])
