"""How fast, how small, how loud and how even every bundled soundscape is; with `--measure`, written back into the recipes.

python bench/soundscapes.py [NAME ...] [--hour]      print the table; `--hour` also renders an hour to see memory grow
python bench/soundscapes.py [NAME ...] --measure     measure gain and swing and write `[measured]` into each recipe
"""

import argparse
import resource
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np

from voiceguide.ambience import controls, measure, reading
from voiceguide.ambience.chunks import CHUNK
from voiceguide.ambience.layers import built
from voiceguide.ambience.recipe import CONTROLS, Recipe
from voiceguide.ambience.scene import Scene, listened, load_scene
from voiceguide.audio import RATE, frames
from voiceguide.library import bundled
from voiceguide.loudness import energies, integrated

SEEDS = (1, 2)
COLUMNS = (
    "x real time",
    "load ms",
    "first ms",
    "p99 ms",
    "peak MB",
    "LUFS",
    "swing",
    "onset",
    "crest",
    "10 s range",
    "fold-down",
    "repetition",
)


def opened(name: str, seed: int = 1) -> Scene:
    return load_scene(name, seed=seed, find=lambda found: bundled("soundscapes") / f"{found}.toml")


def row(name: str) -> list[float]:
    began = time.perf_counter()
    scene = opened(name)
    loaded = time.perf_counter()
    scene.render(0, 480)
    first = time.perf_counter()
    cost = []
    for chunk in range(1, 4 * 60 * RATE // CHUNK):
        start = time.thread_time()
        scene.render(chunk * CHUNK, CHUNK)
        cost.append(time.thread_time() - start)
    tracemalloc.start()
    opened(name).render(0, frames(20) // CHUNK * CHUNK // 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    sound = scene.render(0, frames(120))
    return [
        CHUNK / RATE / float(np.mean(cost)),
        (loaded - began) * 1e3,
        (first - loaded) * 1e3,
        float(np.percentile(cost, 99)) * 1e3,
        peak / 1e6,
        integrated(energies(sound)),
        scene.swing,
        measure.onset(sound),
        measure.crest(sound),
        measure.level_range(sound),
        measure.fold_down_loss(sound),
        measure.repetition(sound),
    ]


def growth(name: str) -> float:
    """MB by which the process grows while an hour is rendered, the first minute left out."""
    scene = opened(name)
    scene.render(0, frames(60))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for start in range(frames(60), frames(3600), frames(1)):
        scene.render(start, frames(1))
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def found(written: Recipe, values: dict[str, float], length: int) -> measure.Loudness:
    """Gain and swing at these controls, over several seeds."""
    settled = controls.settled(replace(written, measured=None), values)
    heard = [listened(built(settled, seed, None, None), settled.width, length) for seed in SEEDS]  # type: ignore[arg-type]
    return measure.Loudness(
        float(np.mean([written.loudness - one.level for one in heard])), float(np.max([one.swing for one in heard]))
    )


def measured(path: Path) -> str:
    """The text of `[measured]` for a recipe."""
    written = reading.read(path.read_bytes(), path.stem)
    middle = found(written, {}, frames(480))
    lines = ["[measured]", f"gain = {middle.level:.2f}", f"swing = {middle.swing:.1f}"]
    for name in CONTROLS:
        if getattr(written.controls, name):
            ends = [found(written, {name: end}, frames(240)) for end in (0.0, 1.0)]
            gains = ", ".join(f"{end.level - middle.level:.2f}" for end in ends)
            swings = ", ".join(f"{end.swing - middle.swing:.1f}" for end in ends)
            lines.append(f"{name} = {{ gain = [{gains}], swing = [{swings}] }}")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=sorted(path.stem for path in bundled("soundscapes").glob("*.toml")))
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--hour", action="store_true")
    chosen = parser.parse_args()
    for name in chosen.names if chosen.measure else ():
        path = bundled("soundscapes") / f"{name}.toml"
        text = path.read_text(encoding="utf-8").split("\n[measured]")[0]
        path.write_text(f"{text.rstrip()}\n\n{measured(path)}", encoding="utf-8")
    print(f"{'':14s}" + "".join(f"{column:>12s}" for column in COLUMNS))
    for name in chosen.names:
        print(f"{name:14s}" + "".join(f"{value:12.3g}" for value in row(name)), flush=True)
        if chosen.hour:
            print(f"{'':14s} an hour adds {growth(name):.1f} MB", flush=True)


if __name__ == "__main__":
    main()
