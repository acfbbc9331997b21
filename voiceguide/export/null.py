"""A sink that only counts, for measuring and for tests."""

from voiceguide.audio import Block


class Null:
    """Counts the frames it is given."""

    def __init__(self) -> None:
        self.frames = 0
        self.closed = False

    def write(self, block: Block) -> None:
        """Count them."""
        self.frames += len(block)

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True
