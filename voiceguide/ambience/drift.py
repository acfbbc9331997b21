"""Slow movements of tones: drawn between a few knots of a chunk, so that what moves slowly costs little.

A tone of dead steady pitch is like itself at every distance, which is heard as a machine, and measured as repetition. A played
one wanders by less than one can name: here each partial by itself, by less than half a hertz; low notes are told apart
from about 1 Hz on (Moore, "An Introduction to the Psychology of Hearing").
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from voiceguide.ambience import chance
from voiceguide.ambience.chunks import CHUNK
from voiceguide.audio import RATE, Values

KNOTS = 17
PACE = 0.4
"""Hz: how fast pitch wanders."""

STEEPNESS = 1.77
"""Root mean square slope of `chance.wander` at 1 Hz, per second."""


def knots(chunk: int) -> Values:
    """Seconds at which what moves slowly is known in chunk number `chunk`, its beginning and end among them."""
    return np.asarray((chunk * CHUNK + np.linspace(0, CHUNK, KNOTS)) / RATE)


def turned(sources: ArrayLike, times: Values, hz: float) -> NDArray[np.complex64]:
    """Unit phasors by which partials of keys `sources` are turned at `times`, shape (times, partials).

    `hz` is the standard deviation of how far each is from its pitch."""
    turns = hz / (PACE * STEEPNESS) * chance.wander(sources, times, PACE)
    return np.asarray(np.exp(2j * np.pi * turns), np.complex64)


def drawn(known: NDArray[np.complex64], rows: int) -> NDArray[np.complex64]:
    """What is known at the knots, at `rows` rows of the chunk, in straight lines between them. Rows divide by the steps."""
    step = rows // (KNOTS - 1)
    share = (np.arange(step, dtype=np.float32) / step)[:, None]
    return (known[:-1, None] + np.diff(known, axis=0)[:, None] * share).reshape(rows, -1)
