"""Waiting for what another thread or process does: as short as can be, and never for ever."""

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 10.0


def until(true: Callable[[], bool], otherwise: str, seconds: float = PATIENCE) -> float:
    """When it was true first (monotonic seconds). Raises TimeoutError with `otherwise` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(otherwise)
        time.sleep(0.01)
    return time.monotonic()


def gone(process: int) -> bool:
    """Whether a process has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:1] in ([], ["Z"])
    except OSError:
        return True


def until_gone(process: int) -> None:
    """Return when a process has ended."""
    until(lambda: gone(process), f"process {process} goes on")
