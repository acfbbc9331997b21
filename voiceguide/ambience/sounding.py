"""What layers sound like together: their sum, its width and loudness, and its peaks bent so that nothing startles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from voiceguide.ambience.chunks import Chunks, Layer, Planar, summed
from voiceguide.ambience.measure import loudness
from voiceguide.ambience.remembered import Loudness
from voiceguide.audio import frames, gain
from voiceguide.loudness import energies

KNEE, CEILING = 12.0, 18.5
"""dB over a scene's loudness: samples are left alone up to the knee and bent to stay below the ceiling."""

LISTEN, PART = frames(120), frames(20)


@dataclass(frozen=True, slots=True)
class Within:
    """Layers of a scene as one layer of another; peaks are bent once, in the whole."""

    layers: tuple[Layer, ...]
    width: float
    factor: float

    def add(self, chunk: int, piece: Planar) -> None:
        """Add chunk number `chunk` into `piece`."""
        inner = _widened(summed(self.layers, chunk), self.width)
        inner *= np.float32(self.factor)
        piece += inner


def delivered(layers: Sequence[Layer], width: float, factor: float, level: float) -> Chunks:
    """The sum of layers as a listener gets it: widened, `factor` times as loud, `level` LUFS."""
    return Chunks(layers, partial(_finished, width=width, factor=factor, level=level))


def listened(layers: Sequence[Layer], width: float, length: int = LISTEN) -> Loudness:
    """What a meter says of the layers before any gain, over `length` frames."""
    raw = Chunks(layers, partial(_widened, width=width))
    return loudness(np.concatenate([energies(raw.render(start, PART)) for start in range(0, length, PART)]))


def _finished(chunk: Planar, width: float, factor: float, level: float) -> Planar:
    chunk = _widened(chunk, width)
    chunk *= np.float32(factor)
    return bent(chunk, gain(level + KNEE), gain(level + CEILING))


def _widened(chunk: Planar, width: float) -> Planar:
    """The chunk with what differs between its sides times `width`; in place."""
    if width != 1:
        mid, side = (chunk[0] + chunk[1]) / 2, (chunk[0] - chunk[1]) * np.float32(width / 2)
        np.add(mid, side, out=chunk[0])
        np.subtract(mid, side, out=chunk[1])
    return chunk


def bent(sound: Planar, knee: float, ceiling: float) -> Planar:
    """Samples beyond `knee` bent softly (tanh) so that none reaches `ceiling`; in place."""
    high = np.abs(sound) > knee
    over = np.abs(sound[high]) - knee
    sound[high] = np.sign(sound[high]) * (knee + (ceiling - knee) * np.tanh(over / (ceiling - knee)))
    return sound
