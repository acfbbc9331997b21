"""What the tests of the whole program share: running it, a small routine, and listening by other programs."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from programs import program

ROOT = Path(__file__).parents[1]

SMALL = """---
title: Small & kind
for: self
soundscape: rain
---

# Arrive

Sit down. [pause 2s] Rest both hands in your lap.

[breathe 3-0-3-0 x1]

# Shoulders {each side}

Squeeze the {side} shoulder.

[first] Keep your elbow soft.

[hold 5s-60s, remind every 20s "Slow and even." | "Let go each time.", halfway, countdown 3]

# Finish

[bell chime]
Rest your hands. [pause 3s] Thank you.
"""
SHORT = "1m20s"

TALK = """---
title: Talk
minutes: 3
variables:
  haste: {default: no, choices: [no, yes]}
---

# Shoulders {area shoulders, pressure 5-6}

[to giver] Lean in, about {pressure}.

[to receiver] Let go.

[to both] [check-in "A number, one to ten?"]

[when haste = no] [hold 1m-4m, remind every 30s "Slow hands."]

[check-in "And now?"]

# Low back {keep, area low back, when haste = no}

Rest a palm there. [hold 10s-1m]
"""


def environment(home: Path, **more: str) -> dict[str, str]:
    """A clean environment with its own home and the package of this checkout."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "OMP_NUM_THREADS") if name in os.environ}
    return {**keep, "HOME": str(home), "PYTHONPATH": str(ROOT), **more}


def command(*arguments: str | Path) -> list[str]:
    """The program's own command line, under this interpreter."""
    return [sys.executable, "-m", "voiceguide", *map(str, arguments)]


def run(
    *arguments: str | Path, home: Path, cwd: Path | None = None, code: int = 0, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the program and hold it to an exit code."""
    done = subprocess.run(
        command(*arguments), env=environment(home, **more), cwd=cwd, capture_output=True, text=True, timeout=600, check=False
    )
    told = f"{arguments} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    assert done.returncode == code, told
    assert "Traceback" not in done.stderr, told
    return done


def decoded(path: Path, *, rate: int = 48_000) -> NDArray[np.float32]:
    """A sound file as ffmpeg hears it, (frames, 2) float32."""
    raw = subprocess.run(
        [program("ffmpeg"), "-v", "error", "-i", str(path), "-f", "f32le", "-ac", "2", "-ar", str(rate), "-"],
        capture_output=True,
        check=True,
        timeout=300,
    ).stdout
    return np.frombuffer(raw, "<f4").reshape(-1, 2)
