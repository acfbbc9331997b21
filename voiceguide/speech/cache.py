"""Spoken clips on disk: FLAC files named by what they say, each sealed so that a damaged or exchanged one is never heard.

An entry is the FLAC file followed by 32 bytes: the sha256 of its own name and its bytes. Anything that does not fit is a miss.
There are no locks: entries are written beside their name and put in place in one step, and two processes that make the same
entry make the same bytes. When the folder cannot be used, one note says so and the last clips are kept in memory instead.
"""

import hashlib
import os
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path

from voiceguide import folders

GIGABYTE = 1 << 30
MEMORY = 16 << 20
SEAL = 32
SHRINK_TO = 0.9


class Cache:
    """Bytes by key, least recently used first to go; `folder` None keeps to memory. Not for several threads."""

    def __init__(self, folder: Path | None, most: int = GIGABYTE) -> None:
        self.folder, self._most = folder, most
        self.notes: list[str] = []
        self._size: int | None = None
        self._used: set[str] = set()
        self._memory: OrderedDict[str, bytes] = OrderedDict()

    def has(self, key: str) -> bool:
        """Whether there seems to be something under a key, without reading it."""
        return key in self._memory or (self.folder is not None and os.access(self._path(self.folder, key), os.R_OK))

    def get(self, key: str) -> bytes | None:
        """The bytes put under a key, or None: not there, damaged, or somebody else's."""
        if key in self._memory:
            self._memory.move_to_end(key)
            return self._memory[key]
        if self.folder is None:
            return None
        path = self._path(self.folder, key)
        try:
            entry = path.read_bytes()
        except OSError:
            return None
        data, seal = entry[:-SEAL], entry[-SEAL:]
        if seal != _seal(key, data):
            return None
        self._used.add(key)
        with suppress(OSError):
            os.utime(path)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, on disk when that works, else in memory for a while."""
        if self.folder is not None:
            try:
                self._write(self._path(self.folder, key), data + _seal(key, data))
            except OSError as error:
                self._do_without(error)
            else:
                self._used.add(key)
                return
        self._memory[key] = data
        while sum(map(len, self._memory.values())) > MEMORY and len(self._memory) > 1:
            self._memory.popitem(last=False)

    def trim(self) -> None:
        """Bring the folder under its size again, oldest entries first, none that this session used."""
        if self.folder is None or (self._size is not None and self._size <= self._most):
            return
        entries = sorted(self._entries(), key=lambda entry: entry[1])
        self._size = sum(size for _, _, size in entries)
        goal = self._most * SHRINK_TO if self._size > self._most else self._size
        for path, _, size in entries:
            if self._size <= goal:
                break
            if path.stem not in self._used:
                with suppress(OSError):
                    path.unlink()
                    self._size -= size

    def _entries(self) -> list[tuple[Path, float, int]]:
        found = []
        for path in (self.folder or Path()).glob("??/*.flac"):
            with suppress(OSError):
                facts = path.stat()
                found.append((path, facts.st_mtime, facts.st_size))
        return found

    def _write(self, path: Path, entry: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f".{path.stem}.{os.getpid()}.flac")
        try:
            part.write_bytes(entry)
            part.replace(path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        if self._size is not None:
            self._size += len(entry)

    def _do_without(self, error: OSError) -> None:
        self.notes.append(f"the cache {self.folder} cannot be used ({error.strerror or error}): clips are not kept")
        self.folder = None

    @staticmethod
    def _path(folder: Path, key: str) -> Path:
        return folder / key[:2] / f"{key}.flac"


def default_folder() -> Path:
    """The folder for clips among the person's caches."""
    return folders.cache() / "clips"


def _seal(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + data).digest()
