"""A voice that dies, hangs or runs out of memory while a session is heard: no gap, and the promised end."""

import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from played_kit import RATE, Played
from sound_server import Capture, SoundServer
from waiting import gone, until

from voiceguide.sound.greeting import LENGTH as GREETING

SECTION = """
# Part {number}

Here begins part {number}, and it is quiet. [pause 2s] Breathe easily in part {number}.

[hold 2s-10m]

Slowly leave part {number} behind you.
"""
ROUTINE = "---\ntitle: Voices\nfor: self\nsoundscape: rain\n---\n" + "".join(SECTION.format(number=n) for n in range(1, 5))
LENGTH, SECONDS = "76s", 76
QUIETEST, FADED_OUT = 2, 3 * RATE
"""Samples up to this are silence, and so much of the end may be faded out."""

FAULTS: dict[str, Callable[[int], None]] = {
    "killed": lambda worker: os.kill(worker, signal.SIGKILL),
    "hung": lambda worker: os.kill(worker, signal.SIGSTOP),
    "out of memory": lambda worker: resource.prlimit(worker, resource.RLIMIT_AS, (1, 1)),
}


@dataclass(frozen=True)
class Heard:
    """What was played, the words that began, and the frame at which the last section was planned to end."""

    samples: NDArray[np.int16]
    words: list[str]
    end: int


def heard(home: Path, fault: str) -> Heard:
    """A session whose worker breaks at its first sound, while the later words are being voiced."""
    home.mkdir()
    with SoundServer() as server, Capture(server) as capture:
        with Played(server, home, "--for", LENGTH, "--voice", "hibari:heart", routine=ROUTINE) as played:
            played.wait_for(event="chapter", seconds=90)
            worker = played.child("voiceguide.speech.worker")
            FAULTS[fault](worker)
            assert played.wait(200) == 0, played.told()
            assert played.events[-1].facts == {"event": "finished", "complete": True}
            until(lambda: gone(worker), "the worker is left")
            words = [each.facts["text"] for each in played.words()]
            ends = [each.facts["end"] for each in played.events if each.facts["event"] == "chapter"]
        return Heard(capture.samples, words, ends[-1])


def longest_silence(samples: NDArray[np.int16]) -> int:
    """The most frames in a row in which nothing is heard."""
    loud = np.flatnonzero((np.abs(samples) > QUIETEST).any(axis=1))
    return int(np.diff(loud, prepend=0).max())


@pytest.mark.slow
def test_no_gap_and_the_same_length_whatever_becomes_of_the_voice(tmp_path: Path) -> None:
    with ThreadPoolExecutor(3) as pool:
        runs = {fault: pool.submit(heard, tmp_path / fault.replace(" ", "-"), fault) for fault in FAULTS}
    for fault, run in runs.items():
        got = run.result()
        sound = np.flatnonzero(got.samples.any(axis=1))
        sound = sound[sound >= sound[0] + GREETING]
        assert got.end == SECONDS * RATE, fault
        assert sound[-1] - sound[0] > (SECONDS - 1) * RATE, fault
        assert longest_silence(got.samples[sound[0] : sound[-1] - FADED_OUT]) < RATE, fault
        assert len(got.words) == 12, (fault, got.words)
