"""How fast, how small, how loud and how even every bundled soundscape is; with `--measure`, written back into the recipes.

python bench/soundscapes.py [NAME ...]               print the table
python bench/soundscapes.py [NAME ...] --measure     only measure gain and swing and write `[measured]` into each recipe
"""

import argparse
import time
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from voiceguide.ambience import controls, measure, reading
from voiceguide.ambience.chunks import CHUNK
from voiceguide.ambience.scene import Scene, load_scene
from voiceguide.audio import RATE, frames
from voiceguide.library import bundled
from voiceguide.loudness import energies, integrated

SEEDS = (1, 2, 3, 4)
SEEDS_OF_ENDS = SEEDS[:2]
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


def beside(name: str) -> Path:
    return bundled("soundscapes") / f"{name}.toml"


def opened(name: str, seed: int = 1) -> Scene:
    return load_scene(name, seed=seed, find=beside)


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
    pieces = energies(sound)
    return [
        CHUNK / RATE / float(np.mean(cost)),
        (loaded - began) * 1e3,
        (first - loaded) * 1e3,
        float(np.percentile(cost, 99)) * 1e3,
        peak / 1e6,
        integrated(pieces),
        scene.swing,
        measure.onset(pieces),
        measure.crest(sound),
        measure.level_range(pieces),
        measure.fold_down_loss(sound),
        measure.repetition(sound),
    ]


def found(draft: Path, values: dict[str, float], seeds: tuple[int, ...]) -> list[measure.Loudness]:
    """For each seed the gain a recipe without `[measured]` needs at these controls, and its swing, over two minutes."""
    scenes = [
        load_scene(draft.name, seed=seed, controls=tuple(values.items()), find=beside, beside=draft.parent) for seed in seeds
    ]
    return [measure.Loudness(scene.loudness - scene.heard.level, scene.swing) for scene in scenes]


def together(heard: list[measure.Loudness]) -> measure.Loudness:
    """The mean gain and the largest swing."""
    return measure.Loudness(float(np.mean([one.level for one in heard])), max(one.swing for one in heard))


def measured(draft: Path) -> str:
    """The text of `[measured]` for a recipe that has none; ends are compared with the middle of the same seeds."""
    all_seeds = found(draft, {}, SEEDS)
    whole, middle = together(all_seeds), together(all_seeds[: len(SEEDS_OF_ENDS)])
    lines = ["[measured]", f"gain = {whole.level:.2f}", f"swing = {whole.swing:.1f}"]
    for name in controls.available(reading.read(draft.read_bytes(), draft.stem)):
        ends = [together(found(draft, {name: end}, SEEDS_OF_ENDS)) for end in (0.0, 1.0)]
        gains = ", ".join(f"{end.level - middle.level:.2f}" for end in ends)
        swings = ", ".join(f"{end.swing - middle.swing:.1f}" for end in ends)
        lines.append(f"{name} = {{ gain = [{gains}], swing = [{swings}] }}")
    return "\n".join(lines) + "\n"


def write_measured(path: Path) -> None:
    """Measure a recipe and write what was found into it."""
    text = path.read_text(encoding="utf-8").split("\n[measured]")[0].rstrip()
    with TemporaryDirectory() as folder:
        draft = Path(folder) / path.name
        draft.write_text(text + "\n", encoding="utf-8")
        path.write_text(f"{text}\n\n{measured(draft)}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=sorted(path.stem for path in bundled("soundscapes").glob("*.toml")))
    parser.add_argument("--measure", action="store_true")
    chosen = parser.parse_args()
    for name in chosen.names if chosen.measure else ():
        write_measured(beside(name))
    if chosen.measure:
        return
    print(f"{'':14s}" + "".join(f"{column:>12s}" for column in COLUMNS))
    for name in chosen.names:
        print(f"{name:14s}" + "".join(f"{value:12.3g}" for value in row(name)), flush=True)


if __name__ == "__main__":
    main()
