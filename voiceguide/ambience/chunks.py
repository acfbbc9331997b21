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
    """A sum of layers, put through `finish` chunk by chunk. Keeps the last piece and the last 1.4 s of chunks, 0.8 MB."""

    def __init__(self, layers: Sequence[Layer], finish: Callable[[Planar], Planar]) -> None:
        self._layers = tuple(layers)
        self._finish = finish
        self._piece: tuple[int, Planar] | None = None
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
            before = self._made(number - 1)
            here = self._made(number)
            if len(self._ready) == KEPT:
                del self._ready[next(iter(self._ready))]
            self._ready[number] = self._finish(here[:, :CHUNK] + before[:, CHUNK:])
        return self._ready[number]

    def _made(self, number: int) -> Planar:
        if self._piece is None or self._piece[0] != number:
            piece = np.zeros((2, 2 * CHUNK), np.float32)
            for layer in self._layers:
                layer.add(number, piece)
            self._piece = number, piece
        return self._piece[1]
