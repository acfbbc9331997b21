"""The player's side of the worker: start it, ask it, time it, end it, and give up on it when it keeps failing.

A sentence has 5 s and a tenth of a second more for every ten characters. A worker that is late, gone or talking nonsense is
killed, and everything it was asked is lost; the next question starts another. After three losses with no sentence between
them the voice is off for the rest of the session.

onnxruntime keeps a record of its use in the home folder and sends it to its makers, unless the environment forbids it before
it is loaded; here it is forbidden.
"""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as Late
from contextlib import suppress
from itertools import count
from typing import Any, BinaryIO, cast

from voiceguide.errors import VoiceError
from voiceguide.messages import receive, send
from voiceguide.speech.flac import is_flac
from voiceguide.speech.voice import loader

START_SECONDS = 30.0
BASE_SECONDS = 5.0
SECONDS_A_CHARACTER = 0.01
END_SECONDS = 1.0
LOSSES = 3

Take = tuple[bytes, float]


class Pool:
    """One voice in a child process, for callers in several threads; nothing starts before `warm` or the first question."""

    def __init__(self, voice: str, jobs: int) -> None:
        self.voice, self._jobs = voice, jobs
        self._worker: Worker | None = None
        self._starting = threading.Lock()
        self._losses = 0

    def warm(self) -> None:
        """Let the voice be loaded meanwhile; waits for nothing, and what goes wrong is told by the first question."""
        with suppress(VoiceError, OSError):
            self._running()

    def take(self, text: str, speed: float, expected: float) -> Take:
        """A sentence as `take.take` makes it. Raises VoiceError with the reason in words."""
        worker = self._running()
        try:
            answer = worker.ask(text, speed, expected)
        except Unloadable:
            self._forget(worker, losses=0)
            raise
        except Lost:
            self._forget(worker, losses=1)
            raise
        self._losses = 0
        return answer

    def close(self) -> None:
        """End the child, if there is one, ready or not."""
        with self._starting:
            worker, self._worker = self._worker, None
        if worker:
            worker.end()

    @property
    def process(self) -> int | None:
        """The child's process number while there is one."""
        return self._worker.process.pid if self._worker else None

    def _running(self) -> "Worker":
        with self._starting:
            if self._losses >= LOSSES:
                raise VoiceError(f"{self.voice} stopped {LOSSES} times in a row and is off for this session")
            if self._worker is None:
                self._worker = Worker(self.voice, self._jobs)
            return self._worker

    def _forget(self, worker: "Worker", losses: int) -> None:
        with self._starting:
            if self._worker is not worker:
                return
            self._worker, self._losses = None, self._losses + losses
        worker.end()


class Lost(VoiceError):
    """The worker is gone, and the sentence with it."""


class Unloadable(VoiceError):
    """The worker is well, but says that its voice cannot be loaded."""


class Worker:
    """A child, loading its voice at first, and the questions it has not answered yet."""

    def __init__(self, voice: str, jobs: int) -> None:
        self.voice = voice
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "voiceguide.speech.worker", voice, str(jobs), *loader(voice)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._requests = cast(BinaryIO, self.process.stdin)
        self._sending = threading.Lock()
        self._numbers = count()
        self._open: dict[int, Future[Take]] = {}
        self._ready: Future[threading.Semaphore] = Future()
        self._deadline = time.monotonic() + START_SECONDS
        self._reader = threading.Thread(target=self._read, args=(cast(BinaryIO, self.process.stdout),), daemon=True)
        self._reader.start()

    def ask(self, text: str, speed: float, expected: float) -> Take:
        """Speak one sentence in time, counted from when the voice is loaded and a lane is free."""
        seconds = BASE_SECONDS + SECONDS_A_CHARACTER * len(text)
        with self._loaded():
            number, future = self._enter()
            try:
                with self._sending:
                    send(self._requests, {"id": number, "text": text, "speed": speed, "expected": expected})
                return future.result(seconds)
            except Late:
                raise Lost(f"{self.voice} did not answer within {seconds:.1f} s") from None
            except (OSError, ValueError):
                raise Lost(self._epitaph()) from None
            finally:
                self._open.pop(number, None)

    def end(self) -> None:
        """Kill the child, running, stopped or stuck; whoever still waits for it is told."""
        self.process.kill()
        self.process.wait()
        self._reader.join(END_SECONDS)
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                cast(BinaryIO, stream).close()

    def _loaded(self) -> threading.Semaphore:
        """Wait until the voice is loaded: its lanes."""
        try:
            return self._ready.result(max(0.0, self._deadline - time.monotonic()))
        except Late:
            raise Lost(f"{self.voice} did not start within {START_SECONDS:.0f} s") from None

    def _enter(self) -> tuple[int, "Future[Take]"]:
        number, future = next(self._numbers), Future[Take]()
        self._open[number] = future
        if not self._reader.is_alive():
            future.set_exception(Lost(self._epitaph()))
        return number, future

    def _read(self, stream: BinaryIO) -> None:
        try:
            while message := receive(stream):
                self._take(*message)
        except (ValueError, KeyError, OSError, InvalidStateError):
            self.process.kill()
        lost = Lost(self._epitaph())
        waiting: list[Future[Any]] = [self._ready, *self._open.copy().values()]
        for future in waiting:
            if not future.done():
                future.set_exception(lost)

    def _take(self, facts: dict[str, object], sound: bytes) -> None:
        if "lanes" in facts:
            self._ready.set_result(threading.Semaphore(int(str(facts["lanes"]))))
        elif "id" not in facts:
            self._ready.set_exception(Unloadable(str(facts["error"])))
        elif future := self._open.get(int(str(facts["id"]))):
            if "error" in facts:
                future.set_exception(VoiceError(f"{self.voice}: {facts['error']}"))
            elif not is_flac(sound):
                raise ValueError("a clip that is none")
            else:
                future.set_result((sound, float(str(facts["lowered"]))))

    def _epitaph(self) -> str:
        with suppress(subprocess.TimeoutExpired):
            code = self.process.wait(END_SECONDS)
            return f"{self.voice} was ended by signal {-code}" if code < 0 else f"{self.voice} ended by itself (exit {code})"
        return f"{self.voice} sent nonsense"


def _environment() -> dict[str, str]:
    """One thread to a library and one pool of memory: the lanes are the parallel part, and the process stays small."""
    lean = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
    return {**os.environ, **lean, "ORT_DISABLE_TELEMETRY": "1"}
