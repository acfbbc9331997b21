"""Where routines and soundscapes are: beside a script, in the person's own folder, then bundled with the package.

A *name* is a bare word and is looked for in those folders; it never leads out of them. A *path* has a separator or the
suffix, and is that one file.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from voiceguide import folders
from voiceguide.errors import UsageError
from voiceguide.regular import open_regular

Shelf = Literal["scripts", "soundscapes"]

SUFFIXES: dict[Shelf, str] = {"scripts": ".md", "soundscapes": ".toml"}
COMMANDS: dict[Shelf, str] = {"scripts": "list", "soundscapes": "soundscapes"}
NOUNS: dict[Shelf, str] = {"scripts": "routine", "soundscapes": "soundscape"}
SCRIPT_LIMIT = 1024 * 1024
NAME = re.compile(r"[^\W_][\w -]{0,59}")


@dataclass(frozen=True, slots=True)
class Source:
    """A script's text, and its path as people know it."""

    text: bytes | str
    name: str

    @property
    def folder(self) -> Path:
        """The folder whose files it may use."""
        return Path(self.name).parent


def bundled(shelf: Shelf) -> Path:
    """The folder that comes with the package: inside an installed one, beside it in a checkout."""
    package = Path(str(files("voiceguide")))
    inside = package / "data" / shelf
    return inside if inside.is_dir() else package.parent / shelf


def personal(shelf: Shelf) -> Path:
    """The person's own folder, which need not exist."""
    return folders.data() / shelf


def routines() -> dict[str, Path]:
    """Every routine by name; a person's own hides a bundled one of the same name."""
    return _entries("scripts")


def soundscapes() -> dict[str, Path]:
    """Every soundscape recipe by name; a person's own hides a bundled one of the same name."""
    return _entries("soundscapes")


def find(shelf: Shelf, name: str, beside: Path | None = None) -> Path | None:
    """The file behind a bare name, or None: what a script may ask for. Never a path, never outside the folders."""
    if not NAME.fullmatch(name):
        return None
    candidates = (folder / (name + SUFFIXES[shelf]) for folder in _folders(shelf, beside))
    return next((path for path in candidates if _usable(path)), None)


def locate(shelf: Shelf, name_or_path: str | Path) -> Path:
    """The file a person means on the command line: a bare name, or a path.

    Raises UsageError when there is none, naming the nearest.
    """
    text = str(name_or_path)
    if NAME.fullmatch(text) and (found := find(shelf, text)):
        return found
    path = Path(text)
    if not text or NAME.fullmatch(text) or not _exists(path):
        raise UsageError(f"there is no {NOUNS[shelf]} {text!r}; {_hint(shelf, path)}")
    return path


def read_routine(name_or_path: str | Path) -> Source:
    """A whole routine by name or path.

    Raises UsageError when there is none, when it is no regular file, or when it is over 1 MiB.
    """
    return read_script(locate("scripts", name_or_path))


def read_script(path: Path) -> Source:
    """The script in a file, which is opened without waiting: a FIFO or a device is refused and cannot block.

    Raises UsageError when it is no regular file, cannot be read, or is over 1 MiB.
    """
    try:
        with open_regular(path) as file:
            text = file.read(SCRIPT_LIMIT + 1)
    except OSError as error:
        if path.is_dir():
            raise UsageError(f"{path}: this is a folder; name a routine in it") from None
        raise UsageError(f"{path}: cannot be read ({error.strerror}); a routine is a Markdown file") from None
    if len(text) > SCRIPT_LIMIT:
        raise UsageError(f"{path}: larger than 1 MiB; a routine is a few pages of text")
    return Source(text, str(path))


def include(name: str, including: str) -> Source | None:
    """The script that `[include name]` in the file `including` means, or None."""
    path = find("scripts", name, Path(including).parent)
    return read_script(path) if path else None


def _folders(shelf: Shelf, beside: Path | None) -> Iterator[Path]:
    if beside is not None:
        yield beside
    yield personal(shelf)
    yield bundled(shelf)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _usable(path: Path) -> bool:
    """Whether it is a file, and one of this folder: no link that leads out."""
    return path.is_file() and path.resolve().parent == path.parent.resolve()


def _entries(shelf: Shelf) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in _folders(shelf, None):
        for path in sorted(folder.glob("*" + SUFFIXES[shelf])):
            if NAME.fullmatch(path.stem) and _usable(path):
                found.setdefault(path.stem, path)
    return dict(sorted(found.items()))


def _hint(shelf: Shelf, path: Path) -> str:
    """The nearest name or file, or what to do to see the names."""
    there = path.parent.glob("*" + SUFFIXES[shelf]) if _exists(path.parent) else ()
    near = difflib.get_close_matches(str(path), map(str, there), 1, 0.8)
    near = near or difflib.get_close_matches(path.stem, _entries(shelf), 1, 0.5)
    if _exists(Path(path.name + SUFFIXES[shelf])):
        near = [path.name + SUFFIXES[shelf]]
    return (
        f"did you mean {near[0]!r}?"
        if near
        else f"`voiceguide {COMMANDS[shelf]}` lists them; a file's path ends in {SUFFIXES[shelf]}"
    )
