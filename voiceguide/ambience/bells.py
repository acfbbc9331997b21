"""Bells: struck things that ring and die away, never startling: each swells in over at least 20 ms.

A bell is a handful of partials; two close ones of a pair beat against each other, which is what makes metal live. The ratios
of `bowl` are those of a singing bowl's bending modes, about n^2 for n = 2, 3, 4 ... with measured departures.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from voiceguide.ambience.signals import ringing
from voiceguide.audio import RATE, Block, Mono, Values, frames, gain
from voiceguide.loudness import energies, lufs, windows

NEAR, FAR = np.float32(0.65), np.float32(0.35)
END = 0.2

LOUDNESS = -20.0
"""LUFS of the loudest 400 ms of every bell."""

BELLS: dict[str, str] = {
    "soft": "a round, quiet bell; the one that [bell] means",
    "bowl": "a singing bowl, deep and long",
    "chime": "a small bright bar, short",
    "closing": "two low strokes that end a session",
}


@dataclass(frozen=True, slots=True)
class _Partial:
    """Ratio to the bell's pitch, amplitude, seconds to fall by 8.7 dB, Hz between the two of the pair."""

    ratio: float
    amplitude: float
    decay: float
    beat: float


@dataclass(frozen=True, slots=True)
class _Bell:
    """Pitch in Hz, seconds to swell, partials, and when it is struck with which amplitude."""

    pitch: float
    attack: float
    partials: tuple[_Partial, ...]
    strokes: tuple[tuple[float, float], ...] = ((0.0, 1.0),)


_BOWL = (
    _Partial(1.0, 1.0, 3.4, 0.55),
    _Partial(2.76, 0.42, 2.0, 1.1),
    _Partial(5.12, 0.14, 1.0, 1.9),
    _Partial(8.1, 0.04, 0.5, 2.7),
)
_SOFT = (_Partial(1.0, 1.0, 1.3, 0.4), _Partial(2.0, 0.24, 0.9, 0.7), _Partial(3.01, 0.08, 0.5, 1.3))
_CHIME = (_Partial(1.0, 1.0, 0.9, 0.9), _Partial(2.756, 0.22, 0.4, 1.7), _Partial(5.404, 0.05, 0.2, 2.3))
_TABLE = {
    "soft": _Bell(392.0, 0.045, _SOFT),
    "bowl": _Bell(196.0, 0.060, _BOWL),
    "chime": _Bell(784.0, 0.040, _CHIME),
    "closing": _Bell(130.81, 0.080, _BOWL, ((0.0, 1.0), (4.0, 0.8))),
}


@cache
def strike(name: str) -> Block:
    """The whole sound of a bell of `BELLS`, shape (frames, 2), its loudest 400 ms at `LOUDNESS`. Read-only.

    KeyError for a name that is not in `BELLS`.
    """
    bell = _TABLE[name]
    planar = np.zeros((2, ringing(name)), np.float32)
    for at, amplitude in bell.strokes:
        first = frames(at)
        planar[:, first:] += np.float32(amplitude) * _struck(bell, planar.shape[1] - first)
    planar *= np.float32(gain(LOUDNESS - lufs(float(windows(energies(planar.T)).max()))))
    planar.flags.writeable = False
    return planar.T


def _struck(bell: _Bell, count: int) -> Block:
    """One stroke, shape (2, count): each side hears one of a pair more than the other, so that the beating moves."""
    times: Values = np.arange(count) / RATE
    sound = np.zeros((2, count), np.float32)
    for partial in bell.partials:
        loud = (partial.amplitude * np.exp(-times / partial.decay)).astype(np.float32)
        low, high = (
            loud * _sine((bell.pitch * partial.ratio + apart) * times) for apart in (-partial.beat / 2, partial.beat / 2)
        )
        sound += np.stack([NEAR * low + FAR * high, NEAR * high + FAR * low])
    swell = np.sin(np.minimum(times / bell.attack, 1) * np.pi / 2) ** 2
    end = np.sin(np.minimum((times[-1] - times) / (END * times[-1]), 1) * np.pi / 2) ** 2
    return np.asarray(sound * (swell * end).astype(np.float32))


def _sine(turns: Values) -> Mono:
    return np.asarray(np.sin(np.float32(2 * np.pi) * (turns % 1.0).astype(np.float32)))
