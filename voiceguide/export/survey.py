"""Measures a session while it is written: what was said how loudly, and how far the bed stayed below it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from voiceguide.audio import Block, Values
from voiceguide.loudness import PIECE, Meter, integrated, lufs
from voiceguide.mix.mixer import Stems
from voiceguide.plan.timeline import Cue

GATE = 0.1
"""Pieces of a cue under a tenth of its mean energy are pauses, not speech."""


@dataclass(frozen=True, slots=True)
class Margin:
    """How far the bed was below one spoken cue, in LU: id, text and line of the cue."""

    id: str
    text: str
    line: int
    margin: float


class Survey:
    """Takes the stems and the mastered blocks in order; a few numbers for each 100 ms are all it keeps."""

    def __init__(self) -> None:
        self._voice, self._bed, self._mix = Meter(), Meter(), Meter()

    def hear(self, stems: Stems) -> None:
        """Take the next stems."""
        self._voice.add(_in_both(stems.voice))
        self._bed.add(stems.bed)

    def hear_mix(self, block: Block) -> None:
        """Take the next mastered block."""
        self._mix.add(block)

    def heard(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The mastered blocks, measured as they pass."""
        for block in blocks:
            self.hear_mix(block)
            yield block

    @property
    def loudness(self) -> float:
        """LUFS of the mix."""
        return self._mix.integrated

    @property
    def speech_loudness(self) -> float:
        """LUFS of all that was said."""
        return integrated(self._voice.pieces)

    @property
    def true_peak(self) -> float:
        """Largest true peak of the mix, linear."""
        return self._mix.true_peak

    def margins(self, cues: Sequence[Cue]) -> tuple[Margin, ...]:
        """The margin of every spoken cue that is heard, in order; a cue without a bed under it has none."""
        voice, bed = self._voice.pieces, self._bed.pieces
        found = ((cue, _margin(voice, bed, cue)) for cue in cues if cue.track == "voice")
        return tuple(Margin(cue.id, cue.text, cue.line, round(margin, 2)) for cue, margin in found if np.isfinite(margin))


def _in_both(voice: Block) -> Block:
    """Words for one ear as loud as that ear hears them: in both, as all other words are."""
    left, right = voice.T
    return np.stack((np.where(left, left, right), np.where(right, right, left))).T


def _margin(voice: Values, bed: Values, cue: Cue) -> float:
    """LU between a cue's speech and the bed under it, from the 100 ms that lie inside it."""
    first = -(-cue.start // PIECE)
    inside = slice(first, max(first + 1, cue.end // PIECE))
    said = voice[inside]
    if not said.any() or not bed[inside].any():
        return float("inf")
    return lufs(float(said[said >= GATE * said.mean()].mean())) - lufs(float(bed[inside].mean()))
