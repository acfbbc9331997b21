"""The one contract every sink keeps: blocks of any length in order, then one close; for files the same bytes, flat memory."""

import os
import subprocess
import sys
import tomllib
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from export_kit import cut, music

from voiceguide import plugins
from voiceguide.audio import RATE
from voiceguide.export.null import Null
from voiceguide.export.save import open_sink
from voiceguide.export.sink import Sink

SINKS: dict[str, Callable[[BinaryIO, int], Sink]] = {
    "null": lambda file, frames: Null(),
    "wav": lambda file, frames: open_sink("wav", file, frames),
    "wav 24": lambda file, frames: open_sink("wav", file, frames, bits=24),
    "flac": lambda file, frames: open_sink("flac", file, frames),
    "mp3": lambda file, frames: open_sink("mp3", file, frames),
}

ROOT = Path(__file__).parent.parent
REGISTERED = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]["voiceguide.sinks"]
EXTRAS = {"simpleaudio": [pytest.mark.needs("simpleaudio")]}
USE = """
import sys
from voiceguide import plugins
from voiceguide.audio import empty
sink = plugins.load("sinks", sys.argv[1])()
for size in (1, 0, 700, 24_000):
    sink.write(empty(size))
sink.close()
"""


@pytest.mark.parametrize("name", [pytest.param(name, marks=EXTRAS.get(name, ())) for name in REGISTERED])
def test_a_registered_sink_is_had_by_name_and_takes_any_blocks(tmp_path: Path, name: str) -> None:
    assert name in plugins.names("sinks")
    (tmp_path / "asound.conf").write_text("pcm.!default { type null }\n")
    alone = {**os.environ, "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf")}
    subprocess.run([sys.executable, "-c", USE, name], env=alone, check=True, timeout=30)


@pytest.mark.parametrize("name", SINKS)
@pytest.mark.parametrize("size", [1, 700, 65_536])
def test_any_blocks_give_the_same_file(tmp_path: Path, name: str, size: int) -> None:
    sound = music(1500 if size == 1 else 100_000)
    made = []
    for number, step in enumerate((size, len(sound))):
        with (tmp_path / f"{number}").open("w+b") as file:
            sink = SINKS[name](file, len(sound))
            for block in cut(sound, step):
                sink.write(block)
            sink.write(sound[:0])
            sink.write(np.zeros((0, 2), np.float32))
            sink.close()
        made.append((tmp_path / f"{number}").read_bytes())
    assert made[0] == made[1]


@pytest.mark.slow
@pytest.mark.parametrize("name", SINKS)
def test_memory_stays_flat(tmp_path: Path, name: str) -> None:
    block, count = music(65_536), 30
    with (tmp_path / "a").open("w+b") as file:
        sink = SINKS[name](file, count * len(block))
        sink.write(block)
        tracemalloc.start()
        sink.write(block)
        once = tracemalloc.get_traced_memory()[1]
        for _ in range(count - 2):
            sink.write(block)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        sink.close()
    assert most < once + RATE
