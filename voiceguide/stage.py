"""Who and what sounds in a session: the narrator, recorded cues, soundscapes, and how long each lasts.

Everything is made when first needed, so that opening a routine starts no engine and reads no sound.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.audio import RATE, Block, Mono
from voiceguide.errors import MediaError, Problem, RecipeError, ScriptErrors, UsageError
from voiceguide.plan.timeline import Bed, Cue, Played, Spoken
from voiceguide.plan.words import Lengths
from voiceguide.script import model
from voiceguide.script.model import Node, Place, Recording, Script
from voiceguide.script.walk import steps_of
from voiceguide.settings import Settings

if TYPE_CHECKING:
    from voiceguide.ambience.scene import Scene
    from voiceguide.ambience.scenes import Scenes
    from voiceguide.mix.mixer import Mixer
    from voiceguide.speech.narrator import Narrator

Progress = Callable[[str, float, float], None]

BED_FADE = 3 * RATE
OFF = "off"


class Stage:
    """The sounds of one session; `estimated` and `real` tell how long things last before and after they are voiced."""

    def __init__(self, script: Script, settings: Settings, folder: Path, sounds: Mapping[str, Any]) -> None:
        self.script, self.settings, self.folder = script, settings, folder
        self.given = dict(sounds)
        self._recorded: dict[tuple[str, Path], Mono] = {}
        self.estimated: Lengths = StageLengths(self, lambda spoken: self.narrator.estimate(spoken.say, spoken.speed))
        self.real: Lengths = StageLengths(self, lambda spoken: self.narrator.clip(spoken).frames)

    @cached_property
    def narrator(self) -> "Narrator":
        """Whoever speaks, with a cache and workers that start at the first sentence."""
        from voiceguide.speech.narrator import Narrator

        chosen = self.settings
        return Narrator(
            chosen.voice,
            pace=chosen.pace,
            lexicon=self.script.front.say,
            language=self.script.front.language or "en",
            jobs=chosen.jobs,
            cache=chosen.cache_dir,
            cache_bytes=chosen.cache_size * 1_000_000,
        )

    def warm(self, spoken: Sequence[Spoken]) -> None:
        """Let the voices be loaded that have yet to say these, while something else is done."""
        self.narrator.warm(spoken)

    def voice(self, spoken: Sequence[Spoken], progress: Progress | None) -> None:
        """Voice these, so that their lengths are known; `progress` gets ("voicing", done, total)."""
        tell = None if progress is None else lambda done, total: progress("voicing", done, total)
        self.narrator.voice_all(spoken, tell)

    def recorded(self, name: str, at: Place) -> Mono:
        """A recorded cue, mono at 48 kHz and as loud as speech. Raises ScriptErrors with the place that names it."""
        from voiceguide.speech.recorded import levelled, recorded_cue

        beside = Path(at.file).parent
        if (name, beside) not in self._recorded:
            try:
                given = self._given_sounds.get(name)
                sound = recorded_cue(name, beside) if given is None else levelled(given.mean(axis=1), name)
                self._recorded[name, beside] = sound
            except MediaError as error:
                raise ScriptErrors([Problem(at.file, at.line, at.column, f"[play {name}]: {error.reason}")]) from error
        return self._recorded[name, beside]

    def faults(self, body: Sequence[Node]) -> tuple[Problem, ...]:
        """What is wrong with the recordings and soundscapes that these steps name, in their order."""
        return tuple(problem for step in steps_of(body) for problem in self._faults_of(step))

    def _faults_of(self, step: Node) -> tuple[Problem, ...]:
        if isinstance(step, Recording):
            try:
                self.recorded(step.file, step.at)
            except ScriptErrors as error:
                return error.problems
        elif isinstance(step, model.Scene) and self.settings.mix != OFF:
            try:
                self.scene(Bed(0, 0, step.name or self.first_bed.scene, step.controls))
            except (UsageError, RecipeError, MediaError) as error:
                return (Problem(step.at.file, step.at.line, step.at.column, f"[soundscape {step.name}]: {error}"),)
        return ()

    @cached_property
    def _given_sounds(self) -> dict[str, Block]:
        if not self.given:
            return {}
        from voiceguide.interop import as_sound

        return {name: as_sound(sound, name) for name, sound in self.given.items()}

    def mixer(self) -> "Mixer":
        """A mixer that hears this stage."""
        from voiceguide.mix.mixer import Mixer

        return Mixer(speech=self._speech, scene=self.scene, preset=self.settings.mix)

    @cached_property
    def first_bed(self) -> Bed:
        """The bed that a session begins with: the soundscape asked for, or else the routine's own."""
        asked, own = self.settings.soundscape, self.script.front.soundscape
        if asked is not None:
            return Bed(0, BED_FADE, None if asked == OFF else asked)
        if own is None or own.use is None:
            return Bed(0, BED_FADE, None)
        return Bed(0, BED_FADE, own.use, own.controls, own.level, own.breathes)

    def scene(self, bed: Bed) -> "Scene | None":
        """The soundscape of a bed, None for silence. Raises UsageError, RecipeError or MediaError."""
        return None if bed.scene is None else self.scenes.open(bed.scene, bed.controls)

    @cached_property
    def scenes(self) -> "Scenes":
        """The soundscapes that were opened."""
        from voiceguide.ambience.scenes import Scenes

        return Scenes(self.settings.seed, self.folder, self._given_sounds)

    @property
    def files(self) -> tuple[Path, ...]:
        """Where the script, and the recordings and soundscapes it has named so far, would lie."""
        beside = [folder / name for name, folder in self._recorded]
        return (Path(self.script.source), *beside, *(self.folder / name for name, _ in self.scenes.opened))

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """Sentences that another voice spoke, and why."""
        return self.narrator.fallbacks

    @property
    def notes(self) -> tuple[str, ...]:
        """What voices and soundscapes had to say about their work, and who made the recordings in it."""
        told = (note for scene in self.scenes.opened.values() for note in (*scene.notes, *scene.credits))
        return (*self.narrator.notes, *dict.fromkeys(told))

    def close(self) -> None:
        """End the voice workers."""
        if "narrator" in self.__dict__:
            self.narrator.close()

    def _speech(self, cue: Cue) -> Mono:
        if isinstance(cue.content, Played):
            return self.recorded(cue.content.file, cue.content.at)
        if isinstance(cue.content, Spoken):
            return self.narrator.samples(cue.content)
        raise TypeError(f"{cue.kind} is not spoken")


class StageLengths:
    """Lengths in frames of what sounds on a stage; `speech` is estimated or real."""

    def __init__(self, stage: Stage, speech: Callable[[Spoken], int]) -> None:
        self._stage, self._speech = stage, cache(speech)

    def speech(self, spoken: Spoken) -> int:
        """A sentence."""
        return self._speech(spoken)

    def recording(self, step: Recording) -> int:
        """A recorded cue."""
        return len(self._stage.recorded(step.file, step.at))

    def signal(self, name: str) -> int:
        """A bell or a tick until it has rung out."""
        from voiceguide.ambience.signals import ringing

        return ringing(name)

    def gap(self, kind: str) -> int:
        """The silence after a sentence, a paragraph or a beat."""
        return self._stage.narrator.gap(kind)
