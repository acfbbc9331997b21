"""The session as it sounds, any piece of it: voice, bed and signals added up by what the timeline says.

A pure function of (timeline, start, frames): every sound is placed frame by frame and added in the order of the timeline, so a
block is bit for bit a slice of the whole, however the whole is cut. It reads the timeline up to 7 s after the block's end.
Soundscapes are read `ahead` frames later than the rest: live, they go on while the session jumps or rests.

    voice     what is spoken or recorded, in the middle or for one ear, at -16 LUFS and the cue's own gain
    bed       soundscapes, breath tones and the metronome, all of which make way for the voice together
    signals   bells and ticks, under the voice and never far above the bed; they too make way for words that follow
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log10

import numpy as np

from voiceguide.ambience import breath
from voiceguide.ambience.scene import Scene
from voiceguide.audio import RATE, Block, Mono, Values, empty, gain
from voiceguide.loudness import SILENCE
from voiceguide.mix.automation import Envelope, deepest, drawn, ducks, fade, to_gain
from voiceguide.mix.beds import Layer, layers
from voiceguide.mix.presets import PRESETS, SIGNALS, SPEECH
from voiceguide.mix.strikes import RECENT, Strike, energy, strike
from voiceguide.mix.tides import tidal
from voiceguide.plan.timeline import Bed, Breath, Cue, Ear, Signal, Spoken, Timeline

CUT = RATE // 50
OVER_BED = 8.0
ALONE = -24.0
EARS: dict[Ear, Block] = {
    "both": np.array([[1, 1]], np.float32),
    "left": np.array([[1, 0]], np.float32),
    "right": np.array([[0, 1]], np.float32),
}


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
    `preset` is a name of PRESETS, `ahead` how many frames later than the timeline the soundscapes are read."""

    def __init__(
        self, speech: Callable[[Cue], Mono], scene: Callable[[Bed], Scene | None], preset: str, ahead: int = 0
    ) -> None:
        self._speech, self._scene, self._ahead = speech, scene, ahead
        self._preset = PRESETS[preset]
        self._factors: dict[tuple[str, int], float] = {}

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
                _place(voice, start, cue, self._speech(cue)[:, None] * EARS[cue.ear], np.float32(gain(_gain(cue))))
        return voice

    def _bed(self, timeline: Timeline, start: int, frames: int) -> Block:
        bed, end = self._scenes(timeline, start, frames), start + frames
        for cue in timeline.between(start, end):
            self._add_tone(bed, timeline, start, cue)
        bed.T[:] *= drawn(lambda at: self._way(timeline, start, end, at) * _ending(timeline, at), start, frames)
        return bed

    def _scenes(self, timeline: Timeline, start: int, frames: int) -> Block:
        scenes = empty(frames)
        for layer in self._layers(timeline, start, start + frames):
            self._add_scene(scenes, start, layer)
        return scenes

    def _add_scene(self, bed: Block, start: int, layer: Layer) -> None:
        scene = self._scene(layer.bed)
        if scene is not None:
            factor = gain(self._level(layer.bed) - scene.loudness)
            gains = drawn(lambda at: layer.weights(at) * factor, start, len(bed))
            bed.T[:] += scene.render(start + self._ahead, len(bed)).T * gains

    def _add_tone(self, bed: Block, timeline: Timeline, start: int, cue: Cue) -> None:
        level = SPEECH + self._preset.tones
        if isinstance(cue.content, Breath):
            first, last = max(cue.start, start), min(cue.end, start + len(bed))
            tone = breath.tone(cue.content.phase, cue.end - cue.start, first - cue.start, last - first)
            bed.T[:, first - start : last - start] += tone.T * np.float32(gain(level - breath.LOUDNESS))
        elif cue.content == Signal("beat"):
            beat = strike("beat")
            _place(bed, start, cue, beat.sound, self._factor(timeline, cue, beat, level))

    def _signals(self, timeline: Timeline, start: int, frames: int) -> Block:
        signals, end = empty(frames), start + frames
        for cue in timeline.between(start, end):
            if isinstance(cue.content, Signal) and cue.content.name != "beat":
                self._add_signal(signals, timeline, start, cue, strike(cue.content.name))
        signals.T[:] *= drawn(lambda at: _ending(timeline, at), start, frames)
        return signals

    def _add_signal(self, signals: Block, timeline: Timeline, start: int, cue: Cue, struck: Strike) -> None:
        """A signal makes way for words that begin after it, so that nothing rings under them."""
        rung, end = empty(len(signals)), start + len(signals)
        _place(rung, start, cue, struck.sound, self._factor(timeline, cue, struck, self._signal_level(timeline, cue)))
        later = [duck for duck in self._ducks(timeline, start, end) if duck.points[1][0] > cue.start]
        signals.T[:] += rung.T * drawn(lambda at: to_gain(deepest(later, at)), start, len(rung))

    def _signal_level(self, timeline: Timeline, cue: Cue) -> float:
        """LUFS for the loudest 400 ms of a signal: under the voice, and in proportion to the bed as it is between words."""
        power = float(self._bed_power(timeline, np.array([cue.start], float))[0])
        return min(SIGNALS, 10 * log10(power) + OVER_BED) if power else ALONE

    def _factor(self, timeline: Timeline, cue: Cue, struck: Strike, level: float) -> np.float32:
        """What a strike is multiplied by: for this level, or less where that would be a shock after what was heard last.

        Where there is no bed there is nothing to compare with."""
        key = cue.id, cue.start
        if key not in self._factors:
            factor, heard = gain(level - struck.loudness), self._heard(timeline, cue.start)
            way = self._way(timeline, cue.start, cue.start + 1, np.array([cue.start], float))[0] if cue.kind == "beat" else 1.0
            self._factors[key] = min(factor, struck.calmest(heard) / way) if heard else factor
        return np.float32(self._factors[key])

    def _heard(self, timeline: Timeline, end: int) -> float:
        """Energy of the soundscape and the voice just before `end`; 0 where there is no soundscape."""
        start = max(0, end - RECENT)
        sound = self._scenes(timeline, start, end - start)
        if not sound.any():
            return 0.0
        sound.T[:] *= drawn(lambda at: self._way(timeline, start, end, at), start, end - start)
        return energy(sound + self._voice(timeline, start, end - start))

    def _bed_power(self, timeline: Timeline, at: Values) -> Values:
        """Energy of the bed as it would be if nobody spoke, at each of these frames in rising order."""
        power = np.zeros(len(at))
        for layer in self._layers(timeline, int(at[0]), int(at[-1]) + 1):
            power += (layer.weights(at) * 10 ** (self._level(layer.bed) / 20)) ** 2
        return power * _ending(timeline, at) ** 2

    def _layers(self, timeline: Timeline, start: int, end: int) -> tuple[Layer, ...]:
        return () if self._preset.bed is None else layers(tidal(timeline, start, end, self._standing), start, end)

    def _standing(self, bed: Bed) -> Mapping[str, float]:
        """Where the controls of a bed's scene stand."""
        scene = self._scene(bed)
        return scene.controls if scene else {}

    def _level(self, bed: Bed) -> float:
        """LUFS of a bed between words, -inf for silence."""
        if bed.scene is None or self._preset.bed is None:
            return SILENCE
        return SPEECH + self._preset.bed + bed.level

    def _way(self, timeline: Timeline, start: int, end: int, at: Values) -> Values:
        """How much the bed makes way for what is said, as a factor."""
        return to_gain(deepest(self._ducks(timeline, start, end), at))

    def _ducks(self, timeline: Timeline, start: int, end: int) -> tuple[Envelope, ...]:
        return ducks(timeline, start, end, lambda cue: self._depth(timeline, cue))

    def _depth(self, timeline: Timeline, cue: Cue) -> float:
        """How deep the bed goes under a cue: as the loudest bed there needs, and deeper under a softer voice."""
        beds = [layer.bed for layer in self._layers(timeline, cue.start, cue.end)]
        scenes = [(bed.level, scene.swing) for bed in beds if (scene := self._scene(bed)) is not None]
        depth = max(self._preset.duck(level, swing) for level, swing in [*scenes, (SILENCE, 0.0)])
        return depth - _gain(cue)


def _gain(cue: Cue) -> float:
    return cue.content.gain if isinstance(cue.content, Spoken) else 0.0


def _ending(timeline: Timeline, at: Values) -> Values:
    return 1 - fade(at, timeline.length - timeline.ending, timeline.ending)


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
