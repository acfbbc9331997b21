"""What the tests of live sound share: soft voices and beds in which every click would be heard, and a perfect sound device."""

import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plan_kit import AT, SIX, hold, pause, say, section

from voiceguide import library
from voiceguide.ambience.scene import Scene, load_scene
from voiceguide.audio import RATE, Block, Mono, empty, fade_in, gain
from voiceguide.live.child import Report
from voiceguide.plan.timeline import Content, Cue, Timeline
from voiceguide.script.model import Bell, Breathe, Countdown
from voiceguide.sound.aim import Aim, Setting
from voiceguide.sound.buffer import Buffer
from voiceguide.sound.deck import Deck, silent
from voiceguide.speech.flac import decode

S = RATE
SHORT = (
    section("One", say("Rest here."), Breathe(SIX, AT, count=1), say("Slow and easy."), Bell("bowl", AT)),
    section("Two", say("Lean in a little."), hold(12, 20, countdown=Countdown(2, "tick")), say("And out again.")),
    section("Three", say("Thank you."), pause(2), say("Rest.")),
)
"""A routine of a little over a minute with sounds of every kind."""

TAPS = 255
CLICK = gain(-50)
"""As loud as a click may be."""


class Sine:
    """A bed that is one soft tone for ever, so that its phase tells the clock."""

    loudness, swing = -27.0, 0.0

    def render(self, start: int, frames: int) -> Block:
        block = empty(frames)
        block.T[:] = 0.05 * np.sin(2 * np.pi * 110 / S * np.arange(start, start + frames))
        return block


SINE: Any = Sine()


def drone() -> Scene:
    """A real soundscape without bright sounds."""
    return load_scene("warm-drone", seed=1, find=lambda name: library.find("soundscapes", name, Path()))


