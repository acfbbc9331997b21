"""How real every bundled soundscape sounds, what it costs, and how comfortable it is.

python bench/realism.py [NAME ...]      print the four tables; with names, those soundscapes alone
python bench/realism.py --write         and write them into docs/soundscapes.md
"""

import argparse
import os
import time
import tracemalloc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import numpy as np
from likeness import Likeness, committed
from texture import Statistics, statistics

from voiceguide.ambience import measure, reading
from voiceguide.ambience.chunks import CHUNK
from voiceguide.ambience.scene import Scene, load_scene
from voiceguide.audio import RATE, Mono, frames, seconds
from voiceguide.library import bundled
from voiceguide.loudness import energies

SEEDS = range(501, 509)
"""Not used when the recipes were fitted."""

HEARD = frames(28)
LONG = frames(600)
MINUTE, HOUR = frames(60) // CHUNK, frames(3600) // CHUNK
"""In chunks."""

PAGE = Path(__file__).parent.parent / "docs" / "soundscapes.md"
BEGIN, END = "<!-- realism -->\n", "<!-- end of realism -->"
SMOOTH_HZ = 40

QUARTETS = (
    ("rain", "wind", "fireplace", "singing-bowls"),
    ("ocean", "night-garden", "stream", "morning-birds"),
)
"""Played at once, as a scene of scenes or a cross-fade may do; the second are among the costliest there are."""

CHUNK_MS = 1000 * CHUNK // RATE


def recipe_of(name: str) -> Path:
    return bundled("soundscapes") / f"{name}.toml"


def opened(name: str, seed: int) -> Scene:
    return load_scene(name, seed=seed, find=recipe_of)


def category(name: str) -> str:
    """The class of recordings a soundscape is compared with, or nothing."""
    return reading.read(recipe_of(name).read_bytes(), name).category


def heard(name: str, seed: int) -> Mono:
    """The first 28 s through one loudspeaker."""
    return np.asarray(opened(name, seed).render(0, HEARD).mean(axis=1))


def same_spectrum(sound: Mono, seed: int) -> Mono:
    """Gaussian noise with the long-term spectrum of a sound: what is left when nothing but the spectrum is right."""
    width = SMOOTH_HZ * len(sound) // RATE
    power = np.convolve(np.abs(np.fft.rfft(sound)) ** 2, np.full(width, 1 / width), "same")
    noise = np.random.default_rng(seed).standard_normal(len(sound))
    return np.asarray(np.fft.irfft(np.sqrt(power) * np.fft.rfft(noise), len(sound)), np.float32)


@cache
def recordings() -> Likeness:
    return committed()


def realism(name: str) -> list[str]:
    """Ratio to real, against noise of the same spectrum (real recordings as well), own class nearest, and the worst group."""
    kind, real = category(name), recordings().real(category(name))
    sounds = [heard(name, seed) for seed in SEEDS]
    ours: list[Statistics] = [statistics(sound, RATE) for sound in sounds]
    found = [recordings().groups(one) for one in ours]
    own = {group: median(one[kind][group] for one in found) for group in real}
    noises = [statistics(same_spectrum(sounds[at], at), RATE) for at in range(3)]
    noise = median(recordings().groups(one)[kind]["total"] for one in noises)
    nearest = [min(one, key=lambda kind, one=one: one[kind]["total"]) for one in found]
    worst, times = max(((group, own[group] / real[group]) for group in real if group != "total"), key=lambda pair: pair[1])
    return [
        kind,
        f"{own['total']:.2f}",
        f"{real['total']:.2f}",
        f"{own['total'] / real['total']:.2f}",
        f"{own['total'] / recordings().hissing(kind):.2f}",
        f"{own['total'] / noise:.2f}",
        f"{average(kind, ours, noises[0]):.2f}",
        f"{recordings().against(kind, noises[0]):.2f}",
        f"{nearest.count(kind)}/{len(nearest)}",
        f"{worst} {times:.2f}",
    ]


def average(kind: str, ours: list[Statistics], noise: Statistics) -> float:
    """What sounds would reach against noise that are the average of a class, give or take the chance that ours have."""
    whole = recordings().average(kind)
    middle = {group: np.mean([one[group] for one in ours], axis=0) for group in whole}
    typical = ({group: whole[group] + one[group] - middle[group] for group in whole} for one in ours)
    return median(recordings().ratio(kind, one, noise) for one in typical)


