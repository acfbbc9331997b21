"""The audio process: `python -m voiceguide.sound.desk`. It mixes, feeds the device, and reports; nothing else is done here.

Orders come on standard input (messages with a pickle inside, from the process that started this one), reports go to the real
standard output, five a second. When the orders end, so does this process, at once and whatever it is doing: nothing plays on
when the player is gone. It has no repair of its own: whoever watches the reports kills it and starts another.

    device      opened at once, and tried again until it answers; greeted with a soft bell if that is asked for
    terminal    how to give the player's terminal back, should the player be killed
    stage       the session: its clock, its soundscapes, and how safe it must be
    clip        the sound of a cue's content            forget      contents no longer needed
    aim         what is to be heard
"""

import gc
import os
import pickle
import signal
import sys
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, BinaryIO

from voiceguide.audio import RATE
from voiceguide.messages import Facts, receive, send
from voiceguide.sound.buffer import Buffer
from voiceguide.sound.device import Opener, import_miniaudio
from voiceguide.sound.devices import DeviceInfo
from voiceguide.sound.greeting import greeting
from voiceguide.terminal import restore

if TYPE_CHECKING:
    from voiceguide.ambience.scene import Scene
    from voiceguide.ambience.scenes import Scenes
    from voiceguide.audio import Mono
    from voiceguide.plan.timeline import Bed, Content, Cue
    from voiceguide.sound.aim import Setting
    from voiceguide.sound.deck import Deck

LEAD = 2 * RATE
REPORT_EVERY = 0.2
REST = 0.04

AHEAD = -10
"""How nice it is, where the system lets it: what sounds goes before what can wait."""

PLAIN = "brown-noise"

SELDOM = 50_000
"""New objects after which a collection of garbage comes: it would hold up the sound, and while modules are imported it finds
nothing."""


class Desk:
    """Everything in the audio process: orders in, sound and reports out."""

    def __init__(self) -> None:
        self._orders: SimpleQueue[tuple[Facts, bytes]] = SimpleQueue()
        self._buffer = Buffer()
        self._opener: Opener | None = None
        self._deck: Deck | None = None
        self._scenes: Scenes | None = None
        self._safe = 0
        self._clips: dict[Content, bytes | Mono] = {}
        self._staged = False
        self._ready = 0.0
        self.terminal = ""
        self.changed = threading.Event()

    def order(self, facts: Facts, data: bytes) -> None:
        """Give an order, from any thread."""
        self._orders.put((facts, data))

    def run(self) -> None:
        """Work for ever. Raises whatever goes wrong."""
        while True:
            self._take_orders(0.0 if self._wanted() else REST)
            if self._deck and (frames := self._wanted()):
                self._buffer.put(self._deck.render(frames))

    def report(self) -> Facts:
        """How it stands; asked for by another thread, so that it is known also while this one is held up."""
        buffer, opener, now = self._buffer, self._opener, time.monotonic()
        device = opener.device if opener else None
        heard = max(buffer.start, buffer.handed - (device.latency if device else 0))
        mark = self._deck.mark(heard) if self._deck else None
        if not self._staged or buffer.lead:
            self._ready = now
        return {
            "number": mark.number if mark else -1,
            "clock": heard,
            "position": mark.at(heard) if mark else 0,
            "device": device.name if device else "",
            "words": opener.words if opener else "",
            "opening": opener.opening if opener else 0.0,
            "age": None if buffer.pulled is None else now - buffer.pulled,
            "taken": (buffer.handed - buffer.start) / RATE,
            "begun": buffer.filled > buffer.start,
            "dry": now - self._ready,
            "underruns": buffer.underruns,
        }

    def _wanted(self) -> int:
        return self._deck.wanted(self._buffer.lead, LEAD) if self._deck else 0

    def _take_orders(self, seconds: float) -> None:
        """Everything that has come; waits so long for the first."""
        with suppress(Empty):
            facts, data = self._orders.get(timeout=seconds) if seconds else self._orders.get_nowait()
            while True:
                getattr(self, f"_on_{facts['order']}")(facts, data)
                facts, data = self._orders.get_nowait()

    def _on_device(self, facts: Facts, _: bytes) -> None:
        """The device is opened, and all that mixes is imported, while the routine is read elsewhere."""
        asked = facts["device"]
        if facts["greet"]:
            self._buffer.greet(greeting())
        import_miniaudio()
        self._opener = Opener(None if asked is None else DeviceInfo(**asked), self._buffer.pull, self.changed.set)
        import soundfile  # noqa: F401

        import voiceguide.ambience.layers
        import voiceguide.ambience.scenes
        import voiceguide.ambience.sounding
        import voiceguide.sound.deck  # noqa: F401

    def _on_stage(self, _: Facts, data: bytes) -> None:
        from voiceguide.ambience.scenes import Scenes
        from voiceguide.sound.deck import Deck

        self._staged = True
        setting: Setting = pickle.loads(data)
        self._scenes, self._safe = Scenes(setting.seed, setting.folder, setting.given, setting.heard), setting.safe
        if not setting.safe:
            for name, controls in setting.heard:
                self._scenes.open(name, controls)
        self._buffer.start = self._buffer.handed = self._buffer.filled = setting.clock
        self._deck = Deck(self._speech, self._scene, setting.clock)

    def _on_clip(self, _: Facts, data: bytes) -> None:
        content, sound = pickle.loads(data)
        self._clips[content] = sound

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
        self.changed.set()

    def _speech(self, cue: "Cue") -> "Mono":
        """Its words; a soft bell for words that are not there."""
        from voiceguide.sound.aim import NO_WORDS

        if self._safe < NO_WORDS and cue.content in self._clips:
            sound = self._clips[cue.content]
            if isinstance(sound, bytes):
                from voiceguide.speech.flac import decode

                sound = self._clips[cue.content] = decode(sound)
            return sound
        from voiceguide.mix.strikes import strike

        return strike("soft").sound[:, 0]

    def _scene(self, bed: "Bed") -> "Scene | None":
        if bed.scene is None or self._scenes is None:
            return None
        return self._scenes.open(PLAIN) if self._safe else self._scenes.open(bed.scene, bed.controls)


def main() -> None:
    """Take orders until they end."""
    gc.set_threshold(SELDOM)
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(AHEAD)
    reports = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    desk = Desk()
    threading.Thread(target=_read, args=(sys.stdin.buffer, desk), daemon=True).start()
    threading.Thread(target=_tell, args=(reports, desk), daemon=True).start()
    try:
        desk.run()
    except Exception as error:
        with suppress(OSError):
            send(reports, {"error": f"{type(error).__name__}: {error}".splitlines()[0][:300]})
    os._exit(1)


def _read(stream: BinaryIO, desk: Desk) -> None:
    """Pass on orders; when they end, go, whatever the others are doing."""
    with suppress(ValueError, OSError):
        while message := receive(stream):
            if message[0]["order"] == "terminal":
                desk.terminal = message[0]["state"]
            else:
                desk.order(*message)
    _leave(desk)


def _tell(stream: BinaryIO, desk: Desk) -> None:
    """Report five times a second, and at once when a device is open or something else is heard; go when nobody listens."""
    with suppress(OSError):
        while True:
            send(stream, desk.report())
            desk.changed.wait(REPORT_EVERY)
            desk.changed.clear()
    _leave(desk)


def _leave(desk: Desk) -> None:
    """Of a player that is killed orders and reports end at once: whoever sees it first gives the terminal back."""
    restore(desk.terminal)
    os._exit(0)


if __name__ == "__main__":
    main()
