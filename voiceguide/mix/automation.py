"""How loud the bed is at every moment, drawn from the timeline: it makes way before the words and comes back after them.

Nothing is detected in the sound. A curve is worked out on a grid of 32 frames that begins at frame 0 and is drawn straight
between its points, so the same frame has the same gain whichever block asks for it.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from voiceguide.audio import RATE, Mono, Values
from voiceguide.mix.horizon import HELD_GAP
from voiceguide.plan.timeline import Cue, Timeline

GRID = 32

ATTACK = 6 * RATE // 10
RELEASE = 2 * RATE
STEEPEST = 29.9
S_CURVE_SLOPE = 1.5
FARTHEST = HELD_GAP + RELEASE + RATE

Points = tuple[tuple[int, float], ...]
Curve = Callable[[Values], Values]


def s_curve(share: Values) -> Values:
    """0 to 1 for 0 to 1, flat at both ends: 3x² - 2x³, at its middle 1.5 times as steep as a straight line."""
    x = np.clip(share, 0.0, 1.0)
    return np.asarray(x * x * (3 - 2 * x))


def to_gain(decibels: Values) -> Values:
    """Decibels as factors on amplitude."""
    return np.asarray(10 ** (decibels / 20))


def drawn(curve: Curve, start: int, count: int) -> Mono:
    """A curve of gains, asked at frames of the grid, as one gain for each of `count` frames from `start`."""
    first, last = start // GRID, -(-(start + count) // GRID)
    nodes = curve(np.arange(first, last + 1, dtype=np.float64) * GRID).astype(np.float32)
    share = np.arange(GRID, dtype=np.float32) / np.float32(GRID)
    lines = nodes[:-1, None] + np.diff(nodes)[:, None] * share
    return np.asarray(lines.reshape(-1)[start - first * GRID :][:count], np.float32)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A level through points (frame, dB) in order of frames, S-shaped between them and level outside."""

    points: Points

    def decibels(self, at: Values) -> Values:
        """The level at each of these frames, in dB."""
        level = np.full(len(at), self.points[0][1])
        for (start, low), (end, high) in zip(self.points, self.points[1:], strict=False):
            share = (at - start) / (end - start) if end > start else (at >= end).astype(float)
            level += (high - low) * s_curve(share)
        return level

    def gains(self, start: int, count: int) -> Mono:
        """One factor for each of `count` frames from `start`."""
        return drawn(lambda at: to_gain(self.decibels(at)), start, count)


def duck(depth: float, start: int, end: int) -> Envelope:
    """The bed `depth` dB down from `start` to `end`: S-curves of 600 ms before and 2 s after, never over 30 dB a second."""
    slowest = int(depth * S_CURVE_SLOPE / STEEPEST * RATE)
    return Envelope(((start - max(ATTACK, slowest), 0.0), (start, -depth), (end, -depth), (end + max(RELEASE, slowest), 0.0)))


def ducks(timeline: Timeline, start: int, end: int, depth: Callable[[Cue], float]) -> tuple[Envelope, ...]:
    """The ducks of everything said that reach into [start, end); a gap under 4 s to the next words is held through.

    Reads the timeline from 7 s before `start` to 7 s after `end` and no further.
    """
    spoken = [cue for cue in timeline.between(start - FARTHEST, end + FARTHEST) if cue.track == "voice"]
    starts = [cue.start for cue in spoken]
    return tuple(duck(depth(cue), cue.start, _held(cue, starts)) for cue in spoken)


def deepest(envelopes: Sequence[Envelope], at: Values) -> Values:
    """The lowest of all these levels at each frame, in dB; 0 where there is none."""
    return np.asarray(np.minimum.reduce([np.zeros(len(at)), *(envelope.decibels(at) for envelope in envelopes)]))


def fade(at: Values, start: int, length: int) -> Values:
    """A factor rising from 0 at `start` to 1 `length` frames later."""
    return s_curve((at - start) / length) if length else (at >= start).astype(float)


def _held(cue: Cue, starts: Sequence[int]) -> int:
    """Where the duck of a cue ends: at its own end, or at the next words when they come within 4 s."""
    later = bisect_left(starts, cue.end)
    return starts[later] if later < len(starts) and starts[later] - cue.end < HELD_GAP else cue.end
