"""Sound devices: each calls `pull(frames)` from its own thread for 16-bit stereo at 48 kHz until it is closed.

The back ends of miniaudio are given explicitly, or it would choose the one that plays to nobody. It tells nothing when a device
is lost: the calls just cease, so whoever watches must look at their age. It gets no stop callback, which would leave it silent
after a suspension, and no device number unless a device was asked for, because a stream with a number cannot be moved.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from voiceguide.audio import RATE
from voiceguide.errors import DeviceError

Pull = Callable[[int], bytes]

PERIOD_MS = 100
NOBODY = "null"


class Device(Protocol):
    """An open device; `latency` is how many frames it has taken that are not heard yet."""

    name: str
    latency: int

    def close(self) -> None:
        """Take no more."""
        ...


class Speaker:
    """The system's default device, or the one of this name."""

    latency = 13 * RATE * PERIOD_MS // 10_000

    def __init__(self, pull: Pull, name: str | None) -> None:
        import miniaudio

        with quiet():
            try:
                chosen, back_ends = _chosen(miniaudio, name)
                self._device = miniaudio.PlaybackDevice(
                    output_format=miniaudio.SampleFormat.SIGNED16,
                    nchannels=2,
                    sample_rate=RATE,
                    buffersize_msec=PERIOD_MS,
                    device_id=chosen,
                    backends=back_ends,
                    app_name="voiceguide",
                )
                self._device.start(_feeding(pull))
            except miniaudio.MiniaudioError as error:
                raise DeviceError(f"no sound device answers ({error}); connect one, or use --device null") from None
        self.name = f"{name or 'default'} ({self._device.backend})"

    def close(self) -> None:
        """Take no more; may hang while the sound server does."""
        self._device.close()


class Nobody:
    """Takes sound at `speed` times real time and lets nobody hear it."""

    name = NOBODY
    latency = 0

    def __init__(self, pull: Pull, speed: float = 1.0) -> None:
        self._pull, self._period = pull, RATE * PERIOD_MS // 1000
        self._ended, self._wait = threading.Event(), PERIOD_MS / 1000 / speed
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._ended.wait(max(0.0, due - time.monotonic())):
            self._pull(self._period)
            due = max(due + self._wait, time.monotonic() - 1.0)


def open_device(name: str | None, pull: Pull) -> Device:
    """Start the device of this name, None for the system's default, `null` for nobody. Raises DeviceError."""
    return Nobody(pull) if name == NOBODY else Speaker(pull, name)


def back_ends(miniaudio: Any) -> list[Any]:
    """The back ends that sound on this system, the best first; never the one that does not."""
    known = {
        "linux": ("PULSEAUDIO", "ALSA", "JACK"),
        "darwin": ("COREAUDIO",),
        "win32": ("WASAPI", "DSOUND", "WINMM"),
    }
    names = known.get(sys.platform, ("PULSEAUDIO", "OSS", "SNDIO", "AUDIO4", "JACK"))
    return [getattr(miniaudio.Backend, name) for name in names]


def _chosen(miniaudio: Any, name: str | None) -> tuple[Any, list[Any]]:
    if name is None:
        return None, back_ends(miniaudio)
    for back_end in back_ends(miniaudio):
        try:
            found = miniaudio.Devices([back_end]).get_playbacks()
        except miniaudio.MiniaudioError:
            continue
        for device in found:
            if device["name"] == name:
                return device["id"], [back_end]
    raise DeviceError(f"there is no sound device {name!r} just now; `voiceguide devices` lists them")


def _feeding(pull: Pull) -> Iterator[bytes]:
    """miniaudio asks a generator that has been started."""

    def feed() -> Iterator[bytes]:
        frames: Any = yield b""
        while True:
            frames = yield pull(frames)

    started = feed()
    next(started)
    return started


@contextmanager
def quiet() -> Iterator[None]:
    """Nothing that a library writes to standard error by itself is seen."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
