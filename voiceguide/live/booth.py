"""The player's side of the audio process: start it, give it orders, watch its reports, and kill it when it is not well.

There is one cure for a lost device, a hung sound server and a crash: the process is killed and another one started. Nothing is
repaired from inside, because closing a device hangs as long as its server does.
"""

import pickle
import time
from dataclasses import asdict
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Literal

from voiceguide.live.child import Child, Report
from voiceguide.messages import Facts

if TYPE_CHECKING:
    from voiceguide.audio import Mono
    from voiceguide.live.aim import Aim
    from voiceguide.live.audio import Setting
    from voiceguide.live.devices import DeviceInfo
    from voiceguide.plan.timeline import Content

SILENT = 2.0
STALLED = 1.0
GRACE = 2.5
APART = 1.0
STARTING = 10.0

Fault = Literal["device", "error"]


class Booth:
    """The audio process, and the next one, and the next. Reports come into `inbox`, where others may post too."""

    def __init__(self, device: "DeviceInfo | None" = None) -> None:
        self._device = None if device is None else asdict(device)
        self.inbox: SimpleQueue[Any] = SimpleQueue()
        self._child: Child | None = None
        self._count = 0
        self._started = 0.0
        self._last: Facts = {}
        self._heard_from = 0.0
        self._opened: float | None = None

    def __enter__(self) -> "Booth":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start a process and let it open the device."""
        self.kill()
        self._count += 1
        self._started = self._heard_from = time.monotonic()
        self._last, self._opened = {}, None
        self._child = Child(self._count, self.inbox.put)
        self._order({"order": "device", "device": self._device})

    def stage(self, setting: "Setting") -> None:
        """Tell it about the session, once, before anything else."""
        self._order({"order": "stage"}, pickle.dumps(setting))

    def clip(self, content: "Content", samples: "Mono") -> None:
        """Give it the sound of a cue."""
        self._order({"order": "clip"}, pickle.dumps((content, samples)))

    def forget(self, contents: "tuple[Content, ...]") -> None:
        """Let it drop sounds that are not needed for now."""
        self._order({"order": "forget"}, pickle.dumps(contents))

    def aim(self, aim: "Aim") -> None:
        """Say what is to be heard."""
        self._order({"order": "aim"}, pickle.dumps(aim))

    def hear(self, report: Report, now: float) -> Facts | None:
        """A report of the process that runs now; None for what an earlier one said."""
        if report.child != self._count or report.facts is None:
            if report.child == self._count:
                self._heard_from = float("-inf")
            return None
        self._heard_from, self._last = now, report.facts
        if self._opened is None and report.facts.get("device"):
            self._opened = now
        return report.facts

    def fault(self, now: float) -> tuple[Fault, str] | None:
        """What is wrong with the sound, if anything: the device, or the process itself."""
        if "error" in self._last:
            return "error", f"the sound stopped ({self._last['error']}) and is started again"
        if now - self._heard_from > (SILENT if self._last else STARTING):
            return "error", "the sound stopped and is started again"
        if self._opened is None:
            words = str(self._last.get("words") or "")
            return ("device", words) if words else None
        age = self._last.get("age")
        stalled = age is None or age + now - self._heard_from > STALLED
        if stalled and now - self._opened > GRACE:
            return "device", "the sound device stopped answering; waiting for it"
        return None

    @property
    def sounding(self) -> bool:
        """Whether the device takes sound."""
        age = self._last.get("age")
        return self._opened is not None and age is not None and age < STALLED

    def beyond_help(self, now: float) -> bool:
        """Whether only another process can help, and may be started by now."""
        broken = self.fault(now)
        waits_for_device = self._opened is None and now - self._heard_from <= SILENT
        return broken is not None and not waits_for_device and now - self._started > APART

    def kill(self) -> None:
        """End the process, whatever it is doing."""
        if self._child:
            self._child.end()
            self._child = None

    @property
    def process(self) -> int | None:
        """The process number while there is one."""
        return self._child.process.pid if self._child else None

    @property
    def device(self) -> str:
        """The name of the device that plays, "" while there is none."""
        return str(self._last.get("device") or "")

    @property
    def underruns(self) -> int:
        """How often the device had to wait for sound, since the process was started."""
        return int(self._last.get("underruns", 0))

    @property
    def restarts(self) -> int:
        """How often it had to be started again."""
        return max(0, self._count - 1)

    def _order(self, facts: Facts, data: bytes = b"") -> None:
        if self._child:
            self._child.send(facts, data)
