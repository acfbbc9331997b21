"""Listening to a scene with a meter: how loud it is, how far it swings, how suddenly it can start."""

import numpy as np

from voiceguide.ambience.remembered import Loudness
from voiceguide.audio import RATE, Block, Values
from voiceguide.loudness import integrated, lufs

LONG = 30
"""Tenths of a second in the 3 s of short-term loudness."""

BEFORE = 20
ONSET = 2


def loudness(pieces: Values) -> Loudness:
    """Of the 100 ms energies of at least 3 s."""
    level = integrated(pieces)
    loudest = lufs(float(np.convolve(pieces, np.full(LONG, 1 / LONG), "valid").max()))
    return Loudness(level, max(0.0, loudest - level))


def onset(pieces: Values) -> float:
    """dB by which the loudest 200 ms rise above the 2 s before them, of 100 ms energies."""
    now = np.convolve(pieces, np.full(ONSET, 1 / ONSET), "valid")[BEFORE:]
    before = np.convolve(pieces, np.full(BEFORE, 1 / BEFORE), "valid")[: len(now)]
    return float(10 * np.log10((now / (before + 1e-12)).max()))


def crest(block: Block) -> float:
    """dB from RMS to the highest sample, the worse of both sides."""
    rms = np.sqrt(np.mean(np.square(block, dtype=np.float64), axis=0))
    return float((20 * np.log10(np.abs(block).max(axis=0) / rms)).max())


def fold_down_loss(block: Block) -> float:
    """dB of power lost when left and right are heard through one loudspeaker."""
    mono = block.mean(axis=1)
    return float(10 * np.log10(np.mean(np.square(block)) / np.mean(np.square(mono))))


def level_range(pieces: Values, seconds: int = 10) -> float:
    """dB between the softest and the loudest stretch of `seconds`, of 100 ms energies."""
    stretch = seconds * 10
    means = pieces[: len(pieces) // stretch * stretch].reshape(-1, stretch).mean(axis=1)
    return float(10 * np.log10(means.max() / means.min()))


def repetition(block: Block, least: float = 1.0) -> float:
    """Largest whitened autocorrelation at lags from `least` seconds to half the block, 0 to 1: a loop is near 1, noise near 0.

    Whitened between 60 Hz and 10 kHz, because otherwise the spectrum itself would look like repetition: every frequency is
    divided by the mean amplitude of its neighbours within 20 Hz. The end of the block is taken to go on with its beginning.
    """
    amplitude = np.abs(np.fft.rfft(block.mean(axis=1)))[: len(block) // 4 + 1]
    hz = np.arange(len(amplitude)) * RATE / len(block)
    reach = 10 * len(block) // RATE
    total = np.concatenate([np.zeros(reach + 1), np.cumsum(amplitude, dtype=np.float64), np.full(reach, amplitude.sum())])
    mean = (total[2 * reach + 1 :] - total[: -2 * reach - 1]) / (2 * reach + 1)
    white = np.where((hz > 60) & (hz < 10_000), amplitude / np.maximum(mean, 1e-12), 0.0)
    same = np.abs(np.fft.irfft(white**2))
    return float(same[int(least * RATE / 2) : len(same) // 2].max() / same[0])
