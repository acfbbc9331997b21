"""Where blocks go. A sink takes them in order and is closed once; however many come, its memory stays the same.

To write a new one: take what you need in `__init__`, turn each block into bytes in `write`, complete what could not be known
before in `close`. Blocks are (n, 2) float32 at 48 kHz, of any length, already under the ceiling.
"""

from typing import Protocol

from voiceguide.audio import Block


class Sink(Protocol):
    """A file, a loudspeaker, or nothing."""

    def write(self, block: Block) -> None:
        """Take the next frames."""
        ...

    def close(self) -> None:
        """No more will come."""
        ...
