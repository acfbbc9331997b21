"""The player's side of the audio process: start it, give it orders, watch its reports, and kill it when it is not well.

There is one cure for a lost device, a hung sound server and a crash: the process is killed and another one started. Nothing is
repaired from inside, because closing a device hangs as long as its server does. Only a device that was never open is waited for
in the same process, which tries again by itself.

A process that dies three times at the same place of the session dies of what is heard there. The next one plays a plain bed
instead, the one after that also a bell instead of words; when that does not help either, the session cannot go on.
"""

import pickle
import time
from dataclasses import asdict, replace
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from voiceguide.audio import RATE
from voiceguide.errors import VoiceguideError
from voiceguide.live.child import Child, Report
from voiceguide.live.vitals import Fault, Vitals
from voiceguide.messages import Facts

if TYPE_CHECKING:
    from voiceguide.audio import Mono
    from voiceguide.plan.timeline import Content
    from voiceguide.sound.aim import Aim, Setting
    from voiceguide.sound.devices import DeviceInfo

SAME_PLACE = 3 * RATE
PLAINER, HOPELESS = 3, 6
"""Crashes at the same place after which something plain is played, and after which nothing helps."""

WORDS = (
    "",
    "the soundscape stopped the sound again and again; a plain one plays instead",
    "the words here stopped the sound again and again; a bell sounds instead",
)


class Booth:
    """The audio process, and the next one, and the next. Reports come into `inbox`, where others may post too."""

    def __init__(self, device: "DeviceInfo | None" = None) -> None:
        self._device = None if device is None else asdict(device)
        self.inbox: SimpleQueue[Any] = SimpleQueue()
        self._child: Child | None = None
        self._count = 0
        self._terminal = ""
        self._crashes, self._place = 0, 0
        self._vitals = Vitals(time.monotonic())

    def __enter__(self) -> "Booth":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Start a process and let it open the device, instead of the one before.

        Raises VoiceguideError when it keeps dying at the same place whatever is played."""
        now = time.monotonic()
        self._count_crash(now)
        self.kill()
        self._count += 1
        self._vitals = Vitals(now)
        self._child = Child(self._count, self.inbox.put)
        self._child.send({"order": "device", "device": self._device, "greet": self._count == 1})
        self.terminal(self._terminal)

    def terminal(self, state: str) -> None:
        """Say how the terminal was (`terminal.saved`), so that it is given back even when this process is killed."""
        self._terminal = state
        self._order({"order": "terminal", "state": state})

    def stage(self, setting: "Setting") -> None:
        """Tell it about the session, once, before anything else."""
        self._order({"order": "stage"}, pickle.dumps(replace(setting, safe=self._safe)))

    def clip(self, content: "Content", sound: "bytes | Mono") -> None:
        """Give it the sound of a cue, as a FLAC file or in samples."""
        self._order({"order": "clip"}, pickle.dumps((content, sound)))

    def forget(self, contents: "tuple[Content, ...]") -> None:
        """Let it drop sounds that are not needed for now."""
        self._order({"order": "forget"}, pickle.dumps(contents))

    def aim(self, aim: "Aim") -> None:
        """Say what is to be heard."""
        self._order({"order": "aim"}, pickle.dumps(aim))

    def hear(self, report: Report, now: float) -> Facts | None:
        """A report of the process that runs now; None for what an earlier one said, and for last words."""
        return self._vitals.hear(report.facts, now) if report.child == self._count else None

    def fault(self, now: float) -> tuple[Fault, str] | None:
        """What is wrong with the sound, if anything: the process itself, or the device."""
        return self._vitals.fault(now)

    @property
    def sounding(self) -> bool:
        """Whether the device takes sound."""
        return self._vitals.sounding

    def beyond_help(self, now: float) -> bool:
        """Whether only another process can help, and may be started by now."""
        return self._vitals.beyond_help(now)

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
        return str(self._vitals.last.get("device", ""))

    @property
    def underruns(self) -> int:
        """How often the device had to wait for sound, since the process was started."""
        return int(self._vitals.last.get("underruns", 0))

    @property
    def restarts(self) -> int:
        """How often it had to be started again."""
        return max(0, self._count - 1)

    @property
    def notes(self) -> tuple[str, ...]:
        """What is not played as it should be, and why."""
        return WORDS[1 : self._safe + 1]

    @property
    def _safe(self) -> int:
        return min(max(0, self._crashes - PLAINER + 1), len(WORDS) - 1)

    def _count_crash(self, now: float) -> None:
        fault = self.fault(now) if self._child else None
        if not fault or fault[0] != "error":
            return
        last = self._vitals.last
        place = last["position"] if last.get("number", -1) >= 0 else self._place
        self._crashes = self._crashes + 1 if abs(place - self._place) < SAME_PLACE else 1
        self._place = place
        if self._crashes >= HOPELESS:
            raise VoiceguideError(f"{fault[1]}, but it stops every time; please report it, or export to a file")

    def _order(self, facts: Facts, data: bytes = b"") -> None:
        if self._child:
            self._child.send(facts, data)
