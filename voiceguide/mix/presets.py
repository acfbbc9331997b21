"""The three mixes: how far everything stays under the voice.

Levels are in LU against speech at -16 LUFS: `bed` between words, `tones` for breath and metronome at their loudest, `under` for
all of them together while anything is said. Under speech the mix `clear` keeps the 20 dB that WCAG 2.2, criterion 1.4.7, asks
for; tones and bed are added up, and a scene is counted at its loudest 3 s.
"""

from dataclasses import dataclass
from math import log10

SPEECH = -16.0
SIGNALS = -19.0
SPARE = 1.0


@dataclass(frozen=True, slots=True)
class Preset:
    """A mix; `bed` None means that there is none."""

    bed: float | None
    tones: float
    under: float

    def duck(self, level: float, swing: float) -> float:
        """How many dB a bed of this `level` (dB on the mix's own) and `swing` (dB) and the tones must fall under speech."""
        loudest = 10 ** (self.tones / 10) + (0.0 if self.bed is None else 10 ** ((self.bed + level + swing) / 10))
        return max(0.0, 10 * log10(loudest) - self.under + SPARE)


PRESETS: dict[str, Preset] = {
    "clear": Preset(bed=-14.0, tones=-16.0, under=-20.0),
    "lush": Preset(bed=-9.0, tones=-12.0, under=-14.0),
    "off": Preset(bed=None, tones=-16.0, under=-20.0),
}
