"""What an engine takes long to load, kept in the form that loads fastest, in the folder `prepared` among the person's caches.

Each entry has one name and is sealed with everything it was made of, so that a newer package or another processor finds it
wrong and replaces it, and nothing piles up. Like the compiled modules of Python, what is kept may be code to whoever loads it:
only a whole file is believed, of the person who runs this, that nobody else may write. Everything else counts as nothing, and
where nothing can be kept, everything still works and only takes longer.

It is made a few seconds after it was missed, because the first words are more urgent.
"""

import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock, Timer

from voiceguide import folders
from voiceguide.errors import OutputError
from voiceguide.files import atomic_write
from voiceguide.regular import open_regular

WAIT_SECONDS = 5.0
SEAL = 32
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
OWN = stat.S_IRUSR | stat.S_IWUSR

MadeOf = list[object]

_one_at_a_time = Lock()


def prepared(name: str, made_of: MadeOf, make: Callable[[], bytes]) -> bytes | None:
    """What is kept under a name and `made_of` these facts, which JSON can hold; None when there is nothing to be trusted.
    What is made of one file has a name that begins with the file's.

    Where there was nothing, `make` is asked for it a little later in a thread of its own, for the next time.
    """
    data = recall(name, made_of)
    if data is None:
        timer = Timer(WAIT_SECONDS, keep, (name, made_of, make))
        timer.daemon = True
        timer.start()
    return data


def recall(name: str, made_of: MadeOf) -> bytes | None:
    """The entry of a name, if it is whole, the person's own, and made of these facts."""
    try:
        with open_regular(_path(name)) as file:
            entry = file.read() if _is_own(os.fstat(file.fileno())) else b""
    except OSError:
        return None
    data = memoryview(entry)[:-SEAL]
    return bytes(data) if entry[-SEAL:] == _seal(name, made_of, data) else None


def keep(name: str, made_of: MadeOf, make: Callable[[], bytes]) -> None:
    """Make an entry and keep it; where that is impossible, nothing happens."""
    path = _path(name)
    with suppress(OSError, OutputError), _one_at_a_time:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with atomic_write(path, force=True) as file:
            data = make()
            file.write(data + _seal(name, made_of, data))
            if hasattr(os, "fchmod"):
                os.fchmod(file.fileno(), OWN)


def forget(file: str) -> None:
    """Keep no longer what was made of a file of this name."""
    for path in _path(file).parent.glob(f"{file}.*"):
        with suppress(OSError):
            path.unlink()


def file_facts(path: Path) -> MadeOf:
    """What tells a file from another of its name."""
    facts = path.stat()
    return [path.name, facts.st_size, facts.st_mtime_ns]


def _is_own(facts: os.stat_result) -> bool:
    return not hasattr(os, "geteuid") or (facts.st_uid == os.geteuid() and not facts.st_mode & OTHERS_WRITE)


def _path(name: str) -> Path:
    return folders.cache() / "prepared" / name


def _seal(name: str, made_of: MadeOf, data: bytes | memoryview) -> bytes:
    seal = sha256(json.dumps([name, made_of]).encode())
    seal.update(data)
    return seal.digest()
