"""Bubbles of air in water: each a damped sine whose pitch may rise, after van den Doel, "Physically-based models for liquid
sounds" (2005). A bubble of radius r metres rings at 3/r Hz and dies away at 0.13/r + 0.0072 r^-1.5 per second.
"""

import numpy as np

from voiceguide.ambience import bands, chance, recipe
from voiceguide.ambience.grains import Bank, faded
from voiceguide.audio import RATE, Mono, Values

BANK = 320
BATCH = 32
LENGTH = 5.0
FEWEST, LONGEST = 96, 12_000


def bubbles(settings: recipe.Bubbles, source: int, colour: bands.Colour) -> Bank:
    """A bank of bubbles, each with energy by the scene's spectrum at its pitch; mean energy 1."""
    random = chance.generator(source, 0)
    low, high = settings.freq
    hz = np.sort(low * (high / low) ** (random.random(BANK) ** settings.slope))[::-1]
    radius = 3.0 / hz
    decay = (0.13 / radius + 0.0072 * radius**-1.5) * settings.damping
    bend = np.where(random.random(BANK) < settings.rising, settings.rise * 2 * random.random(BANK), 0.0)
    power = 10 ** (colour.weight(hz) / 10)
    level = np.sqrt(power / power.mean())
    slices = (slice(first, first + BATCH) for first in range(0, BANK, BATCH))
    return tuple(sound for part in slices for sound in _rung(hz[part], decay[part], bend[part], level[part], settings.attack))


def _rung(hz: Values, decay: Values, bend: Values, level: Values, attack: float) -> list[Mono]:
    """Bubbles of similar length, made together."""
    lengths = np.clip(LENGTH / decay * RATE, FEWEST, LONGEST).astype(int)
    times = np.arange(int(lengths.max())) / RATE
    turns = times * hz[:, None] * (1 + 0.5 * bend[:, None] * decay[:, None] * times)
    rise = np.sin(np.minimum(times / attack, 1) * np.pi / 2) ** 2
    sounds = (np.sin(2 * np.pi * (turns % 1.0)) * np.exp(-decay[:, None] * times) * rise).astype(np.float32)
    cut = [faded(sound[:length].copy()) for sound, length in zip(sounds, lengths.tolist(), strict=True)]
    return [sound * np.float32(loud / np.sqrt(np.sum(sound * sound))) for sound, loud in zip(cut, level.tolist(), strict=True)]
