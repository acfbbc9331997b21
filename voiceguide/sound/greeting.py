"""The soft bell that answers at once: heard as soon as a device is open, while the routine is still being read.

Whoever asked for a session with oily hands knows by it that all is well. It is made with nothing but the standard library,
because numpy takes longer to import than the bell takes to make: each partial is a number that turns and shrinks.
"""

from array import array
from cmath import exp, pi
from collections.abc import Iterator
from itertools import accumulate, repeat
from math import sin
from operator import add, mul

from voiceguide.audio import RATE

PARTIALS = (392.0, 0.043, 0.8), (784.0, 0.012, 0.5)
"""Pitch in Hz, amplitude, and seconds in which it falls by 8.7 dB: the bell `soft`, about 10 dB softer than it rings."""

SWELL, LENGTH, END = RATE * 6 // 100, RATE * 11 // 10, RATE // 2
"""Frames in which it rises, that it lasts, and in which it dies away at its end."""


def greeting() -> bytes:
    """The bell as 16-bit stereo at 48 kHz: LENGTH frames that begin and end in silence."""
    sound = [both.real for both in map(add, *(_ringing(*partial) for partial in PARTIALS))]
    for count, frames in ((SWELL, range(SWELL)), (END, range(LENGTH - 1, LENGTH - 1 - END, -1))):
        for step, frame in enumerate(frames):
            sound[frame] *= sin(step / count * pi / 2) ** 2
    stereo = array("h", bytes(4 * LENGTH))
    stereo[::2] = stereo[1::2] = array("h", map(int, sound))
    return stereo.tobytes()


def _ringing(pitch: float, amplitude: float, fall: float) -> Iterator[complex]:
    turn = exp(complex(-1 / (fall * RATE), 2 * pi * pitch / RATE))
    return accumulate(repeat(turn, LENGTH - 1), mul, initial=complex(0, -32767 * amplitude))
