"""Noise shaped frame by frame: a spectrum, slow movements that frequencies share, and a likeness of left and right.

Each frame of Gaussian spectrum is shaped, turned into sound, windowed by the root of a Hann window and laid half over the one
before, so that the power is even. Left and right are a mid and a side signal weighted by the coherence wanted at each
frequency: bass together (it neither sounds hollow nor dies in mono), treble apart (it sounds wide).
"""

import numpy as np
from numpy.typing import NDArray

from voiceguide.ambience import bands, chance, recipe
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.waves import Gust
from voiceguide.audio import RATE, Values

BAND_LEVEL = -39.0
"""dBFS of one ERB band of noise at 0 dB; about forty of them make a flat bed of -23 dBFS."""
TO_LOG = np.log(10) / 20
CONTROL_POINTS = 9
CURVES = 1 + CONTROL_POINTS
KNOTS = 4
HIGHEST = 20_000.0


class Noise:
    """A `noise` layer. `gust` gives further band gains in dB, shape (times, bands), at times in seconds."""

    def __init__(self, settings: recipe.Noise, source: int, colour: bands.Colour, gust: Gust | None = None) -> None:
        self._source, self._mods, self._gust = source, settings.mods, gust
        self._frame = settings.frame
        spectrum = settings.spectrum or colour.spectrum
        self._base = bands.drawn(spectrum, bands.BANDS) + settings.level + BAND_LEVEL
        self._base += bands.density(bands.BANDS)
        self._keys = source + np.arange(len(self._mods) * CURVES)
        self._rates = np.repeat([mod.rate for mod in self._mods], CURVES)
        self._depths = [mod.depth * ((mod.band[0] <= bands.BANDS) & (mod.band[1] >= bands.BANDS)) for mod in self._mods]
        hz = np.fft.rfftfreq(self._frame, 1 / RATE).astype(np.float64)
        self._band, self._weight = _places(hz)
        self._mid, self._side = _sides(bands.drawn(settings.coherence, hz), _fixed_gain(hz, self._frame, colour))
        self._window = np.sqrt(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(self._frame) / self._frame)).astype(np.float32)

    def add(self, chunk: int, piece: Planar) -> None:
        """Add the frames that begin in `chunk`; the last one rings half a frame into the next."""
        hop = self._frame // 2
        for channel, spectrum in zip(piece, self._spectra(chunk), strict=True):
            sound = np.fft.irfft(spectrum, self._frame, axis=1)
            sound *= self._window
            here, after = (channel[first : first + CHUNK].reshape(-1, hop) for first in (0, hop))
            here += sound[:, :hop]
            after += sound[:, hop:]

    def _spectra(self, chunk: int) -> tuple[NDArray[np.complex64], NDArray[np.complex64]]:
        """Left and right of every frame that begins in `chunk`."""
        hop = self._frame // 2
        gains = self._gains((chunk * CHUNK + np.arange(1, CHUNK // hop + 1) * hop) / RATE)
        random = chance.generator(self._source, chunk)
        mid, side = (_drawn(random, gains * weight) for weight in (self._mid, self._side))
        return mid + side, np.subtract(mid, side, out=mid)

    def _gains(self, times: Values) -> NDArray[np.float32]:
        """Gain of every bin at each time: drawn between bands, whose levels move."""
        levels = np.exp(((self._base + self._movement(times)) * TO_LOG).astype(np.float32))
        gains: NDArray[np.float32] = np.diff(levels)[:, self._band]
        gains *= self._weight
        gains += levels[:, self._band]
        return gains

    def _movement(self, times: Values) -> Values:
        """Of every mod in every band: one curve for all bands, and curves of neighbouring bands that resemble each other."""
        total = np.zeros((len(times), bands.COUNT)) if self._gust is None else _between_knots(self._gust, times)
        curves = chance.wander(self._keys, times, self._rates).reshape(len(times), len(self._mods), CURVES)
        own = (curves[..., 1 + _POINT] * (1 - _SHARE) + curves[..., 2 + _POINT] * _SHARE) / _TOGETHER
        for number, mod in enumerate(self._mods):
            alike = np.sqrt(mod.shared) * curves[:, number, :1] + np.sqrt(1 - mod.shared) * own[:, number]
            total += self._depths[number] * alike
        return total


def _drawn(random: np.random.Generator, gains: NDArray[np.float32]) -> NDArray[np.complex64]:
    """Gaussian bins, as strong as `gains`."""
    bins = chance.gaussian(random, 2 * gains.size).view(np.complex64).reshape(gains.shape)
    bins *= gains
    return bins


def _between_knots(gust: Gust, times: Values) -> Values:
    """Gusts change slowly: the curve at the first and last time and two between, joined by straight lines."""
    place = np.linspace(0, KNOTS - 1, len(times))
    knot = np.minimum(place.astype(int), KNOTS - 2)
    share = (place - knot)[:, None]
    gains = gust(np.linspace(times[0], times[-1], KNOTS))
    return np.asarray(gains[knot] * (1 - share) + gains[knot + 1] * share)


_ACROSS: Values = np.linspace(0, CONTROL_POINTS - 1, bands.COUNT)
_POINT = np.minimum(_ACROSS.astype(int), CONTROL_POINTS - 2)
_SHARE: Values = _ACROSS - _POINT
_TOGETHER: Values = np.sqrt((1 - _SHARE) ** 2 + _SHARE**2)


def _places(hz: Values) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """For each bin the band below it, and how far it lies towards the next."""
    place, band_place = bands.erb(np.clip(hz, bands.BANDS[0], bands.BANDS[-1])), bands.erb(bands.BANDS)
    band = np.clip(np.searchsorted(band_place, place) - 1, 0, bands.COUNT - 2)
    return band, ((place - band_place[band]) / (band_place[band + 1] - band_place[band])).astype(np.float32)


def _fixed_gain(hz: Values, frame: int, colour: bands.Colour) -> Values:
    """What never moves: the scene's colour, the limits of the band, and the scale from power per Hz to bins."""
    heard = (hz > 0) & (hz <= HIGHEST)
    correction = colour.correction(np.where(heard, hz, HIGHEST))
    gains: Values = np.where(heard, 10 ** (correction / 20), 0.0) * np.sqrt(frame * RATE) / 2
    return gains


def _sides(coherence: Values, gain: Values) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights of mid and side: with m^2 + s^2 = 1 the coherence of m + s and m - s is m^2 - s^2."""
    mid, side = np.sqrt((1 + coherence) / 2), np.sqrt((1 - coherence) / 2)
    return (mid * gain).astype(np.float32), (side * gain).astype(np.float32)
