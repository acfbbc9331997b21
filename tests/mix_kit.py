"""A timeline written by hand and sounds that are easy to check, for the tests of mixing and of files."""

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np

from voiceguide.audio import RATE, Block, Mono, empty, gain
from voiceguide.loudness import energies, lufs, speech_level, windows
from voiceguide.mix.mixer import Mixer
from voiceguide.plan.timeline import Bed, Breath, Chapter, Cue, Signal, Spoken, Timeline
from voiceguide.script.model import Place, Say

HERE = Place("routine.md", 1)
S = RATE


def spoken(start: int, end: int, *, gain: float = 0.0, text: str = "Slow and even now.", kind: str = "instruction") -> Cue:
    return Cue(f"v{start}", start, end, "voice", kind, text, Spoken(Say(text, HERE), gain=gain), 0, 1)


def breathing(phase: str, start: int, end: int) -> Cue:
    return Cue(f"b{start}", start, end, "breath", "breath", f"[{phase}]", Breath(phase), 0, 1)


def signal(name: str, start: int, end: int) -> Cue:
    return Cue(f"s{start}{name}", start, end, "signal", name, f"[{name}]", Signal(name), 0, 1)


def timeline(length: int, *cues: Cue, beds: Sequence[Bed] = (Bed(0, 3 * S, "steady"),)) -> Timeline:
    chapters = (Chapter("Arrive", 0, length // 2, 1), Chapter("Finish", length // 2, length, 9))
    return Timeline(length).joined(length, cues, chapters, tuple(beds), ())


class Steady:
    """A bed of plain noise at a fixed loudness, whose samples depend on their position alone."""

    loudness, swing = -27.0, 2.0

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    @cached_property
    def noise(self) -> Block:
        noise = np.random.default_rng(self.seed).standard_normal((2, 61 * S), np.float32)
        return noise * np.float32(gain(self.loudness - lufs(float(energies(noise[:, : 2 * S].T).mean()))))

    def render(self, start: int, frames: int) -> Block:
        block = empty(frames)
        block.T[:] = self.noise[:, start : start + frames]
        return block


SCENES = {"steady": Steady(0), "other": Steady(1)}


def voice(cue: Cue) -> Mono:
    """A buzz at -16 LUFS that lasts as long as its cue."""
    return buzz(cue.end - cue.start)


@cache
def buzz(length: int) -> Mono:
    """A tone with many overtones at -16 LUFS."""
    time = np.arange(length) / S
    tone = np.sum([np.sin(2 * np.pi * 130 * k * time) / k for k in range(1, 12)], axis=0).astype(np.float32)
    return tone * np.float32(gain(-16 - speech_level(tone)))


def mixer(preset: str = "clear") -> Mixer:
    return Mixer(speech=voice, scene=lambda bed: SCENES.get(bed.scene), preset=preset)


def level(block: Block) -> float:
    """LUFS over the whole of a block, no gates."""
    return lufs(float(energies(block).mean()))


def loudest(block: Block) -> float:
    """LUFS of the loudest 400 ms."""
    return lufs(float(windows(energies(block)).max()))


SESSION = timeline(
    60 * S,
    spoken(5 * S, 8 * S),
    spoken(9 * S, 12 * S, gain=-1.5),
    breathing("in", 16 * S, 20 * S),
    breathing("out", 20 * S, 26 * S),
    spoken(17 * S, 18 * S),
    signal("beat", 27 * S, 27 * S + S // 2),
    signal("tick", 29 * S, 29 * S + S // 2),
    spoken(30 * S, 33 * S),
    signal("bowl", 36 * S, 46 * S),
    signal("closing", 47 * S, 60 * S),
    beds=(Bed(0, 3 * S, "steady"), Bed(22 * S, 4 * S, "other"), Bed(38 * S, 2 * S, "other", (("calm", 1.0),), -2.0)),
)

SHORT = timeline(
    24 * S,
    spoken(4 * S, 6 * S),
    spoken(7 * S, 9 * S, gain=-1.5),
    breathing("in", 10 * S, 12 * S),
    signal("chime", 12 * S, 15 * S),
)
