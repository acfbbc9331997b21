"""The metronome's beat and the countdown's tick: short, soft, without an edge."""

from functools import cache
from typing import Literal

import numpy as np

from voiceguide.ambience.signals import LENGTHS, ringing
from voiceguide.audio import RATE, Block, Values, gain
from voiceguide.loudness import energies, lufs, windows

LOUDNESS = -27.0
"""LUFS of the loudest 400 ms of either sound, the loudness of a soundscape."""

Kind = Literal["beat", "tick"]


@cache
def tick(kind: Kind) -> Block:
    """A drop on wood for the metronome, a dry small knock for the countdown, shape (frames, 2). Read-only."""
    times = np.arange(ringing(kind)) / RATE
    sound = _drop(times) if kind == "beat" else _knock(times)
    sound *= np.sin(np.clip((LENGTHS[kind] - times) / 0.1, 0, 1) * np.pi / 2) ** 2
    planar = np.stack([sound, sound]).astype(np.float32)
    planar *= np.float32(gain(LOUDNESS - lufs(float(windows(energies(planar.T)).max()))))
    planar.flags.writeable = False
    return planar.T


def _drop(times: Values) -> Values:
    """A pitch that falls a little and rings 60 ms, with a wooden overtone."""
    turns = 330 * times + 3 * (1 - np.exp(-times / 0.02)) * 0.2
    body = np.sin(2 * np.pi * turns) * np.exp(-times / 0.06)
    wood = 0.25 * np.sin(2 * np.pi * 2.7 * 330 * times) * np.exp(-times / 0.02)
    return np.asarray((body + wood) * _swell(times, 0.012))


def _knock(times: Values) -> Values:
    body = np.sin(2 * np.pi * 660 * times) * np.exp(-times / 0.03)
    return np.asarray((body + 0.2 * np.sin(2 * np.pi * 1540 * times) * np.exp(-times / 0.012)) * _swell(times, 0.006))


def _swell(times: Values, attack: float) -> Values:
    return np.asarray(np.sin(np.clip(times / attack, 0, 1) * np.pi / 2) ** 2)
