"""Sound of any sampling rate brought to 48 kHz, and the fourfold oversampling that shows peaks between samples.

A windowed sinc is written out as a matrix that turns `block` samples and their neighbours into whole output samples; numpy's
matrix product then does all the work. Rates that share no small ratio with 48 000 take their weights from a fine table instead.
When 48 000 is a whole multiple of the rate (24 kHz speech), the samples themselves pass through untouched, to the bit.

Products stay so small (2^18 multiplications) that OpenBLAS takes no threads for them: thousands of times a minute these would
cost more than they give.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio import RATE

SLOWEST, FASTEST = 8_000, 192_000
CROSSINGS = 48
BETA = 10.0
ROLL_OFF = 0.95
LARGEST_RATIO = 640
PHASES = 1024
SMALL_PRODUCT = 2**18
BATCH = 8192

PEAK_FACTOR = 4
PEAK_REACH = 12

Sound = NDArray[np.float32]
Weights = NDArray[np.float64]


def resample(sound: Sound, rate: int) -> Sound:
    """`sound` at 48 kHz, linear phase and in place: shape (n,) or (n, channels) becomes (ceil(n * 48000 / rate), ...).

    Signal to error at least 95 dB below 0.85 of the lower Nyquist frequency. Raises ValueError for a rate outside
    8 000 to 192 000 Hz.
    """
    if not SLOWEST <= rate <= FASTEST:
        raise ValueError(f"a sampling rate of {rate} Hz is outside {SLOWEST} to {FASTEST} Hz")
    if rate == RATE:
        return np.array(sound, np.float32)
    return _each_channel(sound, _converter(rate))


def four_times(sound: Sound) -> Sound:
    """`sound` of shape (n,) or (n, channels) with three points drawn between every two samples; silence around it.

    The first and last `PEAK_REACH` samples see that silence. Peaks are found within 0.2 dB up to 0.4 of the rate.
    """
    return _each_channel(sound, _peaks())


@dataclass(frozen=True, slots=True)
class _Matrix:
    """`up` outputs for every `down` inputs: `block` inputs and `margin` neighbours on both sides give one row of outputs."""

    up: int
    down: int
    block: int
    margin: int
    weights: NDArray[np.float32]

    def __call__(self, channel: Sound) -> Sound:
        rows = max(1, -(-len(channel) // self.block))
        padded = np.zeros((rows * self.block + 2 * self.margin,), np.float32)
        padded[self.margin : self.margin + len(channel)] = channel
        windows = np.lib.stride_tricks.sliding_window_view(padded, len(self.weights))[:: self.block]
        few = max(2, SMALL_PRODUCT // self.weights.size)
        parts = [np.ascontiguousarray(windows[first : first + few]) @ self.weights for first in range(0, rows, few)]
        return np.concatenate(parts).reshape(-1)[: -(-len(channel) * self.up // self.down)]


@dataclass(frozen=True, slots=True)
class _Table:
    """Any ratio: the weights of each output are drawn between two rows of `phases`, which cover one input sample."""

    rate: int
    reach: int
    phases: NDArray[np.float32]

    def __call__(self, channel: Sound) -> Sound:
        count = -(-len(channel) * RATE // self.rate)
        padded = np.zeros(len(channel) + 2 * self.reach + 1, np.float32)
        padded[self.reach : self.reach + len(channel)] = channel
        windows = np.lib.stride_tricks.sliding_window_view(padded, self.phases.shape[1])
        return np.concatenate([np.zeros(0, np.float32), *self._parts(windows, count)])

    def _parts(self, windows: Sound, count: int) -> Iterator[Sound]:
        for first in range(0, count, BATCH):
            place = np.arange(first, min(count, first + BATCH)) * self.rate
            fine, rest = np.divmod(place % RATE * PHASES, RATE)
            share = (rest / RATE).astype(np.float32)[:, None]
            weights = self.phases[fine] * (1 - share) + self.phases[fine + 1] * share
            yield np.einsum("ij,ij->i", windows[place // RATE], weights)


def _each_channel(sound: Sound, convert: "_Matrix | _Table") -> Sound:
    if sound.ndim == 1:
        return convert(sound)
    return np.stack([convert(channel) for channel in sound.T]).T


@cache
def _converter(rate: int) -> "_Matrix | _Table":
    shared = gcd(rate, RATE)
    up, down = RATE // shared, rate // shared
    cutoff = 1.0 if down == 1 else ROLL_OFF * min(1.0, RATE / rate)
    reach = -(-CROSSINGS * max(rate, RATE) // RATE)
    if max(up, down) <= LARGEST_RATIO:
        return _matrix(up, down, reach, cutoff)
    offsets = np.arange(2 * reach + 1) - reach - np.arange(PHASES + 1)[:, None] / PHASES
    return _Table(rate, reach, _kernel(offsets, reach, cutoff).astype(np.float32))


@cache
def _peaks() -> _Matrix:
    return _matrix(PEAK_FACTOR, 1, PEAK_REACH, 1.0)


def _matrix(up: int, down: int, reach: int, cutoff: float) -> _Matrix:
    block = down * -(-32 // down)
    margin = reach + 1
    offsets = (np.arange(block + 2 * margin) - margin)[:, None] - np.arange(block * up // down) * down / up
    return _Matrix(up, down, block, margin, _kernel(offsets, reach, cutoff).astype(np.float32))


def _kernel(offset: Weights, reach: int, cutoff: float) -> Weights:
    """Kaiser-windowed sinc at `offset` input samples from its centre, nothing beyond `reach`; cutoff is a share of Nyquist."""
    window = np.i0(BETA * np.sqrt(np.clip(1 - (offset / reach) ** 2, 0, None))) / np.i0(BETA)
    kernel = cutoff * np.sinc(cutoff * offset) * window * (np.abs(offset) <= reach)
    return np.where(np.abs(kernel) > 1e-12, kernel, 0.0)
