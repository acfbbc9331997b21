"""What the reports of one audio process say about its health, and what is wrong when they cease.

No process and no clock here: times are given, in seconds from any beginning.
"""

from dataclasses import dataclass, field
from typing import Literal

from voiceguide.messages import Facts

SILENT, STARTING = 0.7, 10.0
"""Seconds without a report, or without a sound for the device, after which a process is given up; and while it starts."""

STALLED, GRACE = 0.7, 2.5
"""Seconds for which a device may ask for nothing; and after it was opened, for some take 2 s to begin."""

IN_ADVANCE = 0.5
"""Seconds of sound that a device may take before it plays, or while it sleeps."""

SLOW, HUNG = 2.0, 10.0
"""Seconds of opening a device after which a person is told, and after which the process is given up."""

APART = 1.0
"""Seconds from one start to the next."""

Fault = Literal["device", "error"]


@dataclass(slots=True)
class Vitals:
    """A process: when it was `started`, its `last` report and when that was `heard`, when its device was `opened`, and what it
    `died` of."""

    started: float
    heard: float = field(init=False)
    last: Facts = field(default_factory=dict)
    opened: float | None = None
    died: str = ""

    def __post_init__(self) -> None:
        self.heard = self.started

    def hear(self, facts: Facts | None, now: float) -> Facts | None:
        """Take in a report and give it back; None for last words, and for the end of all reports (None)."""
        if facts is None or "error" in facts:
            self.died = self.died or (facts or {}).get("error", "it ended")
            return None
        self.heard, self.last = now, facts
        if self.opened is None and facts["device"]:
            self.opened = now
        return facts

    def fault(self, now: float) -> tuple[Fault, str] | None:
        """What is wrong with the sound, if anything: the process itself, or the device."""
        if why := self.died or self._stuck(now):
            return "error", f"the sound stopped ({why}) and is started again"
        if not self.last:
            return None
        if self.opened is None:
            slow = "the sound server does not answer; restart it, or export to a file"
            words = slow if self.last["opening"] > SLOW else self.last["words"]
            return ("device", words) if words else None
        if not self._asked and now - self.opened > GRACE:
            return "device", "the sound device stopped answering; waiting for it"
        return None

    @property
    def sounding(self) -> bool:
        """Whether the device takes sound, and not only what it takes in advance."""
        return self._asked and self.last["taken"] > IN_ADVANCE

    def beyond_help(self, now: float) -> bool:
        """Whether only another process can help, and may be started by now. A device that was never open is tried again."""
        fault = self.fault(now)
        if fault is None or now - self.started < APART:
            return False
        return fault[0] == "error" or self.opened is not None or self.last["opening"] > HUNG

    def _stuck(self, now: float) -> str:
        """What the process no longer does, though it runs."""
        if now - self.heard > (SILENT if self.last else STARTING):
            return "it did not answer"
        if self.last and self.last["dry"] > (SILENT if self.last["begun"] else STARTING):
            return "it made nothing to hear"
        return ""

    @property
    def _asked(self) -> bool:
        """Whether the device asked for sound a moment ago."""
        age = self.last.get("age")
        return age is not None and age < STALLED