def hum(cue: Cue) -> Mono:
    """A soft tone as long as its cue, of another pitch for each cue."""
    count = cue.end - cue.start
    tone = 0.2 * np.sin(2 * np.pi * (180 + cue.start // 100 % 90) / S * np.arange(count))
    edge = fade_in(min(480, count // 2))
    tone[: len(edge)] *= edge
    tone[count - len(edge) :] *= edge[::-1]
    return tone.astype(np.float32)


def deck(scene: Any = SINE, clock: int = 0) -> Deck:
    """A deck on which everything can be heard."""
    return Deck(hum, lambda bed: None if bed.scene is None else scene, clock)


def heard(timeline: Timeline, position: int, frames: int, *, clock: int | None = None, scene: Any = SINE, **aim: Any) -> Block:
    """What a fresh deck plays of a timeline from a position on."""
    fresh = deck(scene, position if clock is None else clock)
    fresh.aim(Aim(1, timeline, position, **{"moving": True, "until": timeline.length, **aim}), fresh.clock)
    return fresh.render(frames)


def bursts(sound: Block) -> float:
    """The loudest sample above 8 kHz, as a factor: what a click has and a hum has not. Looks at (n, 2), n over 255."""
    at = np.arange(TAPS) - TAPS // 2
    low = 2 * 8000 / S * np.sinc(2 * 8000 / S * at) * np.hamming(TAPS)
    high = -low / low.sum()
    high[TAPS // 2] += 1
    size = 1 << 15
    shape, worst = np.fft.rfft(high, size), 0.0
    for start in range(0, len(sound) - TAPS, size - TAPS + 1):
        piece = sound[start : start + size].T
        out = np.fft.irfft(np.fft.rfft(piece, size) * shape, size)[:, TAPS - 1 : piece.shape[1]]
        worst = max(worst, float(np.abs(out).max(initial=0.0)))
    return worst


def as_floats(data: bytes) -> NDArray[np.float32]:
    """16-bit sound as (n, 2) in -1..1."""
    return (np.frombuffer(data, "<i2").reshape(-1, 2) / 32768).astype(np.float32)


def audible(sound: Block) -> bool:
    """Whether more is heard than the dither of nothing, in every tenth of a second."""
    return all(float(np.abs(sound[at : at + S // 10]).max()) > 1e-3 for at in range(0, len(sound) - S // 10 + 1, S // 10))


def noiseless(sound: Block) -> bool:
    """Whether nothing is heard but dither."""
    return float(np.abs(sound).max(initial=0.0)) < 1.5 / 32768


class Inbox:
    """An inbox whose time goes by only while nobody has anything to say: whoever waits makes the device take sound."""

    def __init__(self, pass_by: Callable[[float], None]) -> None:
        self._queue: SimpleQueue[Any] = SimpleQueue()
        self._pass_by = pass_by
        self.put = self._queue.put
        self.get_nowait = self._queue.get_nowait

    def get(self, timeout: float) -> Any:
        try:
            return self._queue.get_nowait()
        except Empty:
            self._pass_by(timeout)
            return self._queue.get_nowait()


class PerfectBooth:
    """A booth without another process: the real deck and buffer, and a device that never fails, as fast as they can.

    `now` tells its own time, which stands still unless `ready`; `script` is called before each piece; a device that is gone is
    one that no longer `plays`."""

    LEAD, REPORT = 2 * S, S // 5

    def __init__(self, latency: int = 6240) -> None:
        self.inbox = Inbox(self._pass_by)
        self.latency, self.time, self.plays = latency, 0.0, True
        self.device, self.underruns, self.restarts = "perfect", 0, 0
        self.out: list[bytes] = []
        self.aims: list[Aim] = []
        self.clips: dict[Content, Mono] = {}
        self.missing: set[str] = set()
        self.ready: Callable[[], bool] = lambda: True
        self.script: Callable[[], None] = lambda: None
        self.killed, self.notes = False, ()
        self._told = -1.0
        self.scene: Any = SINE

    def now(self) -> float:
        return self.time

    @property
    def sound(self) -> Block:
        return as_floats(b"".join(self.out))

    def start(self) -> None:
        self.restarts += 1

    def kill(self) -> None:
        self.killed = True

    def stage(self, setting: Setting) -> None:
        self.buffer, self.clips = Buffer(setting.clock), {}
        self.deck = Deck(self._speech, lambda bed: None if bed.scene is None else self.scene, setting.clock)

    def clip(self, content: Content, sound: "bytes | Mono") -> None:
        self.clips[content] = decode(sound) if isinstance(sound, bytes) else sound

    def forget(self, contents: tuple[Content, ...]) -> None:
        for content in contents:
            del self.clips[content]

    def aim(self, aim: Aim) -> None:
        self.aims.append(aim)
        same = aim.fade == 0 and aim.position is None
        self.deck.aim(aim, self.buffer.filled if same else self.buffer.take_back())

    def hear(self, report: Report, now: float) -> Any:
        return report.facts

    def fault(self, now: float) -> tuple[str, str] | None:
        return None if self.plays else ("device", "the device is gone")

    def beyond_help(self, now: float) -> bool:
        return False

    @property
    def sounding(self) -> bool:
        return self.plays

    def _pass_by(self, seconds: float) -> None:
        if not self.ready():
            time.sleep(0.001)
            return
        self.time += seconds
        self.script()
        if self.plays:
            while wanted := self.deck.wanted(self.buffer.lead, self.LEAD):
                self.buffer.put(self.deck.render(wanted))
            self.out.append(self.buffer.pull(round(seconds * S)))
        if self.plays and self.time - self._told >= self.REPORT / S:
            self._told = self.time
            at = max(self.buffer.start, self.buffer.handed - self.latency)
            mark = self.deck.mark(at)
            self.inbox.put(Report(1, {"number": mark.number, "clock": at, "position": mark.at(at)}))

    def _speech(self, cue: Cue) -> Mono:
        if cue.content not in self.clips:
            self.missing.add(cue.text)
            return silent(cue)
        return self.clips[cue.content]
