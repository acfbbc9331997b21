"""A sound server of a test's own: sinks that nobody hears, a recording of what they play, and ways to break it.

A private PulseAudio daemon with its own folders and socket, and no bus; `environment` points programs at it, and the fixture
`sound_server` (conftest.py) points the whole test at it. Nobody's own sound server is touched.

    def test_it_plays(sound_server):
        with Capture(sound_server) as heard:
            subprocess.run([...])
        assert abs(heard.samples).max() > 1000
"""

import os
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from programs import program
from waiting import until

RATE = 48_000
TAIL = RATE // 10
"""Frames that a recording goes on for, since it hears its sink 50 ms late."""

PATIENCE = 10.0
ALONE = 60
"""Seconds after which a daemon that no program talks to ends by itself, should its test have been killed."""


class SoundServer:
    """Runs from entering to leaving. Raises what makes pytest skip where PulseAudio is not installed."""

    def __init__(self, *sinks: str) -> None:
        self.sinks = sinks or ("main",)
        self.folder = Path()
        self.environment: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "SoundServer":
        for name in ("pulseaudio", "pactl", "parec"):
            program(name)
        self.folder = Path(tempfile.mkdtemp(prefix="vg-"))  # short, for a socket's path may have 107 characters
        for name in ("run", "home", "config", "state"):
            (self.folder / name).mkdir(mode=0o700)
        self.environment = {**os.environ, "HOME": str(self.folder / "home"), **self.address}
        self.environment.pop("DBUS_SESSION_BUS_ADDRESS", None)
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def address(self) -> dict[str, str]:
        """The environment that leads a program to this server and to no other."""
        return {
            "PULSE_SERVER": f"unix:{self.folder}/native",
            "PULSE_RUNTIME_PATH": f"{self.folder}/run/pulse",
            "PULSE_STATE_PATH": f"{self.folder}/state",
            "XDG_RUNTIME_DIR": f"{self.folder}/run",
            "XDG_CONFIG_HOME": f"{self.folder}/config",
        }

    def start(self) -> None:
        """Start the daemon, or start it again after `kill`, with its sinks, and wait until it answers."""
        socket = self.folder / "native"
        socket.unlink(missing_ok=True)
        command = ["pulseaudio", "-n", "--daemonize=no", f"--exit-idle-time={ALONE}", "--use-pid-file=no"]
        command += ["--realtime=no", "--high-priority=yes", f"--log-target=file:{self.folder}/log"]
        command += ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={socket}"]
        for sink in self.sinks:
            command += ["-L", " ".join(("module-null-sink", *_sink(sink, RATE, "s16le")))]
        self._process = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until(lambda: socket.exists() and self._answers(), "the sound server does not answer")

    def kill(self) -> None:
        """End the daemon at once, also a frozen one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Keep every connection and answer nobody, like a sound server that hangs."""
        if self._process is not None:
            self._process.send_signal(SIGSTOP)

    def thaw(self) -> None:
        """Go on after `freeze`."""
        if self._process is not None:
            self._process.send_signal(SIGCONT)

    def create_sink(self, sink: str, rate: int = RATE, form: str = "s16le") -> None:
        """Plug in a stereo device with this rate in Hz and sample format (s16le, s24le, s32le, float32le)."""
        self.pactl("load-module", "module-null-sink", *_sink(sink, rate, form))

    def remove_sink(self, sink: str) -> None:
        """Unplug a device."""
        for line in self.pactl("list", "short", "modules").splitlines():
            if f"sink_name={sink}" in line.split():
                self.pactl("unload-module", line.split()[0])

    def suspend_sink(self, sink: str) -> None:
        """Send a device to sleep."""
        self.pactl("suspend-sink", sink, "1")

    def wake_sink(self, sink: str) -> None:
        """Wake a device up after `suspend_sink`."""
        self.pactl("suspend-sink", sink, "0")

    def choose_sink(self, sink: str) -> None:
        """Make a device the default one."""
        self.pactl("set-default-sink", sink)

    def move_stream(self, sink: str) -> None:
        """Send what plays to another device, as a person does in the settings of a desktop."""
        stream = self.pactl("list", "short", "sink-inputs").split()[0]
        self.pactl("move-sink-input", stream, sink)

    def stream_count(self) -> int:
        """How many streams play."""
        return len(self.pactl("list", "short", "sink-inputs").splitlines())

    def pactl(self, *arguments: str) -> str:
        """What pactl prints. Raises CalledProcessError when the server refuses, TimeoutExpired when it is frozen."""
        return subprocess.run(
            ["pactl", *arguments], env=self.environment, capture_output=True, text=True, check=True, timeout=PATIENCE
        ).stdout

    def _answers(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text(errors="replace"))
        return subprocess.run(["pactl", "info"], env=self.environment, capture_output=True, check=False).returncode == 0


class Capture:
    """Records what a sink plays, from entering to leaving. A suspended sink records nothing, not silence.

    Up to 50 ms of the beginning of a stream may be missing: they lie in silence that was recorded already.
    """

    def __init__(self, server: SoundServer, sink: str = "main") -> None:
        self.server = server
        self.sink = sink
        self.file = server.folder / f"{sink}-{time.monotonic_ns()}.raw"
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Capture":
        form = ["--format=s16le", f"--rate={RATE}", "--channels=2", "--latency-msec=50", "--raw"]
        with self.file.open("wb") as into:
            self._process = subprocess.Popen(
                ["parec", f"--device={self.sink}.monitor", *form],
                env=self.server.environment,
                stdin=subprocess.DEVNULL,
                stdout=into,
                stderr=subprocess.DEVNULL,
            )
        until(lambda: self.file.stat().st_size > 0, f"nothing is recorded from {self.sink}")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None) -> None:
        if self._process is None:
            return
        enough = self.file.stat().st_size + TAIL * 4
        with suppress(TimeoutError):  # a suspended or dead sink records no tail
            until(lambda: self.file.stat().st_size >= enough, "no tail", seconds=0.5)
        self._process.kill()
        self._process.wait()

    @property
    def samples(self) -> NDArray[np.int16]:
        """What was recorded so far, (n, 2) int16 at 48 kHz; also while it goes on, as long as the server's folder is there."""
        data = self.file.read_bytes()
        return np.frombuffer(data[: len(data) // 4 * 4], "<i2").reshape(-1, 2)


def _sink(name: str, rate: int, form: str) -> tuple[str, ...]:
    """A module's arguments; programs show the device by the same name.

    Without rewinds it takes 50 ms at a time, as a sound card does; with them it takes 2 s as long as nobody asks for less."""
    made = (f"sink_name={name}", f"sink_properties=device.description={name}", f"rate={rate}", f"format={form}", "channels=2")
    return (*made, "norewinds=1")
