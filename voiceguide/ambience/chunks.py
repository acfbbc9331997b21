"""The engine: endless sound in chunks, each a pure function of its number, so that any stretch can be heard first.

A layer adds chunk `k` into a *piece* of two chunks: the chunk itself, and room after it for what rings on. The finished chunk
is the first half of piece `k` plus the second half of piece `k - 1`. No other state exists, hence every read size and every
seek gives the same bits, and several processes can make different parts of one session.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio import Block, empty

CHUNK = 16_384
KEPT = 4

Planar = NDArray[np.float32]


class Layer(Protocol):
    """One source of sound; whatever it does for chunk `k` depends on `k` alone."""

    def add(self, chunk: int, piece: Planar) -> None:
        """Add chunk number `chunk` into `piece`, shape (2, 2 * CHUNK): left and right, this chunk and the next."""
        ...


class Chunks:
    """A sum of layers, put through `finish` chunk by chunk. Keeps what rings on and the last 1.4 s of chunks, 0.7 MB."""

    def __init__(self, layers: Sequence[Layer], finish: Callable[[Planar], Planar]) -> None:
        self._layers = tuple(layers)
        self._finish = finish
        self._ringing: tuple[int, Planar] | None = None
        self._ready: dict[int, Planar] = {}

    def render(self, start: int, frames: int) -> Block:
        """Frames [start, start + frames) as a block, laid out channel by channel; `start` may be any integer."""
        block = empty(frames)
        end = start + frames
        for number in range(start // CHUNK, -(-end // CHUNK)):
            first, last = max(start, number * CHUNK), min(end, (number + 1) * CHUNK)
            block.T[:, first - start : last - start] = self.chunk(number)[:, first - number * CHUNK : last - number * CHUNK]
        return block

    def chunk(self, number: int) -> Planar:
        """Finished chunk `number`, shape (2, CHUNK)."""
        if number not in self._ready:
            before = self._ringing_after(number - 1)
            piece = summed(self._layers, number)
            self._ringing = number, piece[:, CHUNK:].copy()
            if len(self._ready) == KEPT:
                del self._ready[next(iter(self._ready))]
            self._ready[number] = self._finish(piece[:, :CHUNK] + before)
        return self._ready[number]

    def _ringing_after(self, number: int) -> Planar:
        if self._ringing is None or self._ringing[0] != number:
            return summed(self._layers, number)[:, CHUNK:]
        return self._ringing[1]


def summed(layers: Sequence[Layer], number: int) -> Planar:
    """Piece `number` of several layers together, shape (2, 2 * CHUNK)."""
    piece = np.zeros((2, 2 * CHUNK), np.float32)
    for layer in layers:
        layer.add(number, piece)
    return piece
