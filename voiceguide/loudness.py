"""How loud it is: K-weighted loudness after ITU-R BS.1770-4 and true peak at four times the rate.

No filter runs over a long sound: the energy of 100 ms after K-weighting is the weighted sum of its power spectrum (Parseval),
which differs from filtering by less than 0.02 LU. A mono sound counts as heard from both loudspeakers, which is what the mixer
does with a voice; so a mono sound reads 3 LU more here than in a meter that takes it for one loudspeaker.
"""

from functools import cache

import numpy as np

from voiceguide.audio import RATE, Block, Mono, Values, empty
from voiceguide.resample import PEAK_FACTOR, PEAK_REACH, four_times

PIECE = RATE // 10
WINDOW = 4
BATCH = 100
HOP = RATE // 100
SILENCE = float("-inf")
GATE, RELATIVE_GATE = -70.0, -10.0


def lufs(energy: float) -> float:
    """K-weighted mean square, summed over channels, as LUFS; nothing is -inf."""
    return float(-0.691 + 10 * np.log10(energy)) if energy > 0 else SILENCE


def energies(sound: Block | Mono) -> Values:
    """K-weighted mean square of each full 100 ms of (n, channels) or (n,), summed over channels; a rest is left out."""
    channels = np.stack([sound, sound]) if sound.ndim == 1 else sound.T
    count = channels.shape[1] // PIECE
    pieces = channels[:, : count * PIECE].reshape(len(channels), count, PIECE)
    return np.concatenate([np.zeros(0), *(_piece_energies(pieces[:, at : at + BATCH]) for at in range(0, count, BATCH))])


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
    size = 1 << (len(mono) + RATE // 2).bit_length()
    weighted = np.fft.irfft(np.fft.rfft(mono.astype(np.float64), size) * _k_response(size))[: len(mono)]
    total = np.concatenate([[0.0], np.cumsum(2 * weighted**2)])
    starts = np.arange(0, len(mono) - width + 1, HOP)
    return _gated((total[starts + width] - total[starts]) / width)


def true_peak(sound: Block | Mono) -> float:
    """Largest value between and on the samples, linear (1.0 is full scale), at four times the rate (BS.1770-4, annex 2)."""
    block = sound[:, None] if sound.ndim == 1 else sound
    sample_peak = float(np.abs(block).max(initial=0.0))
    padded = np.pad(block, ((PEAK_REACH, PEAK_REACH), (0, 0)))
    return max(
        (_inner_peak(padded[at : at + PIECE + 2 * PEAK_REACH]) for at in range(0, len(block), PIECE)), default=sample_peak
    )


class Meter:
    """Loudness and true peak of a stream of blocks; the block sizes do not matter, an hour costs 300 kB."""

    def __init__(self) -> None:
        self._rest = empty(0)
        self._context = empty(2 * PEAK_REACH)
        self._energies: list[Values] = []
        self._sample_peak = 0.0
        self._true_peak = 0.0

    def add(self, block: Block) -> None:
        """Take the next (n, 2) frames."""
        sound = np.concatenate([self._rest.T, block.T], axis=1).T
        whole = len(sound) // PIECE * PIECE
        if whole:
            self._energies.append(energies(sound[:whole]))
        for at in range(0, whole, PIECE):
            self._look(sound[at : at + PIECE])
        self._rest = np.array(sound[whole:].T).T

    @property
    def pieces(self) -> Values:
        """Energies of all full 100 ms so far."""
        return np.concatenate([np.zeros(0), *self._energies])

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
        tail = np.concatenate([self._context.T, self._rest.T, np.zeros((2, 2 * PEAK_REACH), np.float32)], axis=1).T
        return max(self._true_peak, _inner_peak(tail))

    def _look(self, piece: Block) -> None:
        """Oversample a piece only when it could hold the peak: points between samples rise at most 6 dB over them."""
        sound = np.concatenate([self._context.T, piece.T], axis=1).T
        peak = float(np.abs(sound).max())
        self._sample_peak = max(self._sample_peak, peak)
        if peak * 2 >= self._sample_peak:
            self._true_peak = max(self._true_peak, _inner_peak(sound))
        self._context = np.array(sound[-2 * PEAK_REACH :].T).T


def _inner_peak(sound: Block) -> float:
    """True peak of (n, channels) without its first and last `PEAK_REACH` frames, which are context."""
    inner = slice(PEAK_FACTOR * PEAK_REACH, -PEAK_FACTOR * PEAK_REACH)
    return float(np.abs(four_times(sound)[inner]).max(initial=0.0))


def _piece_energies(pieces: Block) -> Values:
    """Energies of (channels, count, 4800) samples."""
    spectrum = np.fft.rfft(pieces, axis=2)
    power = spectrum.real.astype(np.float64) ** 2 + spectrum.imag.astype(np.float64) ** 2
    return np.asarray((power * _k_power()).sum(axis=2).sum(axis=0))


def _gated(energy: Values) -> float:
    loud = energy[energy > 10 ** ((GATE + 0.691) / 10)]
    if not len(loud):
        return SILENCE
    return lufs(float(loud[loud > loud.mean() * 10 ** (RELATIVE_GATE / 10)].mean()))


@cache
def _k_power() -> Values:
    """Weights on the power spectrum of 100 ms that sum to the K-weighted mean square (Parseval, one-sided)."""
    power = np.abs(_k_response(PIECE)) ** 2 * 2 / PIECE**2
    power[0] /= 2
    power[-1] /= 2
    return power


def _k_response(size: int) -> np.ndarray[tuple[int], np.dtype[np.complex128]]:
    """K(f) at 48 kHz on the grid of a real transform of `size` samples: BS.1770-4, tables 1 and 2."""
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    shelf = (1.53512485958697 - 2.69169618940638 * delay + 1.19839281085285 * delay**2) / (
        1 - 1.69065929318241 * delay + 0.73248077421585 * delay**2
    )
    return np.asarray(shelf * (1 - delay) ** 2 / (1 - 1.99004745483398 * delay + 0.99007225036621 * delay**2))
