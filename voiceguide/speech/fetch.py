"""Fetching a voice because somebody asked for it: the only place that goes to a network, and never while a session is made.

The file comes from hibari's own address, or from the folder named by VOICEGUIDE_VOICES_URL; its size and sha256 must be those
of hibari's registry, and it takes its place in one step, where hibari and `voiceguide` look for it.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any, BinaryIO
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen

from voiceguide.errors import UsageError, VoiceError
from voiceguide.files import atomic_write
from voiceguide.speech.hibari import known, model_path
from voiceguide.speech.prepared import forget

ADDRESS = "VOICEGUIDE_VOICES_URL"
BLOCK = 1 << 16
PATIENCE_SECONDS = 30.0

Progress = Callable[[int, int], None]


def add(name: str, base: str | None = None, progress: Progress | None = None) -> Path:
    """Fetch a voice unless it is here and sound; gives its model file. `progress(bytes so far, bytes in all)`.

    `base` is the address of the folder to fetch from. Raises UsageError for an unknown voice or address, VoiceError when the
    file cannot be fetched or is not the one expected, OutputError when it cannot be written.
    """
    facts, path = known(name), model_path(name)
    if path.is_file() and _checksum(path) == facts["sha256"]:
        return path
    address = _address(base, str(facts["file"]))
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with urlopen(address, timeout=PATIENCE_SECONDS) as answer, atomic_write(path, force=True) as file:
            _copy(answer, file, facts, address, progress)
    except (URLError, HTTPException, TimeoutError, ConnectionError) as error:
        remedy = f"check the connection, set {ADDRESS}, or copy the file to {path}"
        raise VoiceError(f"{address} could not be fetched ({_reason(error)}); {remedy}") from error
    return path


def remove(name: str) -> bool:
    """Delete a fetched voice; whether there was one. Raises UsageError for an unknown voice or the one in the package."""
    if known(name).get("bundled"):
        raise UsageError(f"the voice {name!r} is part of the hibari package and cannot be removed")
    path = model_path(name)
    there = path.is_file()
    path.unlink(missing_ok=True)
    forget(path.name)
    return there


def _address(base: str | None, file: str) -> str:
    folder = base or os.environ.get(ADDRESS) or _hibaris_own()
    if urlsplit(folder).scheme not in ("http", "https"):
        raise UsageError(f"{folder!r} is no web address of a folder of voices; it begins with https://")
    return urljoin(folder.rstrip("/") + "/", file)


def _hibaris_own() -> str:
    from hibari.voices import BASE_URL

    return str(BASE_URL)


def _copy(answer: BinaryIO, file: BinaryIO, facts: dict[str, Any], address: str, progress: Progress | None) -> None:
    """Copy what arrives, as long as it can still be the right file."""
    expected, digest, done = int(facts["bytes"]), hashlib.sha256(), 0
    while done <= expected and (block := answer.read(BLOCK)):
        done += len(block)
        digest.update(block)
        file.write(block)
        if progress:
            progress(min(done, expected), expected)
    if done != expected:
        amount = "more than" if done > expected else f"{done} of"
        raise VoiceError(f"{address} gave {amount} {expected} bytes: nothing was kept; try again, or set {ADDRESS}")
    if digest.hexdigest() != facts["sha256"]:
        raise VoiceError(f"{address} is not the file expected (its sha256 differs): nothing was kept; set {ADDRESS}")


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _reason(error: Exception) -> str:
    cause = getattr(error, "reason", None) or error
    return str(getattr(cause, "strerror", None) or cause or type(error).__name__)
