"""A recipe's layers become sources of sound; each layer's chance comes from the seed and its own name."""

from collections.abc import Callable, Sequence

from voiceguide.ambience import bubbles, chance, grains, recipe, waves
from voiceguide.ambience.bands import Colour
from voiceguide.ambience.bowls import Bowls
from voiceguide.ambience.calls import Calls
from voiceguide.ambience.chunks import Layer
from voiceguide.ambience.drone import Drone
from voiceguide.ambience.heart import Heart
from voiceguide.ambience.noise import Noise
from voiceguide.ambience.recording import Recombined, prepared
from voiceguide.media import Media


def built(
    settings: recipe.Recipe, seed: int, recording: Callable[[str], Sequence[Media]], scene: Callable[[recipe.Nested], Layer]
) -> tuple[Layer, ...]:
    """The layers of a recipe; `recording` opens a sound file or a folder of them, `scene` a soundscape within."""
    base = chance.key(seed, f"{settings.seed}/{settings.name}")
    colour = Colour(settings.spectrum, settings.eq, settings.tilt, settings.highpass)
    gust = waves.gusts(settings.shore, chance.key(base, "[shore]")) if settings.shore else None

    def layer(written: recipe.LayerRecipe) -> Layer:
        source = chance.key(base, written.id)
        match written:
            case recipe.Noise():
                return Noise(written, source, colour, gust if written.follow else None)
            case recipe.Events():
                return grains.Grains(
                    written, source, grains.bursts(written.grain, source, colour), _activity(written, source, gust)
                )
            case recipe.Bubbles():
                return grains.Grains(
                    written, source, bubbles.bubbles(written, source, colour), _activity(written, source, gust)
                )
            case recipe.Calls():
                return Calls(written, source)
            case recipe.Bowls():
                return Bowls(written, source)
            case recipe.Heart():
                return Heart(written, source)
            case recipe.Drone():
                return Drone(written, source)
            case recipe.Recording():
                return Recombined(written, source, prepared(written, recording(written.file), colour))
            case recipe.Nested():
                return scene(written)

    return tuple(map(layer, settings.layers))


def _activity(written: recipe.Events | recipe.Bubbles, source: int, gust: waves.Gust | None) -> grains.Activity | None:
    """What makes events come more often or less: the waves, or a wandering of their own."""
    if written.follow and gust:
        return waves.foam(gust)
    return grains.showers(written.activity, source) if written.activity else None
