"""What the tests of a session that is heard share: the real command in a process of its own, its events, and what it played."""

import json
import os
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sound_server import SoundServer
from waiting import until
from whole_kit import command, environment

RATE = 48_000

ROUTINE = """---
title: Faults
for: self
soundscape: rain
---

# Arrive

Sit down. [pause 2s] Rest both hands in your lap.

# Shoulders

Squeeze the left shoulder.

[hold 30s-30m, remind every 11s "Slow and even, all the way down." | "Let go each time, and breathe."]

# Finish

[bell chime]
Rest your hands. [pause 3s] Thank you.
"""


@dataclass(frozen=True)
class Seen:
    """An event, and when it was read (monotonic seconds)."""

    at: float
    facts: dict[str, Any] = field(hash=False)


class Played:
    """`voiceguide play ... --json`, from entering to leaving; killed at the end if it still runs."""

    def __init__(self, server: SoundServer, home: Path, *arguments: str, routine: str = ROUTINE, **more: str) -> None:
        path = home / "routine.md"
        path.write_text(routine, encoding="utf-8")
        self.argv = command("play", path, "--voice", "tone", "--json", *arguments)
        self.environment = environment(home, **server.address, **more)
        self.events: list[Seen] = []
        self.ended = False
        self.said = ""
        self.news = threading.Condition()
        self.stdin: int = subprocess.DEVNULL

    def __enter__(self) -> "Played":
        self.process = subprocess.Popen(
            self.argv, env=self.environment, stdin=self.stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join(5)
        assert self.process.stdout
        assert self.process.stderr
        self.said = self.process.stderr.read()
        for stream in (self.process.stdout, self.process.stderr):
            stream.close()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self.news:
                self.events.append(Seen(time.monotonic(), json.loads(line)))
                self.news.notify_all()
        with self.news:
            self.ended = True
            self.news.notify_all()

    def wait_for(self, *, after: float = 0.0, seconds: float = 20.0, **wanted: object) -> Seen:
        """The first event with these facts that was read after a time."""

        def found() -> Seen | None:
            return next((e for e in self.events if e.at > after and wanted.items() <= e.facts.items()), None)

        with self.news:
            self.news.wait_for(lambda: found() is not None or self.ended, seconds)
            seen = found()
        assert seen, f"{wanted} did not come within {seconds} s; {self.told()}"
        return seen

    def told(self) -> str:
        """The last events, for a person who wonders why a test failed."""
        return "\n".join([*(f"{e.at:.2f} {e.facts}" for e in self.events[-12:]), self.said])

    def words(self) -> list[Seen]:
        """The spoken cues that have begun."""
        return [e for e in self.events if e.facts["event"] == "cue" and e.facts["track"] == "voice"]

    @property
    def state(self) -> str:
        """As it was last told; "playing" where nothing was."""
        told = [e.facts["state"] for e in self.events if e.facts["event"] == "state"]
        return str(told[-1]) if told else "playing"

    def audio(self) -> int:
        """The number of the audio process, as soon as there is one."""
        return self.child("voiceguide.sound.desk")

    def child(self, module: str) -> int:
        """The number of a child process that runs a module, as soon as there is one."""
        until(lambda: bool(children(self.process.pid, module)), f"no {module}")
        return children(self.process.pid, module)[0]

    def wait(self, seconds: float) -> int:
        """Its exit code."""
        code = self.process.wait(seconds)
        self.reader.join(5)
        return code


def children(parent: int, module: str = "") -> list[int]:
    """The living children of a process, those that run `module` only if it is given."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text().rpartition(")")[2].split()
            argv = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if words and int(words[1]) == parent and words[0] != "Z" and (not module or module.encode() in argv):
            found.append(int(folder.name))
    return found


def descriptors(process: int) -> int:
    """How many files, pipes and sockets a process holds."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def memory(process: int) -> int:
    """Resident octets of a process."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def difference(heard: NDArray[np.int16], file: NDArray[np.int16]) -> int:
    """Frames of a file that were not heard just so, in one unbroken run, but for 50 ms of silence at its beginning."""
    start = found_at(heard, file)
    missing = max(0, -start)
    assert missing <= RATE // 20, f"{missing} frames of the beginning are missing"
    run = heard[max(0, start) : start + len(file)]
    assert len(run) == len(file) - missing, f"only {len(run)} frames of {len(file)}"
    wrong = np.flatnonzero((run != file[missing:]).any(axis=1))
    if len(wrong):
        print(f"{len(wrong)} frames differ, from {(missing + wrong[0]) / RATE:.2f} s to {(missing + wrong[-1]) / RATE:.2f} s")
    return len(wrong)


def found_at(heard: NDArray[np.int16], file: NDArray[np.int16]) -> int:
    """The frame of what was heard at which the file begins, negative where its beginning is missing."""
    at = 5 * RATE
    return place_in(heard, file[at : at + RATE // 10]) - at


def place_in(whole: NDArray[np.int16], piece: NDArray[np.int16]) -> int:
    """The frame at which a piece stands in it, sample for sample. Raises AssertionError where it does not."""
    long, short = (np.ascontiguousarray(each).view(np.uint32)[:, 0] for each in (whole, piece))
    for place in np.flatnonzero(long == short[0]):
        if np.array_equal(long[place : place + len(short)], short):
            return int(place)
    raise AssertionError("what was heard is not what the file has")
