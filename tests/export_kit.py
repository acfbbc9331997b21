"""Sounds and listeners for the tests of written files."""

import io
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from programs import program

from voiceguide.audio import RATE, Block
from voiceguide.export.cover import draw
from voiceguide.export.sink import Sink
from voiceguide.export.tags import Mark, Tags

TAGS = Tags("Zehn Minuten – für die Füße", draw("test"), album="Ä & Ö")
MARKS = (Mark("Ankommen", 0, RATE // 2), Mark("A longer title, in the middle 🙂", RATE // 2, RATE), Mark("Z", RATE, 2 * RATE))


@cache
def music(count: int, seed: int = 0) -> Block:
    """Noise that swells, with tones on either side."""
    random = np.random.default_rng(seed)
    time = np.arange(count) / RATE
    noise = np.cumsum(random.standard_normal((2, count)) * 0.02, axis=1)
    kernel = np.ones(200) / 200
    noise -= np.stack([np.convolve(channel, kernel, "same") for channel in noise]) if count else noise
    tones = np.stack([np.sin(2 * np.pi * 330 * time), np.sin(2 * np.pi * 440 * time)])
    sound = (0.3 * noise + 0.2 * tones) * (0.6 + 0.4 * np.sin(2 * np.pi * time))
    return np.clip(sound, -0.9, 0.9).astype(np.float32).T


def cut(sound: Block, size: int) -> Iterator[Block]:
    """The sound in blocks of at most `size`."""
    return (sound[at : at + size] for at in range(0, len(sound), size))


def through(sink: Callable[[BinaryIO], Sink], sound: Block, size: int = 65_536) -> bytes:
    """What a sink makes of a sound that comes in blocks of at most `size`."""
    file = io.BytesIO()
    opened = sink(file)
    for block in cut(sound, size):
        opened.write(block)
    opened.close()
    return file.getvalue()


def decoded(path: Path) -> Block:
    """What FFmpeg makes of a file, as float32."""
    command = [program("ffmpeg"), "-v", "error", "-i", str(path), "-map", "0:a", "-f", "f32le", "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    assert not done.stderr, done.stderr
    return np.frombuffer(done.stdout, np.float32).reshape(-1, 2)


def probed(path: Path) -> dict[str, Any]:
    """What ffprobe tells about a file."""
    command = [program("ffprobe"), "-v", "error", "-show_format", "-show_chapters", "-show_streams", "-of", "json", str(path)]
    return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout)


def chapters(path: Path) -> list[tuple[str, float]]:
    """(title, start in seconds) of each chapter, in the order of the file."""
    return [(each["tags"]["title"], float(each["start_time"])) for each in probed(path)["chapters"]]


def tags(path: Path) -> dict[str, str]:
    """Tags of the whole file, names in lower case."""
    return {name.lower(): text for name, text in probed(path)["format"].get("tags", {}).items()}


def heard(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP, by FFmpeg's ebur128."""
    command = [program("ffmpeg"), "-nostats", "-i", str(path), "-map", "0:a", "-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stderr
    summary = told[told.rindex("Summary:") :]
    loudness, peak = (float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "Peak"))
    return loudness, peak
