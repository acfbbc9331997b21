"""hibari, the default engine: neural English voices of 8 MB each; `heart` is in the package, others are fetched on request.

The sound is pinned: noise seed 0, one thread to a sentence, and numpy's Fourier transform whether or not scipy is installed
(the two differ in the last bits). Sentences run side by side in threads, because the network and the transforms let go of the
interpreter lock: one process with two lanes is 1.7 times as quick as one lane and 150 MB smaller than two processes.

While hibari is built, two functions that it calls are ours: the network and the tables then come from forms that load quickly,
and side by side.
"""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import Any

from voiceguide import folders
from voiceguide.absent import absent
from voiceguide.audio import Mono
from voiceguide.errors import UsageError, VoiceError
from voiceguide.speech import tables
from voiceguide.speech.prepared import file_facts, prepared
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
        with absent("scipy"):
            from hibari import Hibari as Engine
            from hibari import g2p, tts
        import onnxruntime

        from voiceguide.speech.network import session

        tts.MAX_PHONEMES = LONGEST
        self._reading = Lock()
        lean = _instead(onnxruntime, "InferenceSession", lambda model, *_, **__: session(model))
        quick = _instead(g2p, "_load_json", partial(_table, g2p._load_json))
        with lean, quick, ThreadPoolExecutor(1) as beside:
            reading = beside.submit(g2p.G2P, british=known(name)["british"])
            self._engine = Engine(voice=name, model=str(installed(name)), g2p=lambda sentence: self.reader(sentence))
            self.reader: Callable[[str], str] = reading.result()
        self._phonemes("Ready.")

    def speak(self, text: str, speed: float) -> Mono:
        """The sentence at 24 kHz; `speed` 0.5 to 2, where 1 is the model's own pace. The same bytes each time."""
        import numpy as np

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
    """The registry's entry of a voice; UsageError with the nearest name, or those there are."""
    if name not in registry():
        from voiceguide.script.mistakes import unknown

        have = f"hibari has {', '.join(registry()) or 'none'}; see `voiceguide voices`"
        raise UsageError(str(unknown("voice", name, registry(), have)))
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
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} none"


def _table(plain: Callable[[str], Any], name: str) -> Any:
    """One of the tables behind hibari's reading: a packed one from the form that needs no loading, when that is kept."""
    path = _assets() / name
    if path.suffix != ".gz":
        return plain(name)
    unpacked = cache(partial(_unpacked, path))
    kept = prepared(f"{name}.tables", [*file_facts(path), *tables.FORM], lambda: tables.write(unpacked()))
    return unpacked() if kept is None else tables.read(kept)


def _unpacked(path: Path) -> Any:
    """A table as hibari reads it, in half the time."""
    import orjson

    return orjson.loads(gzip.decompress(path.read_bytes()))


@contextmanager
def _instead(module: ModuleType, name: str, value: object) -> Iterator[None]:
    """Let a module have something else under a name."""
    own = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, own)
