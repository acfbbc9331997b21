"""The session from first to last frame: mixed piece by piece, mastered on the way, while its timeline still grows."""

from collections.abc import Callable, Iterable, Iterator

from voiceguide.audio import Block
from voiceguide.mix.horizon import settled
from voiceguide.mix.master import Master
from voiceguide.mix.mixer import Mixer, Stems
from voiceguide.plan.timeline import Timeline


def mastered(
    mixer: Mixer, timelines: Iterable[Timeline], size: int, listen: Callable[[Stems], None] | None = None
) -> Iterator[Block]:
    """Every frame of a session in blocks of about `size`, (n, 2) float32; the samples do not depend on `size`.

    `timelines` are the same session, ever further planned, the last one whole. `listen` hears each piece in parts."""
    master, position = Master(), 0
    for timeline in timelines:
        ready = settled(timeline)
        while position < ready:
            stems = mixer.stems(timeline, position, min(size, ready - position))
            position += len(stems.voice)
            if listen:
                listen(stems)
            yield from _sounding(master.process(stems.sum()))
    yield from _sounding(master.flush())


def _sounding(block: Block) -> Iterator[Block]:
    if len(block):
        yield block
