"""The last step before a file or a loudspeaker: a true-peak limiter, the only sound with a memory.

Peaks are measured in pieces of 2 ms from frame 0 on, at four times the rate where a piece comes near the ceiling. The gain is
drawn straight between the borders of pieces. It falls within the 8 ms before a peak and holds the lowest gain needed over that
time before it is smoothed, so no peak slips past; it comes back with a time constant of 200 ms, slow enough not to distort. The
sound is thought to begin with 8 ms of silence, which do not come out, so that the very first peak is seen coming too.
"""

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio import RATE, Block, Values, empty, gain
from voiceguide.loudness import peak_inside
from voiceguide.resample import PEAK_REACH

CEILING = gain(-2.0)
"""Largest true peak of the sound, so that a decoded MP3 stays under -1 dBTP: coding adds up to 0.8 dB."""

PIECE = RATE // 500
AHEAD = 4
LEAD = AHEAD * PIECE
KEPT = float(np.exp(-PIECE / (0.2 * RATE)))
HOT = 0.7
NEARLY_ONE = 1 - 1e-6
WILDEST = 8.0


class Master:
    """Limits a stream of blocks to CEILING; what comes out does not depend on how the stream is cut.

    `process` may give back fewer frames than it was given, `flush` gives the rest: as many frames as went in, in place.
    """

    def __init__(self) -> None:
        self._sound = np.zeros((2, PEAK_REACH + LEAD), np.float32)
        self._lead = LEAD
        self._needed = np.ones(1)
        self._eased = np.ones(AHEAD - 1)

    def process(self, block: Block) -> Block:
        """The frames of (n, 2) that are ready. NaN and infinities become silence."""
        clean = np.nan_to_num(block.T, nan=0.0, posinf=0.0, neginf=0.0).clip(-WILDEST, WILDEST)
        self._sound = np.concatenate([self._sound, clean], axis=1)
        return self._ready()

    def flush(self) -> Block:
        """The frames still held back; call it once, at the end."""
        held = self._sound.shape[1] - PEAK_REACH - self._lead
        self._sound = np.pad(self._sound, ((0, 0), (0, (AHEAD + 2) * PIECE)))
        return self._ready()[:held]

    def _ready(self) -> Block:
        """Whole pieces for which everything that bears on their gain has been heard."""
        measured = len(self._needed) - 1
        count = (self._sound.shape[1] - 2 * PEAK_REACH) // PIECE
        self._needed = np.concatenate([self._needed, self._gains_needed(measured, count)])
        done = max(0, count - AHEAD)
        if not done:
            return empty(0)
        sound = self._sound[:, PEAK_REACH : PEAK_REACH + done * PIECE] * self._gains(done + 1)
        self._sound = self._sound[:, done * PIECE :]
        self._needed = self._needed[done:]
        lead, self._lead = self._lead, max(0, self._lead - done * PIECE)
        return sound[:, lead - self._lead :].T

    def _gains_needed(self, first: int, last: int) -> Values:
        """The gain that each piece needs to stay under the ceiling."""
        if last <= first:
            return np.ones(0)
        inner = self._sound[:, PEAK_REACH + first * PIECE : PEAK_REACH + last * PIECE]
        peaks = np.abs(inner).reshape(2, -1, PIECE).max(axis=(0, 2)).astype(np.float64)
        for number in np.flatnonzero(peaks > HOT * CEILING):
            at = (first + number) * PIECE
            peaks[number] = max(peaks[number], peak_inside(self._sound[:, at : at + PIECE + 2 * PEAK_REACH]))
        return np.asarray(CEILING / np.maximum(peaks, CEILING))

    def _gains(self, borders: int) -> NDArray[np.float32]:
        """Gains of all frames between the next `borders` borders; the last of these borders is the first of the next call."""
        at_border = np.minimum(self._needed[:-1], self._needed[1:])[: borders + AHEAD - 1]
        held = np.lib.stride_tricks.sliding_window_view(at_border, AHEAD).min(axis=1)
        eased = np.concatenate([self._eased, _released(held, self._eased[-1])])
        smooth = np.lib.stride_tricks.sliding_window_view(eased, AHEAD).mean(axis=1)
        self._eased = eased[borders - 1 : borders + AHEAD - 2]
        return _straight(smooth)


def _released(held: Values, before: float) -> Values:
    """Follows `held` down at once and up slowly."""
    if before == 1.0 and (held == 1.0).all():
        return held
    eased = np.empty(len(held))
    for number, lowest in enumerate(held):
        back = 1 - (1 - before) * KEPT
        before = min(float(lowest), back if back < NEARLY_ONE else 1.0)
        eased[number] = before
    return eased


def _straight(borders: Values) -> NDArray[np.float32]:
    """Straight lines between the gains at the borders of pieces."""
    share = np.arange(PIECE) / PIECE
    return (borders[:-1, None] + np.diff(borders)[:, None] * share).reshape(-1).astype(np.float32)
