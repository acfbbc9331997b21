"""hibari, the default engine: neural English voices of 8 MB each; `heart` is in the package, others are fetched on request.

The sound is pinned: noise seed 0, one thread to a sentence, numpy's Fourier transform whether or not scipy is installed (the
two differ in the last bits), and a session without onnxruntime's memory arena (the same bits, 30 to 80 MB less). Sentences
run side by side in threads, because the network and the transforms let go of the interpreter lock: one process with two lanes
is 1.7 times as quick as one lane and 150 MB smaller than two processes.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

import numpy as np

from voiceguide import folders
from voiceguide.audio import Mono
from voiceguide.errors import UsageError, VoiceError
from voiceguide.speech.voice import DEFAULT, VoiceInfo

RATE = 24_000
SEED = 0
LANES = 4
LONGEST = 200
PARTS = ("hibari-tts", "onnxruntime", "numpy")


class Hibari:
    """One loaded model with its text-to-phoneme tables."""

    rate = RATE
    lanes = LANES

    def __init__(self, name: str) -> None:
        with _without("scipy"):
            from hibari import Hibari as Engine
            from hibari import tts
        tts.MAX_PHONEMES = LONGEST
        self._engine = Engine(voice=name, model=str(installed(name)))
        self._engine.sess = _lean_session(self._engine.model_path)
        self._reading = Lock()
        self._phonemes("Ready.")

    def speak(self, text: str, speed: float) -> Mono:
        """The sentence at 24 kHz; `speed` 0.5 to 2, where 1 is the model's own pace. The same bytes each time."""
        random = np.random.default_rng(SEED)
        parts = [self._engine.from_ids(self._engine.ids(each), speed, random) for each in self._phonemes(text)]
        return np.concatenate([np.zeros(0, np.float32), *parts])

    def _phonemes(self, text: str) -> list[str]:
        with self._reading:
            return list(self._engine.phonemize(text))


def load(name: str) -> Hibari:
    """A hibari voice by its name. Raises UsageError for an unknown one, VoiceError for one that has not been fetched."""
    return Hibari(name)


def version(name: str) -> str:
    """The packages whose arithmetic makes the sound, and the model's checksum. Raises as `load` does."""
    installed(name)
    return " ".join([*(_package(part) for part in PARTS), str(known(name)["sha256"])[:12]])


def voices() -> list[VoiceInfo]:
    """The registry of the hibari package, in its order."""
    return [_describe(name, facts) for name, facts in registry().items()]


@cache
def registry() -> dict[str, dict[str, Any]]:
    """Every hibari voice: file, bytes, sha256, language, gender, bundled or not. Empty when hibari is not installed."""
    try:
        return dict(json.loads((_assets() / "voices.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return {}


def known(name: str) -> dict[str, Any]:
    """The registry's entry of a voice; UsageError with the names there are."""
    if name not in registry():
        raise UsageError(f"there is no voice {name!r}; hibari has {', '.join(registry()) or 'none'}; see `voiceguide voices`")
    return registry()[name]


def installed(name: str) -> Path:
    """The model file of a voice on this machine; VoiceError names the command that fetches it when it is not here."""
    path = model_path(name)
    if not path.is_file():
        raise VoiceError(f"the voice {name!r} is not on this machine; run: voiceguide voices add {name}")
    return path


def model_path(name: str) -> Path:
    """Where hibari looks for a voice's model, there or not."""
    facts = known(name)
    return (_assets() if facts.get("bundled") else folder()) / str(facts["file"])


def folder() -> Path:
    """Where fetched voices live, the same place hibari itself uses: HIBARI_HOME, else the system's cache folder."""
    chosen = os.environ.get("HIBARI_HOME")
    return Path(chosen) if chosen else folders.cache("hibari")


def _describe(name: str, facts: dict[str, Any]) -> VoiceInfo:
    here = model_path(name).is_file()
    size = f"{int(facts['bytes']) / 1e6:.1f} MB"
    words = f"{facts['accent']}, {facts['gender']}; neural" + (", the default" if name == DEFAULT else "")
    return VoiceInfo(
        name, "hibari", str(facts["language"]), words, here, "" if here else f"voiceguide voices add {name} ({size})"
    )


def _assets() -> Path:
    spec = find_spec("hibari")
    return Path(spec.origin).parent / "assets" if spec and spec.origin else Path(os.devnull)


def _package(name: str) -> str:
    try:
        return f"{name} {package_version(name)}"
    except PackageNotFoundError:
        return f"{name} none"


def _lean_session(model: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@contextmanager
def _without(package: str) -> Iterator[None]:
    """Let a package import as if another were not installed."""
    hidden = {name: part for name, part in sys.modules.items() if name.split(".")[0] == package}
    blocked: dict[str, ModuleType | None] = {package: None, **dict.fromkeys(hidden)}
    sys.modules.update(blocked)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in blocked:
            del sys.modules[name]
        sys.modules.update(hidden)
