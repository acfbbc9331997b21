"""How loud a scene was found to be, kept in the person's cache: nobody listens twice to a recording or a recipe of their own.

An entry is named after everything the sound is made from, the code of this room included, so none is ever out of date; one that
cannot be read is listened to again, and where nothing can be kept, nothing is.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from math import isfinite
from pathlib import Path

from voiceguide import folders
from voiceguide.errors import OutputError
from voiceguide.files import atomic_write


@dataclass(frozen=True, slots=True)
class Loudness:
    """LUFS, and dB that the loudest 3 s rise above it."""

    level: float
    swing: float


def remembered(made_of: bytes, listen: Callable[[], Loudness]) -> Loudness:
    """The loudness of the scene that is `made_of` this: from the cache, else what `listen` finds, which is kept."""
    path = folders.cache() / "soundscapes" / f"{sha256(made_of + _code()).hexdigest()}.json"
    with suppress(OSError, ValueError, TypeError):
        level, swing = map(float, json.loads(path.read_text(encoding="ascii")))
        if isfinite(level + swing):
            return Loudness(level, swing)
    found = listen()
    with suppress(OSError, OutputError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_write(path, force=True) as file:
            file.write(json.dumps([found.level, found.swing]).encode())
    return found


@cache
def _code() -> bytes:
    """What makes the sound."""
    return b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
