"""How loud it is: K-weighted loudness after ITU-R BS.1770-4 and true peak at four times the rate.

The filter works on spectra (overlap-save): 100 ms at a time with the 100 ms before as context, in which its response has died
away, so any stretch can be measured by itself. A mono sound counts as heard from both loudspeakers, which is what the mixer
does with a voice; so a mono sound reads 3 LU more here than in a meter that takes it for one loudspeaker.
"""

from array import array
from functools import cache

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio import RATE, Block, Mono, Values
from voiceguide.resample import PEAK_FACTOR, PEAK_REACH, four_times

Channels = NDArray[np.float32]

PIECE = RATE // 10
WINDOW = 4
BATCH = 4
HOP = RATE // 100
LONG = 10 * RATE
"""A sentence that is longer is worked on in stretches of this length, for the sake of memory."""

SILENCE = float("-inf")
GATE, RELATIVE_GATE = -70.0, -10.0


def lufs(energy: float) -> float:
    """K-weighted mean square, summed over channels, as LUFS; nothing is -inf."""
    return float(-0.691 + 10 * np.log10(energy)) if energy > 0 else SILENCE


def energies(sound: Block) -> Values:
    """K-weighted mean square of each full 100 ms of (n, channels) or (n,), summed over channels; a rest is left out."""
    channels = np.stack([sound, sound]) if sound.ndim == 1 else sound.T
    return _energies(np.pad(channels, ((0, 0), (PIECE, 0))))


def windows(pieces: Values) -> Values:
    """Mean energy of each 400 ms, every 100 ms: the momentary loudness of BS.1770-4, as energies."""
    return np.convolve(pieces, np.full(WINDOW, 1 / WINDOW), "valid") if len(pieces) >= WINDOW else np.zeros(0)


def integrated(pieces: Values) -> float:
    """LUFS of 100 ms energies: 400 ms windows, absolute gate -70, relative gate -10 (BS.1770-4); silence is -inf."""
    return _gated(windows(pieces))


def speech_level(mono: Mono) -> float:
    """LUFS of the active part of one sentence, (n,) from 0.2 s up, as heard from both loudspeakers; silence is -inf.

    BS.1770-4 with windows every 10 ms instead of 100, so that a short sentence is weighed as a whole; a sentence shorter than
    one window of 400 ms is one window of its own length. The gates leave out pauses within the sentence.
    """
    width = min(len(mono), WINDOW * PIECE)
    if not width:
        return SILENCE
    total = np.zeros(len(mono) + 1)
    for at in range(0, len(mono), LONG):
        weighted = _weighted(mono[max(0, at - PIECE) : at + LONG], at > 0)
        total[at + 1 : at + 1 + len(weighted)] = 2 * weighted**2
    np.cumsum(total, out=total)
    starts = np.arange(0, len(mono) - width + 1, HOP)
    return _gated((total[starts + width] - total[starts]) / width)


def true_peak(sound: Block) -> float:
    """Largest value between and on the samples, linear (1.0 is full scale), at four times the rate (BS.1770-4, annex 2)."""
    channels = sound[None] if sound.ndim == 1 else sound.T
    padded = np.pad(channels, ((0, 0), (PEAK_REACH, PEAK_REACH)))
    starts = range(0, channels.shape[1], PIECE)
    return max((peak_inside(padded[:, at : at + PIECE + 2 * PEAK_REACH]) for at in starts), default=0.0)


def peak_inside(channels: Channels) -> float:
    """True peak of (channels, n) without the first and last `PEAK_REACH` samples, which are context."""
    inner = slice(PEAK_FACTOR * PEAK_REACH, -PEAK_FACTOR * PEAK_REACH)
    return float(np.abs(four_times(channels.T)[inner]).max(initial=0.0))


