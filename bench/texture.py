"""What a sound texture measures like: statistics of the envelopes in bands of hearing, averaged over time.

After McDermott and Simoncelli, "Sound texture perception via statistics of the auditory periphery" (Neuron 71:926, 2011):
spectrum, moments, and how bands move together, slowly and quickly; added are the asymmetry of rise and fall and the slow course
of the level. Mono, 60 Hz to 10 kHz, the level does not matter. At least 10 s; 28 s give steady numbers.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Statistics = dict[str, Values]

ENVELOPE_RATE = 400
BANDS, LOWEST, HIGHEST = 32, 60.0, 10_000.0
COMPRESSION = 0.3
FLOOR = 1e-5
"""Noise 100 dB under the sound, so that digital silence has statistics too; drawn up to `NYQUIST` Hz."""

NYQUIST = 11_025
NEIGHBOURS = (1, 2, 3, 5, 8, 11, 16, 21)
MODULATIONS = np.geomspace(0.5, 180.0, 17)
PACES = ((1.5, 3.0), (3.0, 6.0), (6.0, 12.0), (12.0, 25.0), (25.0, 50.0), (50.0, 100.0))
COURSES = ((0.08, 0.4), (0.4, 1.5), (1.5, 5.0))
SHARES = (2, 10, 50, 90, 99.5)
TENTH = ENVELOPE_RATE // 10
WIDENING = 228.8455
"""Hz over which a band of hearing becomes twice as wide."""

TRIES = 3
GRID = 25


def statistics(sound: NDArray[np.floating], rate: int) -> Statistics:
    """Statistics by group of a mono `sound` of shape (frames,), at least 10 s, at `rate` Hz of at least 22 050."""
    envelopes, power = cochlea(np.asarray(sound, np.float64), rate)
    mean = envelopes.mean(axis=1, keepdims=True)
    apart = envelopes - mean
    standard = apart / apart.std(axis=1, keepdims=True)
    alike = np.corrcoef(envelopes)
    return {
        "spectrum": _spectrum(power),
        "moments": _moments(apart.std(axis=1) / mean[:, 0], standard),
        "asym": _asymmetry(envelopes),
        "xcorr": np.concatenate([np.diagonal(alike, step) for step in NEIGHBOURS]),
        "modpower": _modulation(standard),
        "modcorr": _movements(apart),
        "slow": _course((envelopes ** (2 / COMPRESSION)).sum(axis=0)),
    }


def cochlea(sound: Values, rate: int) -> tuple[Values, Values]:
    """Compressed envelopes, shape (BANDS, time at `ENVELOPE_RATE`), and the power of each band."""
    length = len(sound) // rate * rate + len(sound) % rate * GRID // rate * rate // GRID
    sound = sound - sound.mean()
    sound = sound / (np.sqrt(np.mean(sound * sound)) + 1e-12)
    floor = FLOOR * np.sqrt(rate / 2 / NYQUIST) * np.random.default_rng(0).standard_normal(len(sound))
    spectrum = np.fft.rfft((sound + floor)[:length])
    count = round(length / rate * ENVELOPE_RATE)
    edges = np.linspace(_erb(LOWEST), _erb(HIGHEST), BANDS + 2)
    bands = [_band(spectrum, rate / length, length, count, edges[at], edges[at + 2]) for at in range(BANDS)]
    cut = ENVELOPE_RATE // 8
    return np.stack([envelope for envelope, _ in bands])[:, cut:-cut], np.array([power for _, power in bands])


def coloured(spectrum: Values, seed: int, seconds: int = 28) -> Values:
    """Gaussian noise at 2 * `NYQUIST` Hz whose bands have this `spectrum` in dB, within a tenth where it has no steep tone."""
    white = np.fft.rfft(np.random.default_rng(seed).standard_normal(2 * NYQUIST * seconds))
    hz = np.linspace(0, NYQUIST, len(white))
    centres = np.linspace(_erb(LOWEST), _erb(HIGHEST), BANDS + 2)[1:-1]
    level = spectrum
    for _ in range(TRIES):
        shape = np.interp(_erb(hz), centres, level) - 10 * np.log10(1 + hz / WIDENING)
        noise = np.fft.irfft(white * 10 ** (shape / 20))
        level = level + spectrum - _spectrum(cochlea(noise, 2 * NYQUIST)[1])
    return np.asarray(noise)


def _band(
    spectrum: NDArray[np.complex128], step: float, length: int, count: int, low: float, high: float
) -> tuple[Values, float]:
    """Envelope, `count` long, and power of a half-cosine band between two places on the ERB scale; bins are `step` Hz apart."""
    first, last = (int(np.ceil(_hz(place) / step)) for place in (low, high))
    place = _erb(np.arange(first, last) * step)
    part = spectrum[first:last] * np.cos((place - (low + high) / 2) / (high - low) * np.pi)
    size = 1 << int(np.ceil(np.log2(max(2 * len(part), 4 * count))))
    envelope = np.abs(np.fft.ifft(part, size)) * (2 * size / length)
    compressed = np.fft.irfft(np.fft.rfft(envelope**COMPRESSION)[: count // 2 + 1], count) * (count / size)
    return np.maximum(compressed, 1e-4), float(np.mean(envelope * envelope) / 2)


def _spectrum(power: Values) -> Values:
    """dB of every band around their mean, none more than 55 dB under the strongest."""
    level = 10 * np.log10(power + 1e-12)
    level = np.maximum(level, level.max() - 55)
    return np.asarray(level - level.mean())


def _moments(variation: Values, standard: Values) -> Values:
    """Variation (counted twice), skewness and kurtosis of every envelope, on scales where they are about Gaussian."""
    skewness, kurtosis = (standard**3).mean(axis=1), (standard**4).mean(axis=1)
    return np.concatenate([2 * np.log(variation + 1e-3), np.arcsinh(skewness), np.log(kurtosis)])


def _asymmetry(envelopes: Values) -> Values:
    """Skewness of the slope over 10 ms: above 0 where sounds rise faster than they fall."""
    padded = np.pad(envelopes, ((0, 0), (3, 0)))
    smooth = sum(padded[:, step : step + envelopes.shape[1]] for step in range(4)) / 4
    slope = np.diff(smooth, axis=1)
    return np.arcsinh((slope**3).mean(axis=1) / (slope.std(axis=1) ** 3 + 1e-12))


def _modulation(standard: Values) -> Values:
    """dB of modulation in `MODULATIONS`, a share of each envelope's own, for groups of four bands."""
    power = np.abs(np.fft.rfft(standard * np.hanning(standard.shape[1]), axis=1)) ** 2
    power /= power[:, 1:].sum(axis=1, keepdims=True)
    hz = np.fft.rfftfreq(standard.shape[1], 1 / ENVELOPE_RATE)
    edges = np.searchsorted(hz, MODULATIONS)
    shares = np.stack([power[:, first:last].sum(axis=1) for first, last in pairwise(edges)], axis=1)
    return np.asarray(10 * np.log10(shares.reshape(BANDS // 4, 4, -1).mean(axis=1) + 1e-4)).ravel()


def _movements(apart: Values) -> Values:
    """How alike bands 1, 3 and 6 apart move at each of `PACES`, for four parts of the spectrum."""
    spectrum = np.fft.rfft(apart, axis=1)
    hz = np.fft.rfftfreq(apart.shape[1], 1 / ENVELOPE_RATE)
    found = []
    for low, high in PACES:
        inside = (hz >= low) & (hz < high)
        alike = np.corrcoef(np.fft.irfft(spectrum * inside, apart.shape[1], axis=1))
        found += [part.mean() for step in (1, 3, 6) for part in np.array_split(np.diagonal(alike, step), 4)]
    return np.array(found)


def _course(level: Values) -> Values:
    """The level over 100 ms: how much it moves at each of `COURSES`, and the steps between its `SHARES`."""
    total = np.concatenate([[0.0], np.cumsum(level)])
    course = 10 * np.log10((total[TENTH:] - total[:-TENTH])[:: TENTH // 2] / TENTH + 1e-9)
    power = np.abs(np.fft.rfft(course - course.mean())) ** 2 * 2 / len(course) ** 2
    hz = np.fft.rfftfreq(len(course), TENTH / 2 / ENVELOPE_RATE)
    moves = [np.log(np.sqrt(power[(hz >= low) & (hz < high)].sum()) + 0.1) for low, high in COURSES]
    return np.concatenate([moves, np.log(np.diff(np.percentile(course, SHARES)) + 0.2)])


def _erb(hz: float | Values) -> Values:
    """Place on the ERB scale of Glasberg and Moore (1990)."""
    return np.asarray(9.265 * np.log(1 + np.asarray(hz) / WIDENING))


def _hz(place: float) -> float:
    return float(WIDENING * np.expm1(place / 9.265))
