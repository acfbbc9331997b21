"""Who and what sounds in a session: the narrator, recorded cues, soundscapes, and how long each lasts.

Everything is made when first needed, so that opening a routine starts no engine and reads no sound.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from voiceguide.audio import RATE, Block, Mono
from voiceguide.errors import MediaError, Problem, ScriptErrors, UsageError, VoiceError, VoiceguideError
from voiceguide.plan.timeline import Bed, Cue, Played, Spoken
from voiceguide.plan.words import Lengths
from voiceguide.script import model
from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Node, Place, Recording, Script
from voiceguide.script.walk import said_by, steps_of
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
        self.estimated: Lengths = StageLengths(self, self._estimate)
        self.real: Lengths = StageLengths(self, lambda spoken: self.narrator.clip(spoken).frames)

    @cached_property
    def narrator(self) -> "Narrator":
        """Whoever speaks, with a cache and workers that start at the first sentence."""
        from voiceguide.speech.narrator import Narrator

        chosen = self.settings
        with self.asked("voice"):
            return Narrator(
                chosen.voice,
                pace=chosen.pace,
                lexicon=self.script.front.say,
                language=self.script.front.language or "en",
                jobs=chosen.jobs,
                cache=chosen.cache_dir,
                cache_bytes=chosen.cache_size * 1_000_000,
            )

    @contextmanager
    def asked(self, name: str) -> Iterator[None]:
        """A UsageError inside tells where the setting `name` was written that it comes from."""
        try:
            yield
        except UsageError as error:
            raise UsageError(f"{self.settings.source(name)}: {error}") from None

    def _estimate(self, spoken: Spoken) -> int:
        narrator = self.narrator
        try:
            return narrator.estimate(spoken.say, spoken.speed)
        except VoiceError as error:
            raise ScriptErrors([Mistake(str(error)).problem(spoken.say.at)]) from error

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
        """What is wrong with the voices that the script names, and the soundscapes and recordings of its front matter and these
        steps."""
        found: list[Problem] = []
        self._try_voices({say.voice for step in steps_of(body) for say in said_by(step)}, found)
        if self.settings.mix != OFF:
            self._try_scenes(body, found)
        for step in steps_of(body):
            if isinstance(step, Recording):
                with _told(found, step.at):
                    self.recorded(step.file, step.at)
        return tuple(found)

    def unmet(self) -> tuple[VoiceguideError, ...]:
        """What is wrong with the voice and the soundscape of this session that the routine does not name itself."""
        found: list[VoiceguideError] = []
        if not self._own_voice:
            from voiceguide.speech.clip import version_of

            with _kept(found), self.asked("voice"):
                version_of(self.settings.voice)
        if self.settings.soundscape is not None and self.settings.mix != OFF:
            with _kept(found), self.asked("soundscape"):
                self.scene(self.first_bed)
        return tuple(found)

    @property
    def _own_voice(self) -> bool:
        return self.settings.source("voice") == self.script.source

    def _try_voices(self, needed: set[str | None], found: list[Problem]) -> None:
        """Each voice of the script where it is first named; one that is not on this machine only if it is needed."""
        from voiceguide.speech.clip import version_of

        named = {self.settings.voice: self.script.front.place("voice")} if self._own_voice else {}
        needed = {*needed, *named}
        for voice, at in self.script.voices:
            named.setdefault(voice, at)
        for voice, at in named.items():
            with _told(found, at), nullcontext() if voice in needed else suppress(VoiceError):
                version_of(voice)

    def _try_scenes(self, body: Sequence[Node], found: list[Problem]) -> None:
        """Each soundscape with its controls; what moves the controls of one that cannot be opened has no fault of its own."""
        own = self.settings.soundscape is None
        opens = self._opens(self.first_bed, self.script.front.place("soundscape"), "", found if own else [])
        name = self.first_bed.scene if opens else None
        for step in steps_of(body):
            if isinstance(step, model.Scene):
                bed = Bed(0, 0, name if step.name == "" else step.name, step.controls)
                opens = self._opens(bed, step.at, f"[soundscape {bed.scene}]: ", found)
                name = bed.scene if opens or step.name == "" else None

    def _opens(self, bed: Bed, at: Place, named: str, found: list[Problem]) -> bool:
        before = len(found)
        with _told(found, at, named):
            self.scene(bed)
        return len(found) == before

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


@contextmanager
def _kept(found: list[VoiceguideError]) -> Iterator[None]:
    """What goes wrong inside is added to `found`."""
    try:
        yield
    except VoiceguideError as error:
        found.append(error)


@contextmanager
def _told(found: list[Problem], at: Place, named: str = "") -> Iterator[None]:
    """What goes wrong inside is added to `found`, at its own place or else at this one."""
    try:
        yield
    except ScriptErrors as error:
        found.extend(error.problems)
    except VoiceguideError as error:
        found.append(Mistake(f"{named}{error}").problem(at))


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
