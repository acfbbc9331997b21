"""Frequency the way an ear divides it: equal steps on the ERB scale, and curves drawn through a few [Hz, dB] points.

ERB is the equivalent rectangular bandwidth of Glasberg and Moore, "Derivation of auditory filter shapes from notched-noise
data" (1990). A spectrum given in dB per ERB looks the way it sounds; `density` turns it into power per Hz.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from voiceguide.ambience.keys import Curve
from voiceguide.audio import Values

LOWEST, HIGHEST, COUNT = 35.0, 19_000.0, 36
BREAK_HZ, SCALE = 228.8455, 9.265
TILT_HZ = 1_000.0


def erb(hz: ArrayLike) -> Values:
    """Place on the ERB scale."""
    return np.asarray(SCALE * np.log(1 + np.asarray(hz, float) / BREAK_HZ))


BANDS: Values = BREAK_HZ * (np.exp(np.linspace(erb(LOWEST), erb(HIGHEST), COUNT) / SCALE) - 1)


def drawn(points: Curve, hz: Values) -> Values:
    """dB at each of `hz`, straight between the points on the ERB scale and level beyond them; no points is 0 dB."""
    if not points:
        return np.zeros(len(hz))
    place, level = zip(*points, strict=True)
    return np.asarray(np.interp(erb(hz), erb(place), level))


def density(hz: Values) -> Values:
    """dB to add to a level per ERB to have the level per Hz."""
    return -10 * np.log10(24.7 + hz / SCALE)


@dataclass(frozen=True, slots=True)
class Colour:
    """What a whole scene does to the spectrum of every layer: `spectrum` for sources of noise, corrections for all.

    `tilt` is in dB per octave around 1 kHz, `highpass` the corner in Hz of a slope of 24 dB per octave.
    """

    spectrum: Curve
    eq: Curve
    tilt: float
    highpass: float

    def correction(self, hz: Values) -> Values:
        """dB of eq, tilt and high-pass at each of `hz` (above 0)."""
        return drawn(self.eq, hz) + self.tilt * np.log2(np.clip(hz, LOWEST, HIGHEST) / TILT_HZ) + self._highpassed(hz)

    def weight(self, hz: Values) -> Values:
        """dB per ERB of the whole scene at each of `hz`: how strong a single sound of that pitch should be."""
        return drawn(self.spectrum, hz) + self.correction(hz)

    def _highpassed(self, hz: Values) -> Values:
        return -10 * np.log10(1 + (self.highpass / hz) ** 8)
