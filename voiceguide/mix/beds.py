"""Which soundscapes sound when, and how much of each: cross-fades between the beds of a timeline."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from voiceguide.audio import RATE, Values
from voiceguide.mix.automation import fade
from voiceguide.plan.timeline import Bed

FIRST_FADE = 3 * RATE


@dataclass(frozen=True, slots=True)
class Layer:
    """A bed that is heard: it comes in over `rise` frames and goes as each of `followers` comes in."""

    bed: Bed
    rise: int
    alike: bool
    followers: tuple["Layer", ...] = ()

    def weights(self, at: Values) -> Values:
        """Its part of the sound at each frame, 0 to 1.

        Two different scenes cross with equal power, for they have nothing in common; a scene and itself with other controls
        cross in a straight sum, for they are nearly the same sound.
        """
        weight = self._risen(at)
        for follower in self.followers:
            weight = weight * follower._given_way(at)
        return weight

    def _risen(self, at: Values) -> Values:
        share = fade(at, self.bed.start, self.rise)
        return share if self.alike else np.sqrt(share)

    def _given_way(self, at: Values) -> Values:
        share = fade(at, self.bed.start, self.rise)
        return 1 - share if self.alike else np.sqrt(1 - share)


def layers(beds: Sequence[Bed], start: int, end: int) -> tuple[Layer, ...]:
    """The beds heard somewhere in [start, end), in order; the first bed of all comes in over at least 3 s."""
    last = bisect_left(beds, end, key=lambda bed: bed.start)
    found: tuple[Layer, ...] = ()
    for number in range(last - 1, -1, -1):
        bed = beds[number]
        alike = number > 0 and beds[number - 1].scene == bed.scene
        rise = bed.fade if number else max(bed.fade, FIRST_FADE)
        found = (Layer(bed, rise, alike, found), *found)
        if bed.start + rise <= start:
            break
    return found
