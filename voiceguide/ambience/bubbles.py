"""Bubbles of air in water: each a damped sine whose pitch may rise, after van den Doel, "Physically-based models for liquid
sounds" (2005). A bubble of radius r metres rings at 3/r Hz and dies away at 0.13/r + 0.0072 r^-1.5 per second.
"""

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import bands, chance, recipe
from voiceguide.ambience.grains import Bank, faded
from voiceguide.audio import RATE, Mono, Values

BANK = 256
BATCH = 4
LARGEST = 250_000
"""Frames of a whole bank: long bubbles make a smaller one."""

LENGTH = 5.0
FEWEST, LONGEST = 96, 12_000


def bubbles(settings: recipe.Bubbles, source: int, colour: bands.Colour) -> Bank:
    """A bank of bubbles, each with energy by the scene's spectrum at its pitch; mean energy 1."""
    random = chance.generator(source, 0)
    low, high = settings.freq
    hz = np.sort(low * (high / low) ** (random.random(BANK) ** settings.slope))[::-1]
    hz = hz[:: -(-int(_lengths(_decay(hz, settings.damping)).sum()) // LARGEST)]
    decay = _decay(hz, settings.damping)
    bend = np.where(random.random(len(hz)) < settings.rising, settings.rise * 2 * random.random(len(hz)), 0.0)
    power = 10 ** (colour.weight(hz) / 10)
    level = np.sqrt(power / power.mean())
    slices = (slice(first, first + BATCH) for first in range(0, len(hz), BATCH))
    return tuple(sound for part in slices for sound in _rung(hz[part], decay[part], bend[part], level[part], settings.attack))


def _rung(hz: Values, decay: Values, bend: Values, level: Values, attack: float) -> list[Mono]:
    """Bubbles of similar length, made together."""
    lengths = _lengths(decay)
    times = np.arange(int(lengths.max())) / RATE
    rise = np.sin(np.minimum(times / attack, 1) * np.pi / 2) ** 2
    decayed = (decay[:, None] * times).astype(np.float32)
    turns = (hz[:, None] * times * (1 + np.float32(0.5) * bend[:, None] * decayed) % 1.0).astype(np.float32)
    sounds = np.sin(np.float32(2 * np.pi) * turns) * np.exp(-decayed) * rise.astype(np.float32)
    cut = [faded(sound[:length].copy()) for sound, length in zip(sounds, lengths.tolist(), strict=True)]
    return [sound * np.float32(loud / np.sqrt(np.sum(sound * sound))) for sound, loud in zip(cut, level.tolist(), strict=True)]


def _decay(hz: Values, damping: float) -> Values:
    """Per second, at the radius that rings at `hz`."""
    radius = 3.0 / hz
    return np.asarray((0.13 / radius + 0.0072 * radius**-1.5) * damping)


def _lengths(decay: Values) -> NDArray[np.intp]:
    return np.clip(LENGTH / decay * RATE, FEWEST, LONGEST).astype(np.intp)
