"""A starter file with notes, titled after its own name: for `voiceguide new` and `voiceguide soundscapes new`."""

import re
from collections.abc import Callable
from pathlib import Path

import click


def write(path: Path, text: Callable[[str], str], *, like: str, force: bool) -> Path:
    """Write `text` of the file's name and give where; a path without the suffix of the name `like` gets it.

    Raises BadParameter where `path` is a folder, and OutputError."""
    from voiceguide.files import atomic_write

    if not path.name:
        raise click.BadParameter(f"{path} is a folder; name the new file, such as {like}", param_hint="PATH")
    suffix = Path(like).suffix
    target = path if path.suffix == suffix else path.with_name(path.name + suffix)
    with atomic_write(target, force=force) as file:
        file.write(text(target.stem).encode())
    return target


def words(name: str, otherwise: str) -> str:
    """The words in a file's name, or `otherwise` where it has none."""
    return " ".join(re.findall(r"[^\W_]+", name)) or otherwise


def title(spoken: str) -> str:
    """These words with a capital."""
    return spoken[0].upper() + spoken[1:]
