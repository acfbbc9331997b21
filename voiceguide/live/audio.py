"""The audio process: `python -m voiceguide.live.audio`. It mixes, feeds the device, and reports; nothing else is done here.

Orders come on standard input (messages with a pickle inside, from the process that started this one), reports go to the real
standard output, five a second. When the orders end, so does this process, at once and whatever it is doing: nothing plays on
when the player is gone. It has no repair of its own; whoever watches the reports kills it and starts another.

    device   opened at once, tried again every quarter of a second while there is none
    stage    {clock}, the soundscapes of the session
    clip     the samples of a cue's content      forget   contents no longer needed
    aim      what is to be heard                 end      finish what was asked and go
"""

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

from voiceguide.audio import RATE, Mono
from voiceguide.errors import DeviceError
from voiceguide.live.buffer import Buffer
from voiceguide.live.device import Device, open_device
from voiceguide.live.devices import DeviceInfo
from voiceguide.messages import Facts, receive, send

if TYPE_CHECKING:
    from voiceguide.ambience.measure import Loudness
    from voiceguide.ambience.scenes import Key, Scenes
    from voiceguide.audio import Block
    from voiceguide.live.deck import Deck
    from voiceguide.plan.timeline import Bed, Content, Cue

LEAD = 2 * RATE
STEP = RATE // 10
REPORT_EVERY = 0.2
TRY_EVERY = 0.25
TRIES = 40


@dataclass(frozen=True, slots=True)
class Setting:
    """What the sound needs to know of the session before it begins; `heard` are soundscapes measured before."""

    clock: int
    seed: int
    folder: Path
    given: "Mapping[str, Block]" = field(default_factory=dict)
    heard: "Mapping[Key, Loudness]" = field(default_factory=dict)


class Desk:
    """Everything in the audio process: orders in, sound and reports out."""

    def __init__(self, orders: "SimpleQueue[tuple[Facts, bytes]]", reports: BinaryIO) -> None:
        self._orders, self._reports = orders, reports
        self._buffer = Buffer()
        self._device: Device | None = None
        self._wanted: DeviceInfo | None = None
        self._asked = False
        self._tried, self._tries = 0.0, 0
        self._deck: Deck | None = None
        self._scenes: Scenes | None = None
        self._clips: dict[Content, Mono] = {}
        self._missing: set[str] = set()
        self._told = 0.0
        self._words = ""

    def run(self) -> None:
        """Work until told to end."""
        while True:
            self._take_orders()
            self._open()
            if self._deck and self._buffer.lead < LEAD:
                self._buffer.put(self._deck.render(STEP))
            if time.monotonic() - self._told >= REPORT_EVERY:
                self._report()

    def _take_orders(self) -> None:
        """Everything that has come; waits a moment when there is nothing else to do."""
        busy = self._deck is not None and self._buffer.lead < LEAD
        with suppress(Empty):
            while True:
                facts, data = self._orders.get(timeout=0 if busy else 0.02) if not busy else self._orders.get_nowait()
                getattr(self, f"_on_{facts['order']}")(facts, data)

    def _on_device(self, facts: Facts, _: bytes) -> None:
        asked = facts["device"]
        self._wanted, self._asked = None if asked is None else DeviceInfo(**asked), True

    def _on_stage(self, _: Facts, data: bytes) -> None:
        from voiceguide.ambience.scenes import Scenes
        from voiceguide.live.deck import Deck

        setting: Setting = pickle.loads(data)
        self._scenes = Scenes(setting.seed, setting.folder, setting.given, setting.heard)
        self._report()
        for name, controls in setting.heard:
            self._scenes.open(name, controls)
        self._buffer.start = self._buffer.handed = self._buffer.filled = setting.clock
        self._deck = Deck(self._speech, self._scene, setting.clock)

    def _on_clip(self, _: Facts, data: bytes) -> None:
        content, samples = pickle.loads(data)
        self._clips[content] = samples

    def _on_forget(self, _: Facts, data: bytes) -> None:
        for content in pickle.loads(data):
            self._clips.pop(content, None)

    def _on_aim(self, _: Facts, data: bytes) -> None:
        aim = pickle.loads(data)
        if self._deck is None:
            return
        extends = aim.fade == 0 and aim.position is None
        at = self._buffer.filled if extends else self._buffer.take_back()
        self._deck.aim(aim, at)
        self._report()

    def _on_end(self, _: Facts, __: bytes) -> None:
        os._exit(0)

    def _open(self) -> None:
        if not self._asked or self._device or time.monotonic() - self._tried < TRY_EVERY:
            return
        self._tried = time.monotonic()
        try:
            self._device = open_device(self._wanted, self._buffer.pull)
        except DeviceError as error:
            self._words, self._tries = str(error), self._tries + 1
            self._report()
            if self._tries == TRIES:
                os._exit(0)

    def _speech(self, cue: "Cue") -> Mono:
        found = self._clips.get(cue.content)
        if found is not None:
            return found
        from voiceguide.live.deck import silent

        self._missing.add(cue.text)
        return silent(cue)

    def _scene(self, bed: "Bed") -> Any:
        return None if bed.scene is None or self._scenes is None else self._scenes.open(bed.scene, bed.controls)

    def _report(self) -> None:
        buffer, device = self._buffer, self._device
        heard = max(buffer.start, buffer.handed - (device.latency if device else 0))
        mark = self._deck.mark(heard) if self._deck else None
        self._told = time.monotonic()
        _say(
            self._reports,
            {
                "number": mark.number if mark else -1,
                "clock": heard,
                "position": mark.at(heard) if mark else 0,
                "device": device.name if device else None,
                "words": self._words,
                "age": None if buffer.pulled is None else self._told - buffer.pulled,
                "underruns": buffer.underruns,
                "missing": sorted(self._missing),
            },
        )


def _say(stream: BinaryIO, facts: Facts) -> None:
    try:
        send(stream, facts)
    except OSError:
        os._exit(0)


def main() -> None:
    """Take orders until they end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    orders: SimpleQueue[tuple[Facts, bytes]] = SimpleQueue()
    threading.Thread(target=_read, args=(sys.stdin.buffer, orders), daemon=True).start()
    try:
        Desk(orders, reports).run()
    except Exception as error:
        _say(reports, {"error": f"{type(error).__name__}: {error}".splitlines()[0][:300]})
    os._exit(1)


def _read(stream: BinaryIO, orders: "SimpleQueue[tuple[Facts, bytes]]") -> None:
    with suppress(ValueError, OSError):
        while message := receive(stream):
            orders.put(message)
    os._exit(0)


if __name__ == "__main__":
    main()
