"""Files that a script names: a name is a wish, not an order.

No address or protocol, nothing outside the folders allowed, nothing but regular files, opened without ever waiting.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from voiceguide import regular
from voiceguide.errors import MediaError

ADDRESS = re.compile(r"[A-Za-z][\w+.,-]*:")


def find_file(name: str, beside: Path | None, roots: Sequence[Path]) -> Path:
    """The real path of what a script calls `name`, below `beside` or one of `roots`. Raises MediaError."""
    folders = folders_of(beside, roots)
    _check_name(name)
    try:
        path = next((folder / name for folder in folders if (folder / name).exists()), None)
    except (OSError, RuntimeError) as error:
        raise MediaError(name, f"cannot be opened: {error}") from None
    if path is None:
        raise MediaError(name, "no such file; it is looked for beside the routine")
    return check_inside(name, path, folders)


@contextmanager
def open_regular(path: Path, name: str = "") -> Iterator[BinaryIO]:
    """A regular file opened for reading without ever waiting. Raises MediaError for a FIFO, a device, a folder, or no file."""
    try:
        file = regular.open_regular(path)
    except OSError as error:
        raise MediaError(name or str(path), f"cannot be opened: {(error.strerror or 'unknown reason').lower()}") from None
    with file:
        yield file


def folders_of(beside: Path | None, roots: Sequence[Path]) -> tuple[Path, ...]:
    """The folders in which a script's files are looked for, in their order."""
    return ((beside,) if beside else ()) + tuple(roots)


def check_inside(name: str, path: Path, folders: Sequence[Path]) -> Path:
    """The real path, once it is known to lie below one of the folders. Raises MediaError where it does not."""
    real = Path(os.path.realpath(path))
    if path.exists() and not any(real.is_relative_to(os.path.realpath(folder)) for folder in folders):
        raise MediaError(name, "lies outside the folders a routine may use; put the file itself beside the routine")
    return real


def _check_name(name: str) -> None:
    """A file name that stays where it is said to be."""
    if not name.strip() or not name.isprintable():
        raise MediaError(ascii(name), "not a file name")
    if ADDRESS.match(name):
        raise MediaError(name, "an address or protocol, and only files are played; save the sound beside the routine")
    if name.startswith("~") or "\\" in name or ".." in Path(name).parts:
        raise MediaError(name, "leads out of the routine's folder (no ~, .. or \\); put the file beside the routine")
