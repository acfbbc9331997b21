"""The system's voices through pyttsx3: espeak's every language on Linux, from a wheel, and what macOS and Windows have.

pyttsx3 2.99 is only safe alone in its process and driven with care: an early property change or a second file before the
loop ends is lost without a word, the loop may return before the file is whole, and it prints on standard output.
So: one warm-up, a property is set until it reads back, one file to a run, and the end of the utterance is awaited.
"""

import ctypes
import difflib
import os
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
from typing import Any

import numpy as np

from voiceguide.audio import Mono
from voiceguide.errors import UsageError, VoiceError
from voiceguide.speech.voice import VoiceInfo

WORDS_A_MINUTE = 175
APPLIED_SECONDS, FINISHED_SECONDS = 2.0, 60.0
USUAL_RANK, LAST_RANK = 5, 99
PARTS = ("pyttsx3", "espeakng-loader")


class System:
    """One system voice; `name` is a language of espeak such as `de` or `en-gb`, or "" for the system's own choice."""

    lanes = 1

    def __init__(self, name: str) -> None:
        if sys.platform == "linux":
            _offer_bundled_espeak()
        import pyttsx3

        self._engine: Any = pyttsx3.init()
        self._finished = False
        self._engine.connect("finished-utterance", self._finish)
        self.rate = 0
        self._run("Ready.")
        if name:
            self._set("voice", identifier(name))

    def speak(self, text: str, speed: float) -> Mono:
        """The sentence at the engine's own rate; speed 1 is 175 words a minute as espeak counts them."""
        self._set("rate", round(WORDS_A_MINUTE * speed))
        return self._run(text)

    def _run(self, text: str) -> Mono:
        import soundfile

        self._finished = False
        with tempfile.NamedTemporaryFile(suffix=".wav") as file:
            self._engine.save_to_file(text, file.name)
            self._engine.runAndWait()
            _wait(lambda: self._finished, "the utterance did not finish", FINISHED_SECONDS)
            sound, self.rate = soundfile.read(file.name, dtype="float32", always_2d=True)
        return np.asarray(sound.mean(axis=1), np.float32)

    def _set(self, name: str, value: object) -> None:
        if self._engine.getProperty(name) != value:
            self._engine.setProperty(name, value)
            _wait(lambda: self._engine.getProperty(name) == value, f"the engine did not take {name} {value}", APPLIED_SECONDS)

    def _finish(self, name: str, completed: bool) -> None:
        self._finished = True


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
    """The codes of a voice file: lines such as `name German` and `language en-us 2`, where 5 is the usual rank; and its name."""
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


def _wait(done: Callable[[], bool], what: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() > deadline:
            raise VoiceError(what)
        time.sleep(0.002)
