"""A real browser for the tests of pages: what it prints, what it shows, what it complains of. Each run has its own profile."""

import os
import re
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from programs import program

QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars")
PATIENCE = 90


def browse(page: Path, *options: str) -> tuple[str, str]:
    """What Chromium writes to its two streams for a local page; when it hangs, all of its processes are killed by number."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [program("chromium"), *QUIET, f"--user-data-dir={profile}", *options, page.as_uri()]
        running = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "HOME": profile},
            start_new_session=True,
        )
        try:
            return running.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
            raise


def printed(page: Path) -> tuple[int, tuple[float, float]]:
    """How many sheets a page prints on, and the width and height of a sheet in millimetres."""
    target = page.with_suffix(".pdf")
    browse(page, "--no-pdf-header-footer", f"--print-to-pdf={target}")
    data = target.read_bytes()
    width, height = (float(number) for number in re.search(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", data).groups())
    return len(re.findall(rb"/Type ?/Page\b(?!s)", data)), (width * 25.4 / 72, height * 25.4 / 72)


def complaints(page: Path) -> list[str]:
    """What the page's own policy or anything else made the browser say about it."""
    _, said = browse(page, "--enable-logging=stderr", "--v=0", "--dump-dom")
    return [line for line in said.splitlines() if "CONSOLE" in line or "Refused" in line]


def shown(page: Path, width: int, height: int) -> bytes:
    """A picture of the page in a window of this size, as PNG."""
    target = page.with_suffix(".png")
    browse(page, f"--window-size={width},{height}", f"--screenshot={target}")
    return target.read_bytes()
