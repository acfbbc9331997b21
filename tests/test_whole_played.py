"""A session that is heard is the file, sample for sample, for as long as it lasts and whatever else the machine does."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import soundfile
from played_kit import Played, descriptors, difference, memory
from sound_server import Capture, SoundServer
from whole_kit import run

SECTION = """
# Part {number}

Here begins part {number}, and it is quiet. [pause 2s] Breathe easily.

[hold 8s-20m, remind every 25s "Slow and even, part {number}." | "Let it go, part {number}."]
"""
SECTIONS = 6
HEAD = "---\ntitle: Long\nfor: self\nsoundscape: rain\n---\n"
ROUTINE = HEAD + "".join(SECTION.format(number=number) for number in range(1, SECTIONS + 1))

STEADY = 16 * 2**20
HOUR = 4000.0


@dataclass(frozen=True)
class Need:
    """What the player and its audio process hold at one time: descriptors, and resident octets."""

    descriptors: tuple[int, int]
    memory: tuple[int, int]


def need(played: Played) -> Need:
    player, audio = played.process.pid, played.audio()
    return Need((descriptors(player), descriptors(audio)), (memory(player), memory(audio)))


@contextmanager
def full_load() -> Iterator[None]:
    """Both cores busy."""
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    try:
        yield
    finally:
        for each in busy:
            each.kill()
            each.wait()


def hear_through(home: Path, length: str, *, busy_from: int) -> None:
    """Play a session with nothing voiced before, under full load from this section on: what is heard is the file.

    Every cue is then where it is planned, to the frame. The processes hold no more in the last section than in the second."""
    needs = []
    with (
        SoundServer() as server,
        Capture(server) as heard,
        ExitStack() as load,
        Played(server, home, "--for", length, routine=ROUTINE) as played,
    ):
        for number in range(SECTIONS):
            if number:
                played.wait_for(event="chapter", number=number, seconds=HOUR)
                needs.append(need(played))
            if number == busy_from:
                load.enter_context(full_load())
        assert played.wait(HOUR) == 0, played.told()
        assert played.events[-1].facts == {"event": "finished", "complete": True}
        samples = heard.samples
    run("export", "routine.md", "--voice", "tone", "--for", length, "-o", "file.wav", home=home, cwd=home)
    assert difference(samples, soundfile.read(home / "file.wav", dtype="int16")[0]) == 0, played.told()
    first, last = needs[0], needs[-1]
    assert last.descriptors == first.descriptors
    assert all(after - before < STEADY for before, after in zip(first.memory, last.memory, strict=True)), needs


@pytest.mark.slow
def test_three_minutes_are_heard_as_the_file_has_them_the_last_under_full_load(own_home: Path) -> None:
    hear_through(own_home, "3m", busy_from=SECTIONS - 1)
