"""What a voice is, how voices are named, and how to add one.

A back end is one module. `load(name)` gives an object with two numbers and one method, the Protocol `Voice` below; everything
heavy is imported there, because it runs in a child process (`worker`) that holds nothing else. Two functions beside it are
cheap and start nothing: `voices()` lists what the back end has, and `version(name)` says what its sound depends on, so that a
newer engine never plays an older engine's clip, or raises UsageError or VoiceError when that voice cannot be had. A back end
is registered under the entry points `voiceguide.voices`:

    [project.entry-points."voiceguide.voices"]
    lyre = "lyre.voiceguide:load"

and its voices are then called `lyre:NAME`. Names without a colon belong to hibari; `system` is short for pyttsx3. Levels,
resampling, silence at the edges, the cache and what to do on failure are none of a back end's business.
"""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from voiceguide import plugins
from voiceguide.audio import Mono
from voiceguide.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

DEFAULT = "heart"
DEFAULT_ENGINE = "hibari"
ALIASES = {"system": "pyttsx3"}


class Voice(Protocol):
    """One loaded voice: `rate` in frames a second; `lanes` sentences at a time, each in its own thread."""

    rate: int
    lanes: int

    def speak(self, text: str, speed: float) -> Mono:
        """The sentence as mono float32 (n,) within -1..1 at `rate`; the same bytes each time. Any exception is a failure."""


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """A voice as listings show it: `language` is a code such as `en-GB`; `how` says how to get it when it is not installed."""

    name: str
    engine: str
    language: str
    description: str
    installed: bool = True
    how: str = ""


def split(voice: str) -> tuple[str, str]:
    """The engine that speaks a voice and the name it knows it by: `heart` and `hibari` are (hibari, heart)."""
    engine, _, name = voice.partition(":")
    engine = ALIASES.get(engine, engine)
    if engine == DEFAULT_ENGINE and not name:
        name = DEFAULT
    return (engine, name) if engine in plugins.names("voices") else (DEFAULT_ENGINE, voice)


def load(voice: str) -> Voice:
    """The loaded voice, for the worker. Raises UsageError or VoiceError, with what to do, when it cannot be had."""
    engine, name = split(voice)
    return cast(Voice, plugins.load("voices", engine)(name))


def loader(voice: str) -> tuple[str, str]:
    """Where its back end is loaded, `module:function`, and the name by which that knows it; finding this out takes a while."""
    engine, name = split(voice)
    point = _point(engine)
    return f"{point.module}:{point.attr}", name


def version(voice: str) -> str:
    """Everything the sound of a voice depends on besides its text: the back end's own word, else its package's version."""
    engine, name = split(voice)
    point = _point(engine)
    module = import_module(point.module)
    own = module.version(name) if hasattr(module, "version") else point.dist.version if point.dist else "0"
    return f"{engine} {own}"


def voices() -> tuple[VoiceInfo, ...]:
    """Every voice of every back end, installed or not, the default engine's first; starts no engine."""
    engines = sorted(plugins.names("voices"), key=lambda engine: (engine != DEFAULT_ENGINE, engine))
    return tuple(info for engine in engines for info in _listed(engine))


@cache
def language_of(voice: str) -> str:
    """The language code a voice is listed with; "" when it is not listed or speaks several."""
    return next((info.language for info in _listed(split(voice)[0]) if info.name == voice), "")


def _listed(engine: str) -> list[VoiceInfo]:
    module = import_module(_point(engine).module)
    return list(module.voices()) if hasattr(module, "voices") else [VoiceInfo(f"{engine}:", engine, "", "from another package")]


def _point(engine: str) -> "EntryPoint":
    from importlib.metadata import entry_points

    found = entry_points(group="voiceguide.voices", name=engine)
    if not found:
        raise UsageError(f"no voice engine {engine!r} is installed; run: pip install --force-reinstall voiceguide")
    return sorted(found, key=lambda point: point.value)[0]
