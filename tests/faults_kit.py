"""Ways to break what plays a session, and how soon and where sound is back.

Everything breaks while only the soundscape is heard. Then position and clock stay one, and what is played afterwards is a piece
of the exported file, sample for sample: so the place is known exactly.
"""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
from numpy.typing import NDArray
from played_kit import RATE, Played, place_in
from sound_server import Capture, SoundServer
from waiting import until
from whole_kit import run

QUIET = """---
title: Quiet
for: self
soundscape: rain
---

# Arrive

Sit down.

[hold 30s-30m]

# Finish

Thank you.
"""

AWAY = 1.6
"""Seconds for which a device is gone: long enough for the loss to be known."""

LEFTOVER = 0.35
"""Seconds for which a device may still play what it holds of a process that is gone."""

PROBE, FADED = RATE // 10, 3 * RATE // 20
"""How much is compared, and how far from an edge, in frames."""

NEAR = RATE // 2
"""Frames by which the place may be too early or too late: what a device holds is lost with it."""

Break = Callable[[SoundServer, Played], None]


def killed(number: signal.Signals) -> Break:
    return lambda server, played: os.kill(played.audio(), number)


def removed(server: SoundServer, _: Played) -> None:
    server.remove_sink("main")
    time.sleep(AWAY)
    server.create_sink("main")


def made_anew(server: SoundServer, _: Played) -> None:
    """At once, at another rate and in another format."""
    server.remove_sink("main")
    server.create_sink("main", 44_100, "s24le")


def suspended(server: SoundServer, _: Played) -> None:
    server.suspend_sink("main")
    time.sleep(3 * AWAY)
    server.wake_sink("main")


def server_killed(server: SoundServer, _: Played) -> None:
    server.kill()
    time.sleep(AWAY)
    server.start()


def server_frozen(server: SoundServer, _: Played) -> None:
    server.freeze()
    time.sleep(2 * AWAY)
    server.thaw()


def server_frozen_and_killed(server: SoundServer, _: Played) -> None:
    server.freeze()
    time.sleep(2 * AWAY)
    server.kill()
    server.start()


FAULTS: dict[str, Break] = {
    "audio process killed": killed(signal.SIGKILL),
    "audio process stopped": killed(signal.SIGSTOP),
    "audio process crashed": killed(signal.SIGSEGV),
    "device unplugged": removed,
    "device made anew": made_anew,
    "device suspended": suspended,
    "server killed": server_killed,
    "server frozen": server_frozen,
    "server frozen and killed": server_frozen_and_killed,
}
AT_ANOTHER_RATE = "device made anew"
"""What is recorded after this was resampled, so its place cannot be found."""


@dataclass(frozen=True)
class Outcome:
    """After how many seconds sound was back, and how many frames too late its place was (None: not comparable)."""

    back: float
    late: int | None


@cache
def file(length: str) -> NDArray[np.int16]:
    """The session as a file."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "routine.md").write_text(QUIET, encoding="utf-8")
        run("export", "routine.md", "--voice", "tone", "--for", length, "-o", "file.wav", home=home, cwd=home)
        return np.asarray(soundfile.read(home / "file.wav", dtype="int16")[0])


def broken(server: SoundServer, played: Played, fault: str, length: str) -> Outcome:
    """Break it while the soundscape is heard, and hear what comes."""
    with Capture(server) as before:
        until(lambda: _sounds(before.samples[-RATE // 2 :]) and len(before.samples) > RATE // 2, "nothing plays")
        FAULTS[fault](server, played)
        there = time.monotonic()
        if fault.startswith("audio"):
            until(lambda: time.monotonic() > there + LEFTOVER, "")
        heard = len(before.samples)
        cut = before.samples[:heard]
    with Capture(server) as after:
        back = until(lambda: _sounds(after.samples), f"no sound after: {fault}") - there
        first = int(np.flatnonzero(after.samples.any(axis=1))[0])
        until(lambda: len(after.samples) > first + FADED + 2 * PROBE, "it stopped again")
        got = after.samples[first + FADED :][:PROBE]
    if fault == AT_ANOTHER_RATE or _sounds_resampled(server):
        return Outcome(back, None)
    return Outcome(back, _late(cut, got, length))


def moved(server: SoundServer, here: str, there: str, length: str) -> Outcome:
    """Send the stream from one device to another while the soundscape is heard, and hear it there."""
    with Capture(server, here) as before, Capture(server, there) as after:
        until(lambda: _sounds(before.samples[-RATE // 2 :]) and len(before.samples) > RATE // 2, "nothing plays")
        asked = time.monotonic()
        server.move_stream(there)
        back = until(lambda: _sounds(after.samples), "no sound where it was sent") - asked
        first = int(np.flatnonzero(after.samples.any(axis=1))[0])
        until(lambda: len(after.samples) > first + FADED + 2 * PROBE, "it stopped again")
        until(lambda: not _sounds(before.samples[-PROBE:]), "it is still heard where it was")
    return Outcome(back, _late(before.samples, after.samples[first + FADED :][:PROBE], length))


def _late(cut: NDArray[np.int16], got: NDArray[np.int16], length: str) -> int:
    """Frames of the session that are missing (less than none: heard twice) between a recording's end and what came then."""
    last = int(np.flatnonzero(cut.any(axis=1))[-1]) + 1
    left = place_in(file(length), cut[last - FADED - PROBE : last - FADED]) + PROBE + FADED
    return place_in(file(length), got) - FADED - left


def _sounds(samples: NDArray[np.int16]) -> bool:
    return bool(samples.any())


def _sounds_resampled(server: SoundServer) -> bool:
    return "44100Hz" in server.pactl("list", "short", "sinks")
