"""One unbroken stretch of sound: the session from a frame on, or its bed while it rests.

A take is mixed and mastered exactly as a file is. Its soundscapes go by the clock, so that rain never jumps.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from voiceguide.ambience.scene import Scene
from voiceguide.audio import RATE, Block, Mono, empty, gain
from voiceguide.mix.horizon import MASTERED, settled
from voiceguide.mix.master import Master
from voiceguide.mix.mixer import Mixer, Stems
from voiceguide.plan.timeline import Bed, Cue, Timeline
from voiceguide.sound.aim import Levels

PIECE = 8192
SOFTLY = -3.0
RISEN = 10 * RATE
FOREVER = 2**40

Speech = Callable[[Cue], Mono]
Scenery = Callable[[Bed], Scene | None]


class Take:
    """Sound of `timeline` from frame `position` on, which is heard from `clock` on.

    The timeline may be replaced by itself, planned further, as long as `render` was not asked for more than is settled."""

    def __init__(
        self, speech: Speech, scene: Scenery, mix: str, levels: Levels, timeline: Timeline, position: int, clock: int
    ) -> None:
        self.timeline, self._levels, self._at = timeline, levels, position
        self._mixer = Mixer(speech, scene, mix, clock - position)
        self._master = Master()
        self._ready: list[Block] = []

    def render(self, frames: int) -> Block:
        """The next frames, (frames, 2)."""
        while sum(map(len, self._ready)) < frames:
            stems = self._mixer.stems(self.timeline, self._at, self._piece())
            self._at += len(stems.voice)
            self._ready.append(self._master.process(levelled(stems, self._levels)))
        whole = np.concatenate(self._ready) if self._ready else empty(0)
        self._ready = [whole[frames:]]
        return whole[:frames]

    def _piece(self) -> int:
        """How much to mix now: nothing that could still change, unless it is asked for."""
        known = settled(self.timeline) + MASTERED - self._at
        return min(PIECE, known) if known > 0 and self.timeline.planned < self.timeline.length else PIECE


def levelled(stems: Stems, levels: Levels) -> Block:
    """The mix with each part at its own level; at 0 dB it is the very mix of a file."""
    if levels == Levels():
        return stems.sum()
    mix = empty(len(stems.voice))
    for stem, level in ((stems.voice, levels.voice), (stems.bed, levels.bed), (stems.signals, levels.signals)):
        mix += stem * np.float32(gain(level))
    return mix


def resting(timeline: Timeline, position: int) -> Timeline:
    """Nothing but the bed of `position`, a little softer, for ever; heard from frame RISEN on. Nothing after the end."""
    begun = [bed for bed in timeline.beds if bed.start <= position] or list(timeline.beds[:1])
    if not begun or position >= timeline.length:
        return Timeline(FOREVER, FOREVER)
    return Timeline(FOREVER, FOREVER, beds=(replace(begun[-1], start=0, fade=0, level=begun[-1].level + SOFTLY),))
