"""Between the deck and the device: samples as the device takes them, and a count of what it took.

The device's own thread calls `pull`, which only copies and can never fail. When nothing is ready it gives zeros: before the
first sound that is nothing, afterwards it is counted as an underrun. The count of frames handed over is the only clock; a
greeting comes before it, and is not counted.
"""

import threading
import time
from collections import deque

from voiceguide.audio import RATE, Block

WIDTH = 4
"""Octets of a frame: two channels of 16 bits."""

GUARD = 15 * RATE // 100
"""Frames that stay untouched when the rest is taken back: the device may ask for them meanwhile."""


class Buffer:
    """Holds 16-bit sound until the device asks; `clock` is the number of the first frame it will be given."""

    def __init__(self, clock: int = 0) -> None:
        self._greeting = b""
        self._blocks: deque[bytes] = deque()
        self._lock = threading.Lock()
        self.start = self.handed = self.filled = clock
        self.underruns = 0
        self.pulled: float | None = None

    @property
    def lead(self) -> int:
        """Frames that are ready."""
        return self.filled - self.handed

    def greet(self, sound: bytes) -> None:
        """Let this be heard before the first frame."""
        self._greeting = sound

    def put(self, block: Block) -> None:
        """Add the next frames, (n, 2) float32, dithered by their own number as in a file."""
        from voiceguide.mix.dither import quantised

        data = quantised(block, self.filled, 16).astype("<i2").tobytes()
        with self._lock:
            self._blocks.append(data)
            self.filled += len(block)

    def take_back(self) -> int:
        """Forget what is ready but for the next GUARD frames; gives the frame that comes next."""
        with self._lock:
            keep = min(self.lead, GUARD) * WIDTH
            kept = b"".join(self._blocks)[:keep]
            self._blocks = deque([kept] if kept else [])
            self.filled = self.handed + keep // WIDTH
            return self.filled

    def pull(self, frames: int) -> bytes:
        """The next frames for the device, always as many as it asks for."""
        self.pulled = time.monotonic()
        with self._lock:
            greeting, self._greeting = self._greeting[: frames * WIDTH], self._greeting[frames * WIDTH :]
            pieces, wanted = [greeting], frames * WIDTH - len(greeting)
            missing = wanted
            while missing and self._blocks:
                first = self._blocks.popleft()
                if len(first) > missing:
                    self._blocks.appendleft(first[missing:])
                    first = first[:missing]
                pieces.append(first)
                missing -= len(first)
            if missing and self.filled > self.start:
                self.underruns += 1
            self.handed += (wanted - missing) // WIDTH
            return b"".join(pieces) + bytes(missing)
