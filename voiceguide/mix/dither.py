"""From float to whole numbers: triangular dither drawn from the position of each sample, so any cut gives the same bytes.

Dither of two steps peak to peak makes the error of rounding independent of the sound (Lipshitz, Wannamaker and Vanderkooy,
1992). Chance is the sample's number put through a mixing function of 32 bits (the two-round function `lowbias32`, Wellons,
2018), whose halves are the two throws of the dice. Work goes on in short batches, which stay in the processor's cache.
"""

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio import Block

Whole = NDArray[np.int32]
Noise = NDArray[np.float32]

BATCH = 4096
ROUNDS = ((16, 0x7FEB352D), (15, 0x846CA68B))


def quantised(block: Block, position: int, bits: int) -> Whole:
    """(n, 2) in -1..1 as whole numbers of 16 or 24 bits, row by row; `position` is the frame number of the first row."""
    scale = 2 ** (bits - 1)
    whole = np.empty((len(block), 2), np.int32)
    for at in range(0, len(block), BATCH):
        batch = block[at : at + BATCH]
        steps = np.multiply(batch, scale, dtype=np.float64, order="C")
        steps += triangular(position + at, len(batch))
        np.rint(steps, out=steps)
        whole[at : at + BATCH] = np.clip(steps, -scale, scale - 1, out=steps)
    return whole


def triangular(position: int, count: int) -> Noise:
    """Noise of triangular density between -1 and 1 for the two channels of `count` frames, shape (count, 2)."""
    chance = np.arange(2 * position, 2 * (position + count)).astype(np.uint32)
    for shift, factor in ROUNDS:
        chance ^= chance >> np.uint32(shift)
        chance *= np.uint32(factor)
    chance ^= chance >> np.uint32(16)
    noise = (chance >> np.uint32(16)).astype(np.float32) + (chance & np.uint32(0xFFFF)).astype(np.float32)
    return (noise / np.float32(2**16) - np.float32(1 - 2**-16)).reshape(count, 2)