class Meter:
    """Loudness and true peak of a stream of blocks; the block sizes do not matter, an hour costs 300 kB."""

    def __init__(self) -> None:
        self._waiting = np.zeros((2, PIECE), np.float32)
        self._energies = array("d")
        self._sample_peak = 0.0
        self._true_peak = 0.0

    def add(self, block: Block) -> None:
        """Take the next (n, 2) frames."""
        sound = np.concatenate([self._waiting, block.T], axis=1)
        whole = sound.shape[1] // PIECE * PIECE
        self._energies.frombytes(_energies(sound[:, :whole]).tobytes())
        for at in range(PIECE, whole, PIECE):
            self._look(sound[:, at - 2 * PEAK_REACH : at + PIECE])
        self._waiting = sound[:, whole - PIECE :].copy()

    @property
    def pieces(self) -> Values:
        """Energies of all full 100 ms so far."""
        return np.array(self._energies)

    @property
    def integrated(self) -> float:
        """LUFS of everything so far."""
        return integrated(self.pieces)

    @property
    def momentary_max(self) -> float:
        """LUFS of the loudest 400 ms so far."""
        return lufs(float(windows(self.pieces).max(initial=0.0)))

    @property
    def true_peak(self) -> float:
        """Largest true peak so far, linear."""
        rest = np.pad(self._waiting[:, PIECE - 2 * PEAK_REACH :], ((0, 0), (0, 2 * PEAK_REACH)))
        return max(self._true_peak, peak_inside(rest))

    def _look(self, piece: Channels) -> None:
        """Oversample a piece only when it could hold the peak: real sound rises at most 3.5 dB over its samples."""
        peak = float(np.abs(piece).max())
        self._sample_peak = max(self._sample_peak, peak)
        if peak * 1.5 >= self._sample_peak:
            self._true_peak = max(self._true_peak, peak_inside(piece))


def _energies(channels: Channels) -> Values:
    """Energies of all full 100 ms of (channels, n) but the first, which is context."""
    if channels.shape[1] < 2 * PIECE:
        return np.zeros(0)
    pairs = np.lib.stride_tricks.sliding_window_view(channels, 2 * PIECE, axis=1)[:, ::PIECE]
    return np.concatenate([_weighted_power(pairs[:, at : at + BATCH]) for at in range(0, pairs.shape[1], BATCH)])


def _weighted_power(pairs: Channels) -> Values:
    """K-weighted mean square of the second half of each (channels, count, 9600), summed over channels."""
    if not pairs.any():
        return np.zeros(pairs.shape[1])
    response = _k_response(2 * PIECE).astype(np.complex64)
    weighted = np.fft.irfft(np.fft.rfft(pairs, axis=2) * response, axis=2)[:, :, PIECE:]
    return np.asarray(np.square(weighted, dtype=np.float64).mean(axis=2).sum(axis=0))


def _weighted(mono: Mono, has_context: bool) -> Values:
    """(n,) K-weighted, without the 100 ms before it if these are given as context."""
    size = 1 << (len(mono) + PIECE).bit_length()
    sound = np.fft.irfft(np.fft.rfft(mono.astype(np.float64), size) * _k_response(size))
    return sound[PIECE if has_context else 0 : len(mono)]


def _gated(energy: Values) -> float:
    loud = energy[energy > 10 ** ((GATE + 0.691) / 10)]
    if not len(loud):
        return SILENCE
    return lufs(float(loud[loud > loud.mean() * 10 ** (RELATIVE_GATE / 10)].mean()))


@cache
def _k_response(size: int) -> NDArray[np.complex128]:
    """K(f) at 48 kHz on the grid of a real transform of `size` samples: BS.1770-4, tables 1 and 2."""
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    shelf = (1.53512485958697 - 2.69169618940638 * delay + 1.19839281085285 * delay**2) / (
        1 - 1.69065929318241 * delay + 0.73248077421585 * delay**2
    )
    return np.asarray(shelf * (1 - delay) ** 2 / (1 - 1.99004745483398 * delay + 0.99007225036621 * delay**2))