def comfort(name: str) -> list[str]:
    """Over ten minutes: repetition, crest, level range, onset, and what is lost through one loudspeaker."""
    sound = opened(name, SEEDS[0]).render(0, LONG)
    pieces = energies(sound)
    return [
        f"{measure.repetition(sound):.3f}",
        f"{measure.crest(sound):.1f}",
        f"{measure.level_range(pieces):.1f}",
        f"{measure.onset(pieces):.1f}",
        f"{measure.fold_down_loss(sound):.1f}",
    ]


def cost(name: str) -> list[str]:
    """Over an hour: times real time on one core, processor milliseconds to the first sample and of slow chunks, and memory.

    What the hour adds is what the process holds after it, against what it held after a minute."""
    began = time.thread_time()
    scene = opened(name, SEEDS[0])
    scene.render(0, 480)
    first = time.thread_time() - began
    each = np.fromiter(_chunks(scene, 1, MINUTE), float, MINUTE - 1)
    held = resident()
    each = np.fromiter(_chunks(scene, MINUTE, HOUR), float, HOUR - MINUTE)
    more = resident() - held
    speed = seconds(CHUNK) / median(each)
    slow = np.percentile(each, 99)
    return [f"{speed:.0f}", f"{first * 1e3:.0f}", f"{slow * 1e3:.1f}", f"{memory(name) / 1e6:.1f}", f"{more / 1e6:.1f}"]


def together(names: tuple[str, ...]) -> list[str]:
    """Over a minute: times real time on one core when these play at once."""
    scenes = [opened(name, SEEDS[0]) for name in names]
    each = [sum(four) for four in zip(*(_chunks(scene, 0, MINUTE) for scene in scenes), strict=True)]
    return [f"{seconds(CHUNK) / median(each[1:]):.0f}"]


def resident() -> int:
    """Bytes of memory that the process holds now (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def memory(name: str) -> int:
    """Bytes a scene needs at most while it is opened and played for ten seconds."""
    tracemalloc.start()
    for _ in _chunks(opened(name, SEEDS[1]), 1, 31):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _chunks(scene: Scene, first: int, last: int) -> Iterator[float]:
    """Processor seconds of each chunk from `first` up to `last`."""
    for chunk in range(first, last):
        start = time.thread_time()
        scene.render(chunk * CHUNK, CHUNK)
        yield time.thread_time() - start


def table(title: str, columns: list[str], rows: Iterator[list[str]]) -> str:
    """A table in Markdown, printed row by row as it is found."""
    lines = [f"{title}:", "", f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    print("\n".join(["", *lines]), flush=True)
    for row in rows:
        lines.append(f"| `{row[0]}` | {' | '.join(row[1:])} |")
        print(lines[-1], flush=True)
    return "\n".join(lines) + "\n"


def tables(names: list[str]) -> Iterator[str]:
    yield table(
        f"Realism, the median of {len(SEEDS)} seeds",
        [
            "name",
            "class",
            "distance",
            "of recordings",
            "ratio",
            "to their noise",
            "to own noise",
            "average to own noise",
            "recordings to own noise",
            "own class nearest",
            "worst group",
        ],
        ([name, *realism(name)] for name in names if category(name)),
    )
    yield table(
        "Comfort, over ten minutes",
        ["name", "repetition", "crest, dB", "range of 10 s, dB", "onset, dB", "lost in mono, dB"],
        ([name, *comfort(name)] for name in names),
    )
    yield table(
        f"Cost, on one of {os.cpu_count()} cores",
        [
            "name",
            "times real time",
            "first sample, ms",
            f"{CHUNK_MS} ms, 99th percentile, ms",
            "memory, MB",
            "an hour adds, MB",
        ],
        ([name, *cost(name)] for name in names),
    )
    yield table(
        "Four at once, on one core",
        ["names", "times real time"],
        (["`, `".join(four), *together(four)] for four in QUARTETS if set(four) <= set(names)),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=sorted(path.stem for path in bundled("soundscapes").glob("*.toml")))
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    found = "\n".join(tables(chosen.names))
    if chosen.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}{found}{END}{rest.split(END)[1]}", encoding="utf-8")


if __name__ == "__main__":
    main()
