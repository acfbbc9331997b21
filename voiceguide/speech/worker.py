"""The child process that holds one voice: `python -m voiceguide.speech.worker VOICE JOBS LOADER NAME`.

LOADER and NAME are what `voice.loader` has found, for looking at everything that is installed takes longer than it should here.

Requests come on standard input, answers go to the real standard output; whatever an engine prints goes to standard error. The
voice is loaded and used by the main thread, because some engines insist on that, and by as many threads more as it has lanes.
One more thread reads, so that the end of the pipe ends this process whatever the engine is doing: nothing outlives the player.
Memory is limited, and nothing here reaches a network.
"""

import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module
from queue import SimpleQueue
from typing import TYPE_CHECKING, BinaryIO, cast

from voiceguide.errors import VoiceError
from voiceguide.messages import Facts, receive, send

if TYPE_CHECKING:
    from voiceguide.speech.voice import Voice

MEMORY = 2 << 30
SELDOM = 50_000
"""New objects after which a collection of garbage comes; while a voice is loaded it finds nothing."""

NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")


class Answers:
    """The way back, shared by the lanes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._lock = stream, threading.Lock()

    def send(self, facts: Facts, sound: bytes = b"") -> None:
        """One whole message; the process ends when nobody listens any more."""
        with self._lock:
            try:
                send(self._stream, facts, sound)
            except OSError:
                os._exit(0)


def main(name: str, jobs: int, *found: str) -> None:
    """Load the voice, say that it is ready, and speak until the pipe closes."""
    gc.set_threshold(SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = Answers(os.fdopen(os.dup(1), "wb"))
    os.dup2(2, 1)
    _limit_memory()
    sys.addaudithook(_refuse_network)
    requests: SimpleQueue[Facts] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, requests), daemon=True).start()
    threading.Thread(target=_practise, daemon=True).start()
    try:
        voice = _load(name, *found)
    except Exception as error:
        answers.send({"error": explain(error)})
        os._exit(1)
    lanes = max(1, min(jobs, voice.lanes))
    answers.send({"rate": voice.rate, "lanes": lanes})
    for _ in range(lanes - 1):
        threading.Thread(target=_lane, args=(voice, requests, answers), daemon=True).start()
    _lane(voice, requests, answers)


def explain(error: Exception) -> str:
    """An exception in one line."""
    return f"{type(error).__name__}: {error}".splitlines()[0][:300]


def _practise() -> None:
    from voiceguide.speech.take import practise

    practise()


def _load(name: str, loader: str, known_as: str) -> "Voice":
    module, _, function = loader.partition(":")
    try:
        return cast("Voice", getattr(import_module(module), function)(known_as))
    except ModuleNotFoundError:
        from voiceguide.speech.voice import load

        return load(name)  # which says what to install


def _lane(voice: "Voice", requests: "SimpleQueue[Facts]", answers: Answers) -> None:
    from voiceguide.speech.take import take

    while True:
        asked = requests.get()
        try:
            clip, lowered = take(voice, asked["text"], asked["speed"], asked["expected"])
        except VoiceError as error:
            answers.send({"id": asked["id"], "error": str(error)})
        except Exception as error:
            answers.send({"id": asked["id"], "error": f"failed: {explain(error)}"})
        else:
            answers.send({"id": asked["id"], "lowered": lowered}, clip)


def _read(stream: BinaryIO, requests: "SimpleQueue[Facts]") -> None:
    with suppress(ValueError, OSError):
        while message := receive(stream):
            requests.put(message[0])
    os._exit(0)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _refuse_network(event: str, _: object) -> None:
    if event in NETWORK:
        raise PermissionError("a voice may not use the network while it speaks")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])
