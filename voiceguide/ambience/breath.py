"""The breath pacer: a warm tone that climbs while breathing in, sinks while breathing out, and hardly sounds in between.

Tones, not breath noise: mouth and breath sounds are what listeners of guided sessions dislike most. In and out differ in
every way an ear can tell: direction, brightness, and where the swell lies. Each phase is a closed form of the place within it,
begins and ends at zero with smooth slopes, and its loudest 400 ms is at `LOUDNESS` (a hold `HOLD_BELOW` dB under that).
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from voiceguide.ambience.chunks import Planar
from voiceguide.audio import RATE, Block, Mono, Values, empty, gain, seconds
from voiceguide.loudness import energies, lufs, windows
from voiceguide.plan.timeline import BreathPhase

LOUDNESS = -27.0
"""LUFS of the loudest 400 ms of a breath in or out, the loudness of a soundscape."""

HOLD_BELOW = 16.0
NOMINAL = 5 * RATE
APART = 0.05
"""Turns of the fundamental by which left and right differ: wide enough to float, and nothing is lost in mono."""


@dataclass(frozen=True, slots=True)
class _Tone:
    """Pitch at both ends in Hz, place of the swell (0 start, 1 end), overtones in dB at both ends, dB under `LOUDNESS`."""

    pitch: tuple[float, float]
    summit: float
    bright: tuple[float, float]
    below: float = 0.0


_LOW, _HIGH, _TOP = 174.61, 261.63, 293.66
_TONES: dict[BreathPhase, _Tone] = {
    "in": _Tone((_LOW, _HIGH), 0.78, (-26.0, -9.0)),
    "sip": _Tone((_HIGH, _TOP), 0.6, (-12.0, -8.0)),
    "hold": _Tone((_HIGH, _HIGH), 0.5, (-24.0, -24.0), HOLD_BELOW),
    "out": _Tone((_HIGH * 0.75, _LOW * 0.75), 0.16, (-18.0, -40.0)),
}


def tone(phase: BreathPhase, length: int, start: int, frames: int) -> Block:
    """Frames [start, start + frames) of a phase that is `length` frames long; silence outside it and for `rest`.

    Shape (frames, 2). A pure function: any piece is a slice of the whole.
    """
    block = empty(frames)
    first, last = max(start, 0), min(start + frames, length)
    if phase != "rest" and first < last:
        place: Values = np.arange(first, last, dtype=float)
        block.T[:, first - start : last - start] = _sound(_TONES[phase], length, place) * np.float32(_level(phase))
    return block


def _sound(shape: _Tone, length: int, place: Values) -> Planar:
    """Left and right, shape (2, frames), before levelling."""
    share = (place + 0.5) / length
    turns = _turns(shape.pitch, length, share)
    bright = 10 ** ((shape.bright[0] + (shape.bright[1] - shape.bright[0]) * share) / 20)
    swell, over = _swell(share, shape.summit).astype(np.float32), bright.astype(np.float32)
    return np.stack([swell * _voice(turns - APART / 2, over), swell * _voice(turns + APART / 2, over)])


def _turns(pitch: tuple[float, float], length: int, share: Values) -> Values:
    """Turns of an oscillator whose pitch glides evenly in semitones from one end to the other."""
    ratio = np.log(pitch[1] / pitch[0])
    glide = np.expm1(share * ratio) / ratio if ratio else share
    return np.asarray(pitch[0] * seconds(length) * glide)


def _voice(turns: Values, over: Mono) -> Mono:
    """A rounded tone: fundamental, a soft octave below, octave and twelfth `over` above; all from one sine and cosine."""
    half = (turns * 0.5 % 1.0).astype(np.float32) * np.float32(2 * np.pi)
    below, beside = np.sin(half), np.cos(half)
    first = 2 * below * beside
    second = 2 * first * (1 - 2 * below * below)
    third = first * (3 - 4 * first * first)
    return np.asarray(first + over * (second + np.float32(0.5) * third) + np.float32(0.3) * below)


def _swell(share: Values, summit: float) -> Values:
    """From zero up to 1 at `summit` and down to zero, level at all three."""
    towards = np.where(share < summit, share / summit, (1 - share) / (1 - summit))
    return np.asarray(np.sin(np.clip(towards, 0, 1) * np.pi / 2) ** 2)


@cache
def _level(phase: BreathPhase) -> float:
    """Factor that brings a phase of nominal length to its loudness."""
    shape = _TONES[phase]
    sound = _sound(shape, NOMINAL, np.arange(NOMINAL, dtype=float)).T
    return gain(LOUDNESS - shape.below - lufs(float(windows(energies(sound)).max())))
