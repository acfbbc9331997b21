"""Sound devices: each calls `pull(frames)` from its own thread for 16-bit stereo at 48 kHz until it is closed.

The back ends of miniaudio are given explicitly, or it would choose the one that plays to nobody. It tells nothing when a device
is lost: the calls just cease, so whoever watches must look at their age. It gets no stop callback, which would leave it silent
after a suspension, and no device number unless a device was asked for, because a stream with a number cannot be moved.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from voiceguide.audio import RATE
from voiceguide.errors import DeviceError
from voiceguide.live.devices import NULL, DeviceInfo, back_ends, handle

Pull = Callable[[int], bytes]

PERIOD_MS = 100


class Device(Protocol):
    """An open device; `latency` is how many frames it has taken that are not heard yet."""

    name: str
    latency: int

    def close(self) -> None:
        """Take no more."""
        ...


class Speaker:
    """The system's default device, or the one asked for."""

    latency = 13 * RATE * PERIOD_MS // 10_000

    def __init__(self, pull: Pull, asked: DeviceInfo | None) -> None:
        import miniaudio

        with quiet():
            try:
                self._device = miniaudio.PlaybackDevice(
                    output_format=miniaudio.SampleFormat.SIGNED16,
                    nchannels=2,
                    sample_rate=RATE,
                    buffersize_msec=PERIOD_MS,
                    device_id=handle(asked) if asked else None,
                    backends=[miniaudio.Backend[asked.backend]] if asked else back_ends(miniaudio),
                    app_name="voiceguide",
                )
                self._device.start(_feeding(pull))
            except miniaudio.MiniaudioError as error:
                raise DeviceError(f"no sound device answers ({error}); connect one, or export to a file") from None
        self.name = f"{asked.name if asked else 'default'} ({self._device.backend})"

    def close(self) -> None:
        """Take no more; may hang while the sound server does."""
        self._device.close()


class Nobody:
    """Takes sound at `speed` times real time and lets nobody hear it."""

    name = NULL.name
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


def open_device(asked: DeviceInfo | None, pull: Pull) -> Device:
    """Start the device asked for, None for the system's choice. Raises DeviceError."""
    return Nobody(pull) if asked == NULL else Speaker(pull, asked)


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
