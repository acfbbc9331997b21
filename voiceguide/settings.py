"""What a person can set once and for all: one table, settled layer by layer.

    defaults  <  the person's config.toml  <  the script's front matter  <  the command line

`Settings` is the table: a field is a setting, with its default, what may be written, and what it means. A later layer wins;
every value remembers where it was written.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from voiceguide import folders
from voiceguide.errors import UsageError
from voiceguide.regular import open_regular

CONFIG_LIMIT = 64 * 1024
BITRATES = (64, 80, 96, 112, 128, 160, 192, 224, 256, 320)


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be written: `expects` says it in words, `read` makes the value or raises ValueError."""

    expects: str
    read: Callable[[object], Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One line of the table."""

    name: str
    default: object
    kind: Kind
    meaning: str


@dataclass(frozen=True, slots=True)
class Layer:
    """Values from one place, None meaning "not said". `source` names the place; `places` name a closer spot for some keys."""

    source: str
    values: Mapping[str, object]
    places: Mapping[str, str] = field(default_factory=dict)


def _read_words(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _read_folder(value: object) -> Path:
    words = _read_words(str(value))
    if not words.isprintable():
        raise ValueError
    return Path(words).expanduser()


def _read_flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _number(least: float, most: float) -> Kind:
    return Kind(f"a number from {least:g} to {most:g}", lambda value: float(_between(value, (int, float), least, most)))


def _whole(least: int, most: int) -> Kind:
    return Kind(f"a whole number from {least} to {most}", lambda value: _between(value, (int,), least, most))


def _between(value: Any, types: tuple[type, ...], least: float, most: float) -> Any:
    known = isinstance(value, types) and not isinstance(value, bool)
    if not known or not least <= value <= most:
        raise ValueError
    return value


def _one_of(*choices: str | int) -> Kind:
    def read(value: object) -> str | int:
        if isinstance(value, bool) or value not in choices:
            raise ValueError
        return choices[choices.index(value)]

    return Kind("one of " + ", ".join(map(str, choices)), read)


def _read_steps(value: object) -> int:
    words = {"softer": -1, "medium": 0, "firmer": 1, "-2": -2, "-1": -1, "0": 0, "1": 1, "2": 2}
    if isinstance(value, bool) or str(value) not in words:
        raise ValueError
    return words[str(value)]


WORDS = Kind("words", _read_words)
FLAG = Kind("true or false", _read_flag)
STEPS = Kind("softer, medium, firmer, or a whole number from -2 to 2", _read_steps)
FOLDER = Kind("a folder", _read_folder)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set, settled. `sources` tells where each value that is not a default was written."""

    voice: Annotated[str, WORDS, "who speaks: a name that `voiceguide voices` lists"] = "heart"
    pace: Annotated[float, _number(80, 220), "words a minute of a whole passage, gaps included"] = 125.0
    mix: Annotated[str, _one_of("clear", "lush", "off"), "how far the soundscape steps back behind the voice"] = "clear"
    soundscape: Annotated[str | None, WORDS, "the soundscape, instead of the routine's own; `off` for none"] = None
    seed: Annotated[int, _whole(0, 2**31 - 1), "chance: the same seed gives the same sound"] = 1
    jobs: Annotated[int | None, _whole(1, 64), "processes that speak at the same time; all cores when not set"] = None
    guidance: Annotated[str, _one_of("full", "some", "sparse"), "how much is said"] = "full"
    for_whom: Annotated[
        str,
        _one_of("both", "giver", "receiver", "apart"),
        "whose words are heard; `apart` is the giver's in the left ear and the receiver's in the right",
    ] = "both"
    sleepy: Annotated[bool, FLAG, "no check-in is heard after the first that asks for a number"] = False
    quiet: Annotated[bool, FLAG, "no reminders are heard, and no check-ins but those that are kept"] = False
    pressure: Annotated[int, STEPS, "how much firmer than written, in steps; never past 7 of ten"] = 0
    taper: Annotated[bool, FLAG, "the voice slows and softens a little towards the end"] = True
    sleep: Annotated[bool, FLAG, "to fall asleep by: no closing bell, and the sound fades out over the last minute"] = False
    device: Annotated[str | None, WORDS, "the sound device; the system's own choice when not set"] = None
    log: Annotated[bool, FLAG, "sessions that are played are written down on this machine, for `voiceguide log`"] = False
    cache_dir: Annotated[Path | None, FOLDER, "where spoken sentences are kept; the usual cache folder when not set"] = None
    cache_size: Annotated[int, _whole(0, 1_000_000), "how much is kept there, in MB"] = 1024
    bitrate: Annotated[int, _one_of(*BITRATES), "MP3 quality in kbit/s"] = 128
    bits: Annotated[int, _one_of(16, 24), "bits a sample in WAV and FLAC files"] = 16
    artist: Annotated[str, WORDS, "the artist written into files"] = "voiceguide"
    sources: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def source(self, name: str) -> str:
        """Where the value of `name` was written; "default" when nobody wrote one."""
        return self.sources.get(name, "default")


def _table() -> dict[str, Setting]:
    hints = get_type_hints(Settings, include_extras=True)
    noted = {item: hints[item.name].__metadata__ for item in fields(Settings) if hasattr(hints[item.name], "__metadata__")}
    return {item.name: Setting(item.name, item.default, kind, meaning) for item, (kind, meaning) in noted.items()}


SETTINGS = _table()


def settle(*layers: Layer) -> Settings:
    """The settings that these layers make, the last one winning.

    Raises UsageError for unknown settings (naming the nearest known one) and values that cannot be: a line for each, with its
    place.
    """
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    wrong: list[str] = []
    for layer in layers:
        for name, value in layer.values.items():
            where = layer.places.get(name, layer.source)
            if name not in SETTINGS:
                wrong.append(f"{where}: there is no setting {name!r}; {_nearest(name)}")
            elif value is not None:
                try:
                    values[name], sources[name] = SETTINGS[name].kind.read(value), where
                except (ValueError, RuntimeError):
                    wrong.append(f"{where}: {name} cannot be {value!r}; write {SETTINGS[name].kind.expects}")
    if wrong:
        raise UsageError("\n".join(wrong))
    return Settings(**values, sources=sources)


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, SETTINGS, 1)
    return f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(SETTINGS)}"


def config_path() -> Path:
    """The person's own config.toml, which need not exist."""
    return folders.config() / "config.toml"


def config_layer(path: Path | None = None) -> Layer:
    """What the person's config.toml says; nothing when there is none.

    Raises UsageError when it cannot be read or is not TOML.
    """
    path = path or config_path()
    try:
        with open_regular(path) as file:
            raw = file.read(CONFIG_LIMIT + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Layer(str(path), {})
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}); mend or remove it") from None
    return Layer(str(path), *_parsed(raw, path))


def _parsed(raw: bytes, path: Path) -> tuple[dict[str, object], dict[str, str]]:
    if len(raw) > CONFIG_LIMIT:
        raise UsageError(f"{path}: larger than {CONFIG_LIMIT // 1024} KiB; a config.toml is a few lines")
    try:
        text = raw.decode()
        values = tomllib.loads(text)
    except UnicodeDecodeError:
        raise UsageError(f"{path}: not UTF-8 text; save it as UTF-8 in your editor") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f'{path}: not TOML: {error}; write lines such as: voice = "heart"') from None
    return values, {name: f"{path}:{_line(text, name)}" for name in values}


def _line(text: str, name: str) -> int:
    found = re.search(rf"^[ \t]*\[*[\"']?{re.escape(name)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
