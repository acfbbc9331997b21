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
from contextlib import nullcontext
from typing import Any, Protocol

from voiceguide.absent import absent
from voiceguide.audio import RATE
from voiceguide.errors import DeviceError
from voiceguide.sound.devices import NULL, DeviceInfo, back_ends, handle

Pull = Callable[[int], bytes]

PERIOD_MS, HELD_MS = 50, 200
"""How much a device asks for at once, and how much it holds, in ms. This process may be kept from the processor for 150 ms
without a gap, as measured on PulseAudio, and commands are heard so much later. There, 250 ms and more of four octets a sample
are over the 64 kB that a sink takes at once, and nothing is ever played."""

TRY_EVERY = 0.25


class Device(Protocol):
    """An open device; `latency` is how many frames it has taken that are not heard yet."""

    name: str
    latency: int

    def close(self) -> None:
        """Take no more."""
        ...


class Speaker:
    """The system's default device, or the one asked for.

    PulseAudio's client holds a single period unless it is told otherwise; whoever has set that variable knows better."""

    latency = RATE * HELD_MS // 1000

    def __init__(self, pull: Pull, asked: DeviceInfo | None) -> None:
        os.environ.setdefault("PULSE_LATENCY_MSEC", str(HELD_MS))
        miniaudio = import_miniaudio()
        try:
            self._device = miniaudio.PlaybackDevice(
                output_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=2,
                sample_rate=RATE,
                buffersize_msec=PERIOD_MS,
                callback_periods=HELD_MS // PERIOD_MS,
                device_id=handle(asked) if asked else None,
                backends=[miniaudio.Backend[asked.backend]] if asked else back_ends(miniaudio),
                app_name="voiceguide",
            )
            self._device.start(_feeding(pull))
        except miniaudio.MiniaudioError as error:
            raise DeviceError(f"no sound device answers ({error.args[0]}); connect one, or export to a file") from None
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


class Opener:
    """Opens a device in a thread of its own, four tries a second until one answers: a sound server that hangs holds up
    nobody else. `words` say why the last try failed. `opened` is called once, from that thread."""

    def __init__(self, asked: DeviceInfo | None, pull: Pull, opened: Callable[[], None] = lambda: None) -> None:
        self._asked, self._pull, self._opened = asked, pull, opened
        self.device: Device | None = None
        self.words = ""
        self._since = time.monotonic()
        threading.Thread(target=self._run, daemon=True).start()

    @property
    def opening(self) -> float:
        """Seconds for which the present try has gone on; 0 once a device is open."""
        return 0.0 if self.device else time.monotonic() - self._since

    def _run(self) -> None:
        while self.device is None:
            self._since = time.monotonic()
            try:
                self.device = open_device(self._asked, self._pull)
            except DeviceError as error:
                self.words = str(error)
                time.sleep(TRY_EVERY)
        self._opened()


def import_miniaudio() -> Any:
    """The module miniaudio, without numpy, which it imports for functions that are not used here: before the first sound, that
    would be a tenth of a second."""
    with nullcontext() if "numpy" in sys.modules else absent("numpy"):
        import miniaudio
    return miniaudio


def open_device(asked: DeviceInfo | None, pull: Pull) -> Device:
    """Start the device asked for, None for the system's choice. Raises DeviceError."""
    return Nobody(pull) if asked == NULL else Speaker(pull, asked)


def _feeding(pull: Pull) -> Iterator[bytes]:
    """miniaudio asks a generator that has been started; one that raises would leave it silent for ever."""

    def feed() -> Iterator[bytes]:
        frames: Any = yield b""
        while True:
            try:
                sound = pull(frames)
            except Exception:
                os._exit(1)
            frames = yield sound

    started = feed()
    next(started)
    return started
