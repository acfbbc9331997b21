"""How far a sound is from real recordings of its kind, against how far those are from one another.

`textures.npz` holds the statistics of real recordings, one row each, named CLASS--NUMBER. A difference of 1 is the natural
spread of a statistic inside a class; a distance is the weighted mean over the groups of statistics of their root mean square.
To a class it is the mean over the two nearest recordings. Weights were chosen on a wider set of the same recordings.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from texture import NYQUIST, Statistics, coloured, statistics

WEIGHTS = {"spectrum": 1.5, "moments": 0.75, "asym": 0.5, "xcorr": 1.0, "modpower": 2.0, "modcorr": 0.75, "slow": 0.75}
COMMITTED = Path(__file__).parent / "textures.npz"
NEAREST = 2


@dataclass(frozen=True)
class Likeness:
    """Recordings by row: their classes, and their statistics by group, shape (recordings, statistics)."""

    classes: tuple[str, ...]
    rows: Statistics

    @cached_property
    def scale(self) -> Statistics:
        """The spread of each statistic inside classes, at least half the group's median."""
        kinds = np.array(self.classes)
        return {group: _spread(rows, kinds) for group, rows in self.rows.items()}

    def groups(self, one: Statistics, skip: int = -1) -> dict[str, dict[str, float]]:
        """Of each class: the distance of `one` by group, and `total`, over its nearest recordings, row `skip` left out."""
        apart = self._apart(one)
        found = {}
        for kind in sorted(set(self.classes)):
            rows = [row for row, its in enumerate(self.classes) if its == kind and row != skip]
            nearest = sorted(rows, key=lambda row: apart["total"][row])[:NEAREST]
            if nearest:
                found[kind] = {group: float(np.mean(values[nearest])) for group, values in apart.items()}
        return found

    def real(self, kind: str) -> dict[str, float]:
        """The median over the recordings of a class of their own distances to the rest of it, by group and `total`."""
        rows = [row for row, its in enumerate(self.classes) if its == kind]
        own = [self.groups(self.row(row), row)[kind] for row in rows]
        return {group: float(np.median([one[group] for one in own])) for group in own[0]}

    def against(self, kind: str, noise: Statistics) -> float:
        """The median over a class of a recording's own distance, divided by that of `noise` with the recording's spectrum."""
        rows = [row for row, its in enumerate(self.classes) if its == kind]
        return float(np.median([self.ratio(kind, self.row(row), noise, row) for row in rows]))

    def ratio(self, kind: str, one: Statistics, noise: Statistics, skip: int = -1) -> float:
        """The distance of `one` to a class, divided by that of `noise` with the spectrum of `one`."""
        hiss = {**noise, "spectrum": one["spectrum"]}
        return self.groups(one, skip)[kind]["total"] / self.groups(hiss, skip)[kind]["total"]

    def hissing(self, kind: str) -> float:
        """The median over a class of the distance of noise with a recording's spectrum to the other recordings."""
        rows = [row for row, its in enumerate(self.classes) if its == kind]
        noises = (statistics(coloured(self.row(row)["spectrum"], row), 2 * NYQUIST) for row in rows)
        return float(np.median([self.groups(one, row)[kind]["total"] for row, one in zip(rows, noises, strict=True)]))

    def average(self, kind: str) -> Statistics:
        """The mean of the statistics of a class."""
        rows = [row for row, its in enumerate(self.classes) if its == kind]
        return {group: values[rows].mean(axis=0) for group, values in self.rows.items()}

    def row(self, number: int) -> Statistics:
        """The statistics of one recording."""
        return {group: rows[number] for group, rows in self.rows.items()}

    def without(self, number: int) -> "Likeness":
        """The same, as if one recording had never been heard."""
        keep = [row for row in range(len(self.classes)) if row != number]
        return Likeness(tuple(self.classes[row] for row in keep), {group: rows[keep] for group, rows in self.rows.items()})

    def _apart(self, one: Statistics) -> Statistics:
        """Distance of `one` to every recording, by group and `total`."""
        apart = {
            group: np.sqrt(np.mean(((rows - one[group]) / self.scale[group]) ** 2, axis=1)) for group, rows in self.rows.items()
        }
        total = sum(WEIGHTS[group] * values for group, values in apart.items()) / sum(WEIGHTS.values())
        return {**apart, "total": np.asarray(total)}


def committed() -> Likeness:
    """The recordings whose statistics are in the repository."""
    with np.load(COMMITTED) as held:
        classes = tuple(str(name).split("--")[0] for name in held["names"])
        return Likeness(classes, {group: held[group].astype(np.float64) for group in WEIGHTS})


def _spread(rows: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    known = sorted(set(kinds.tolist()))
    apart = np.concatenate([rows[kinds == kind] - rows[kinds == kind].mean(axis=0) for kind in known])
    spread = apart.std(axis=0) * np.sqrt(len(kinds) / max(1, len(kinds) - len(known)))
    return np.asarray(np.maximum(spread, 0.5 * np.median(spread)) + 1e-9)
