"""How real every bundled soundscape sounds, what it costs, and how comfortable it is.

python bench/realism.py [NAME ...]      print the three tables; with names, those soundscapes alone
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

SEEDS = range(101, 109)
"""Not used when the recipes were fitted."""

HEARD = frames(28)
LONG = frames(600)
PAGE = Path(__file__).parent.parent / "docs" / "soundscapes.md"
BEGIN, END = "<!-- realism -->\n", "<!-- end of realism -->"
SMOOTH_HZ = 40
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
    """Ratio to real, against same-spectrum noise, own class nearest, nearest of the others, and the worst group."""
    kind, real = category(name), recordings().real(category(name))
    sounds = [heard(name, seed) for seed in SEEDS]
    ours: list[Statistics] = [statistics(sound, RATE) for sound in sounds]
    found = [recordings().groups(one) for one in ours]
    own = {group: median(one[kind][group] for one in found) for group in real}
    noise = median(recordings().groups(statistics(same_spectrum(sounds[at], at), RATE))[kind]["total"] for at in range(3))
    nearest = [min(one, key=lambda kind, one=one: one[kind]["total"]) for one in found]
    worst, times = max(((group, own[group] / real[group]) for group in real if group != "total"), key=lambda pair: pair[1])
    return [
        kind,
        f"{own['total']:.2f}",
        f"{real['total']:.2f}",
        f"{own['total'] / real['total']:.2f}",
        f"{own['total'] / noise:.2f}",
        f"{nearest.count(kind)}/{len(nearest)}",
        f"{worst} {times:.2f}",
    ]


def comfort(name: str) -> list[str]:
    """Over ten minutes: repetition, crest, level range, onset, and what is lost through one loudspeaker."""
    sound = opened(name, SEEDS[0]).render(0, LONG)
    return [
        f"{measure.repetition(sound):.3f}",
        f"{measure.crest(sound):.1f}",
        f"{measure.level_range(sound):.1f}",
        f"{measure.onset(sound):.1f}",
        f"{measure.fold_down_loss(sound):.1f}",
    ]


def cost(name: str) -> list[str]:
    """Times real time on one core, milliseconds to the first sample, the slow end of a chunk, and memory."""
    began = time.perf_counter()
    scene = opened(name, SEEDS[0])
    scene.render(0, 480)
    first = time.perf_counter() - began
    each = list(_chunks(scene, 3 * 60 * RATE // CHUNK))
    speed = seconds(CHUNK) / median(each)
    return [f"{speed:.0f}", f"{first * 1e3:.0f}", f"{np.percentile(each, 99) * 1e3:.1f}", f"{memory(name) / 1e6:.1f}"]


def memory(name: str) -> int:
    """Bytes a scene needs at most while it is opened and played for ten seconds."""
    tracemalloc.start()
    for _ in _chunks(opened(name, SEEDS[1]), 30):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def _chunks(scene: Scene, count: int) -> Iterator[float]:
    """Processor seconds of each of `count` chunks."""
    for chunk in range(1, count + 1):
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
        ["name", "class", "distance", "of recordings", "ratio", "to noise", "own class nearest", "worst group"],
        ([name, *realism(name)] for name in names if category(name)),
    )
    yield table(
        "Comfort, over ten minutes",
        ["name", "repetition", "crest, dB", "range of 10 s, dB", "onset, dB", "lost in mono, dB"],
        ([name, *comfort(name)] for name in names),
    )
    yield table(
        f"Cost, on one of {os.cpu_count()} cores",
        ["name", "times real time", "first sample, ms", f"{CHUNK_MS} ms, 99th percentile, ms", "memory, MB"],
        ([name, *cost(name)] for name in names),
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
