"""The session as it sounds, any piece of it: voice, bed and signals added up by what the timeline says.

A pure function of (timeline, start, frames): every sound is placed frame by frame and added in the order of the timeline, so a
block is bit for bit a slice of the whole, however the whole is cut. It reads the timeline up to 7 s after the block's end.

    voice     what is spoken or recorded, in the middle, at -16 LUFS and the cue's own gain
    bed       soundscapes, breath tones and the metronome, all of which make way for the voice together
    signals   bells and ticks, under the voice, and never far above the bed they sound in
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log10

import numpy as np

from voiceguide.ambience import beats, bells, breath
from voiceguide.ambience.scene import Scene
from voiceguide.audio import RATE, Block, Mono, Values, empty, gain
from voiceguide.loudness import SILENCE
from voiceguide.mix.automation import deepest, drawn, ducks, fade, to_gain
from voiceguide.mix.beds import Layer, layers
from voiceguide.mix.presets import PRESETS, SIGNALS, SPEECH
from voiceguide.plan.timeline import Bed, Breath, Cue, Signal, Spoken, Timeline

END_FADE = 12 * RATE
CUT = RATE // 50
RECENT = 2 * RATE
RISE = 8.0
ALONE = -24.0


@dataclass(frozen=True, slots=True)
class Stems:
    """The parts of a piece of a session, each (frames, 2); their sum is the mix."""

    voice: Block
    bed: Block
    signals: Block

    def sum(self) -> Block:
        """The mix."""
        mix = empty(len(self.voice))
        for stem in (self.voice, self.bed, self.signals):
            mix += stem
        return mix


class Mixer:
    """Mixes a timeline. `speech` gives the samples of a voice cue at -16 LUFS, `scene` a bed's soundscape or None,
    `preset` is a name of PRESETS."""

    def __init__(self, speech: Callable[[Cue], Mono], scene: Callable[[Bed], Scene | None], preset: str) -> None:
        self._speech, self._scene = speech, scene
        self._preset = PRESETS[preset]

    def block(self, timeline: Timeline, start: int, frames: int) -> Block:
        """Frames [start, start + frames) of the session, shape (frames, 2), before mastering."""
        return self.stems(timeline, start, frames).sum()

    def stems(self, timeline: Timeline, start: int, frames: int) -> Stems:
        """The same piece in parts."""
        return Stems(
            self._voice(timeline, start, frames), self._bed(timeline, start, frames), self._signals(timeline, start, frames)
        )

    def bed_level(self, timeline: Timeline, at: Values) -> Values:
        """LUFS the bed is drawn at, at each of these frames in rising order; -inf where there is none."""
        power = self._bed_power(timeline, at) * self._way(timeline, int(at[0]), int(at[-1]) + 1, at) ** 2
        return np.asarray(10 * np.log10(power, out=np.full(len(at), SILENCE), where=power > 0))

    def _voice(self, timeline: Timeline, start: int, frames: int) -> Block:
        voice = empty(frames)
        for cue in timeline.between(start, start + frames):
            if cue.track == "voice":
                _place(voice, start, cue, self._speech(cue)[:, None], np.float32(gain(_gain(cue))))
        return voice

    def _bed(self, timeline: Timeline, start: int, frames: int) -> Block:
        bed, end = empty(frames), start + frames
        for layer in self._layers(timeline, start, end):
            self._add_scene(bed, start, layer)
        for cue in timeline.between(start, end):
            self._add_tone(bed, start, cue)
        bed.T[:] *= drawn(lambda at: self._way(timeline, start, end, at) * _ending(timeline, at), start, frames)
        return bed

    def _add_scene(self, bed: Block, start: int, layer: Layer) -> None:
        scene = self._scene(layer.bed)
        if scene is not None:
            factor = gain(self._level(layer.bed) - scene.loudness)
            gains = drawn(lambda at: layer.weights(at) * factor, start, len(bed))
            bed.T[:] += scene.render(start, len(bed)).T * gains

    def _add_tone(self, bed: Block, start: int, cue: Cue) -> None:
        level = SPEECH + self._preset.tones
        if isinstance(cue.content, Breath):
            first, last = max(cue.start, start), min(cue.end, start + len(bed))
            tone = breath.tone(cue.content.phase, cue.end - cue.start, first - cue.start, last - first)
            bed.T[:, first - start : last - start] += tone.T * np.float32(gain(level - breath.LOUDNESS))
        elif cue.content == Signal("beat"):
            _place(bed, start, cue, beats.tick("beat"), np.float32(gain(level - beats.LOUDNESS)))

    def _signals(self, timeline: Timeline, start: int, frames: int) -> Block:
        signals = empty(frames)
        for cue in timeline.between(start, start + frames):
            if isinstance(cue.content, Signal) and cue.content.name != "beat":
                sound, loudness = _signal(cue.content.name)
                _place(signals, start, cue, sound, np.float32(gain(self._signal_level(timeline, cue) - loudness)))
        signals.T[:] *= drawn(lambda at: _ending(timeline, at), start, frames)
        return signals

    def _signal_level(self, timeline: Timeline, cue: Cue) -> float:
        """LUFS for the loudest 400 ms of a signal: under the voice, and no shock after the bed of the last 2 s.

        The bed counts as it is between words: where it still makes way, what was heard last are the words.
        """
        recent = np.arange(max(0, cue.start - RECENT), cue.start + 1, RECENT // 20).astype(np.float64)
        heard = float(self._bed_power(timeline, recent).mean())
        return min(SIGNALS, 10 * log10(heard) + RISE) if heard else ALONE

    def _bed_power(self, timeline: Timeline, at: Values) -> Values:
        """Energy of the bed as it would be if nobody spoke, at each of these frames in rising order."""
        power = np.zeros(len(at))
        for layer in self._layers(timeline, int(at[0]), int(at[-1]) + 1):
            power += (layer.weights(at) * 10 ** (self._level(layer.bed) / 20)) ** 2
        return power * _ending(timeline, at) ** 2

    def _layers(self, timeline: Timeline, start: int, end: int) -> tuple[Layer, ...]:
        return () if self._preset.bed is None else layers(timeline.beds, start, end)

    def _level(self, bed: Bed) -> float:
        """LUFS of a bed between words, -inf for silence."""
        if bed.scene is None or self._preset.bed is None:
            return SILENCE
        return SPEECH + self._preset.bed + bed.level

    def _way(self, timeline: Timeline, start: int, end: int, at: Values) -> Values:
        """How much the bed makes way for what is said, as a factor."""
        return to_gain(deepest(ducks(timeline, start, end, lambda cue: self._depth(timeline, cue)), at))

    def _depth(self, timeline: Timeline, cue: Cue) -> float:
        """How deep the bed goes under a cue: as the loudest bed there needs, and deeper under a softer voice."""
        beds = [layer.bed for layer in self._layers(timeline, cue.start, cue.end)]
        scenes = [(bed.level, scene.swing) for bed in beds if (scene := self._scene(bed)) is not None]
        depth = max(self._preset.duck(level, swing) for level, swing in [*scenes, (SILENCE, 0.0)])
        return depth - _gain(cue)


def _gain(cue: Cue) -> float:
    return cue.content.gain if isinstance(cue.content, Spoken) else 0.0


def _ending(timeline: Timeline, at: Values) -> Values:
    return 1 - fade(at, timeline.length - END_FADE, END_FADE)


def _signal(name: str) -> tuple[Block, float]:
    """The sound of a bell or a tick, and the LUFS of its loudest 400 ms."""
    return (beats.tick("tick"), beats.LOUDNESS) if name == "tick" else (bells.strike(name), bells.LOUDNESS)


def _place(block: Block, start: int, cue: Cue, sound: Block, factor: np.float32) -> None:
    """Add what a cue sounds like to a block that begins at `start`; a sound longer than its cue is faded out over 20 ms."""
    length = min(len(sound), cue.end - cue.start)
    first, last = max(cue.start, start), min(cue.start + length, start + len(block))
    if first >= last:
        return
    piece = sound[first - cue.start : last - cue.start].T * factor
    if length < len(sound):
        left = cue.end - np.arange(first, last)
        piece = piece * np.clip(left / CUT, 0, 1).astype(np.float32)
    block.T[:, first - start : last - start] += piece
