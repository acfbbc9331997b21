"""The working format and the small sums everybody needs: frames, decibels, fades.

Sound between rooms is a *block*: float32, shape (frames, 2), full scale 1.0, 48 000 frames a second. Blocks are kept channel
by channel in memory (`empty` makes one), because mixing whole rows is several times quicker than mixing pairs of samples.
A *mono* sound has shape (frames,). Positions and lengths are whole frames; seconds appear only where people read or write them.

numpy is imported when a sound is made, and not before: it takes a tenth of a second, and a session is to be heard sooner.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import log10
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE = 48_000

Block: TypeAlias = "NDArray[np.float32]"
Mono: TypeAlias = "NDArray[np.float32]"
Values: TypeAlias = "NDArray[np.float64]"


def frames(seconds: float | Decimal) -> int:
    """Seconds as whole frames, halves rounded up."""
    return int((Decimal(str(seconds)) * RATE).quantize(Decimal(1), ROUND_HALF_UP))


def seconds(count: int) -> float:
    """Frames as seconds."""
    return count / RATE


def clock(count: int) -> str:
    """A position for people: 75 s is `1:15`, an hour and a bit `1:02:03`; rounded down to whole seconds."""
    minutes, rest = divmod(count // RATE, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def empty(count: int) -> Block:
    """A silent block of `count` frames, laid out channel by channel."""
    import numpy as np

    return np.zeros((2, count), np.float32).T


def gain(decibels: float) -> float:
    """Decibels as a factor on amplitude."""
    return float(10 ** (decibels / 20))


def decibels(factor: float) -> float:
    """A factor on amplitude as decibels; nothing is -200 dB."""
    return float(20 * log10(max(abs(factor), 1e-10)))


@cache
def fade_in(count: int) -> Mono:
    """`count` gains rising from 0 to 1 on a raised cosine; reverse it to fade out. Read-only."""
    import numpy as np

    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / max(1, count))).astype(np.float32)
    ramp.flags.writeable = False
    return ramp
