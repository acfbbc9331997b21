"""The audio process as its parent holds it: orders go in by one thread, reports come out by another, so nobody waits for it.

Nothing heavy is imported here: the process is started first of all, and opens the device while the routine is read.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import BinaryIO, cast

from voiceguide.messages import Facts, receive, send

END_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Report:
    """What audio process number `child` said; no `facts` when it is gone."""

    child: int
    facts: Facts | None


class Child:
    """One audio process. Orders are written by a thread, so that a process that hangs holds nobody up."""

    def __init__(self, number: int, post: Callable[[Report], None]) -> None:
        self.number, self._post = number, post
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "voiceguide.sound.desk"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        self._orders: SimpleQueue[tuple[Facts, bytes] | None] = SimpleQueue()
        self._threads = [
            threading.Thread(target=self._read, args=(cast(BinaryIO, self.process.stdout),), daemon=True),
            threading.Thread(target=self._write, args=(cast(BinaryIO, self.process.stdin),), daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def send(self, facts: Facts, data: bytes = b"") -> None:
        """One order; lost if the process is gone, which its reports will show."""
        self._orders.put((facts, data))

    def end(self) -> None:
        """Kill it, running, stopped or stuck."""
        self.process.kill()
        self.process.wait()
        self._orders.put(None)
        for thread in self._threads:
            thread.join(END_SECONDS)
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                cast(BinaryIO, stream).close()

    def _write(self, stream: BinaryIO) -> None:
        with suppress(OSError):
            while order := self._orders.get():
                send(stream, *order)

    def _read(self, stream: BinaryIO) -> None:
        with suppress(ValueError, OSError):
            while message := receive(stream):
                self._post(Report(self.number, message[0]))
        self._post(Report(self.number, None))
