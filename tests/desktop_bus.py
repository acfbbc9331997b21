"""A desktop of a test's own: a private D-Bus daemon that programs of the test, and no others, talk to."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from signal import SIGCONT, SIGSTOP

from programs import program
from waiting import until


class Bus:
    """A session bus, from `start` to `close`. It is there for every program that has `address` in its environment."""

    def __init__(self) -> None:
        self._daemon = program("dbus-daemon")
        self.folder = Path(tempfile.mkdtemp(prefix="vg-"))  # short, for a socket's path may have 107 characters
        self.address = f"unix:path={self.folder}/bus"
        self._process: subprocess.Popen[bytes] | None = None
        self._programs: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the daemon and wait until it answers."""
        (self.folder / "bus").unlink(missing_ok=True)
        command = [self._daemon, "--session", "--nofork", "--nopidfile", f"--address={self.address}"]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(lambda: self.send("org.freedesktop.DBus", "/", "org.freedesktop.DBus.GetId")[0], "no bus answers")

    def kill(self) -> None:
        """End the daemon at once, also a frozen one."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def close(self) -> None:
        """End the daemon and the programs, and leave nothing behind."""
        self.kill()
        for one in self._programs:
            one.kill()
            one.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def freeze(self) -> None:
        """Keep every connection and answer nobody."""
        if self._process:
            self._process.send_signal(SIGSTOP)

    def thaw(self) -> None:
        """Go on after `freeze`."""
        if self._process:
            self._process.send_signal(SIGCONT)

    def send(self, name: str, path: str, *words: str) -> tuple[bool, str]:
        """Call a method with dbus-send: whether it was answered, and the answer or the error."""
        command = [program("dbus-send"), "--session", "--print-reply", "--reply-timeout=5000", f"--dest={name}", path, *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False, timeout=10)
        return done.returncode == 0, done.stdout + done.stderr

    def has(self, name: str) -> bool:
        """Whether somebody has this name on the bus."""
        desk = "org.freedesktop.DBus"
        return "boolean true" in self.send(desk, "/", f"{desk}.NameHasOwner", f"string:{name}")[1]

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a program on this desktop."""
        return {**os.environ, "DBUS_SESSION_BUS_ADDRESS": self.address}

    def watch(self, rule: str) -> Path:
        """Where dbus-monitor writes what fits this rule, from now on, until the bus is closed."""
        return self.run(["dbus-monitor", "--session", rule], ready="NameAcquired")

    def run(self, command: Sequence[str], ready: str) -> Path:
        """Where a program writes; it has written `ready`, and is ended with the bus."""
        path = self.folder / f"{len(self._programs)}.txt"
        with path.open("wb") as into:
            started = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL, stdout=into)
        self._programs.append(started)
        until(lambda: ready in path.read_text(), f"{command[0]} does not begin")
        return path
