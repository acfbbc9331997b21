"""The narrator: sentences in, clips out; who speaks, how fast, what happens when a voice fails.

A sentence is normalised, its words a minute become its voice's own speed, and this utterance is looked up in the cache or
recorded and put there. What is mixed is always decoded from the FLAC, so that a clip has the same bytes whether it was spoken
just now or last year. A voice that fails at a sentence is asked once more, alone; then the next one speaks it: the voice asked
for, the default voice if the language is its own, the system's voice. Only when none can is it an error.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from voiceguide.audio import Mono, frames
from voiceguide.errors import UsageError, VoiceError
from voiceguide.plan.timeline import Spoken
from voiceguide.script.model import Place, Say
from voiceguide.speech import estimate, pace
from voiceguide.speech.cache import GIGABYTE, Cache, default_folder
from voiceguide.speech.clip import Clip, Utterance, version_of
from voiceguide.speech.flac import decode, length
from voiceguide.speech.normaliser import Lexicon, is_english, normalise, unspeakable
from voiceguide.speech.studio import Studio
from voiceguide.speech.voice import DEFAULT, language_of, voices

LAST_RESORT = "system"
DECODED = 8
AUDIBLE_LIMITING = 6.0

Progress = Callable[[int, int], None]
Take = bytes | VoiceError

__all__ = ["Clip", "Narrator", "Utterance", "voices"]


class Narrator:
    """Speaks a session's sentences, for one thread; a context manager that ends its workers.

    `pace` is words a minute of a whole passage, `lexicon` pairs of (written, spoken), `jobs` None is all cores, `cache` None
    is the person's cache folder, kept under `cache_bytes`.

    Raises UsageError for a voice that does not exist, VoiceError for one that is not installed.
    """

    def __init__(
        self,
        voice: str = DEFAULT,
        *,
        pace: float = 125.0,
        lexicon: Lexicon = (),
        language: str = "en",
        jobs: int | None = None,
        cache: Path | None = None,
        cache_bytes: int = GIGABYTE,
    ) -> None:
        version_of(voice)
        self._voice, self._pace, self._lexicon, self._language = voice, pace, lexicon, language
        self._studio = Studio(jobs)
        self._cache = Cache(cache or default_folder(), cache_bytes)
        self._clips: dict[Utterance, Clip] = {}
        self._decoded: OrderedDict[str, Mono] = OrderedDict()
        self._notes: dict[str, None] = {}
        self.fallbacks: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the workers and bring the cache under its size."""
        self._studio.close()
        self._cache.trim()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the report should mention: signs left out, peaks turned down, a cache that cannot be used."""
        return (*self._notes, *self._cache.notes)

    def estimate(self, say: Say, speed: float = 1.0) -> int:
        """Frames a sentence will last, from its text alone; starts nothing."""
        asked = self._utterance(Spoken(say, speed))
        return frames(round(estimate.seconds(asked.text, asked.voice, asked.speed), 4))

    def gap(self, kind: str) -> int:
        """Frames of silence after a `sentence`, a `paragraph` or a `beat` at the session's pace."""
        return pace.gap(kind, self._pace)

    def warm(self, spoken: Sequence[Spoken]) -> None:
        """Let the voices that these still need be loaded meanwhile; waits for nothing. What is wrong is told by `voice_all`."""
        for each in spoken:
            with suppress(UsageError, VoiceError):
                asked = self._utterance(each)
                if asked not in self._clips and not self._cache.has(asked.key):
                    self._studio.warm(asked.voice)

    def voice_all(self, spoken: Sequence[Spoken], progress: Progress | None = None) -> None:
        """Voice these into the cache on all cores; `progress(done, all)` after each. VoiceError when nothing can speak one."""
        wanted = {self._utterance(each): each for each in spoken}
        missing = [asked for asked in wanted if not self._recall(asked)]
        done = len(wanted) - len(missing)
        failed: list[tuple[Utterance, VoiceError]] = []
        with closing(self._record(missing)) as takes:
            for asked, take in takes:
                if isinstance(take, VoiceError):
                    failed.append((asked, take))
                else:
                    self._keep(asked, asked, take)
                    done += 1
                _tell(progress, done, len(wanted))
        for asked, error in failed:
            self._rescue(asked, wanted[asked], error)
            done += 1
            _tell(progress, done, len(wanted))

    def clip(self, spoken: Spoken) -> Clip:
        """The clip of a sentence, voiced now if it was not yet."""
        asked = self._utterance(spoken)
        if asked not in self._clips:
            self.voice_all([spoken])
        return self._clips[asked]

    def flac(self, spoken: Spoken) -> bytes:
        """The FLAC file of `clip(spoken)`: mono, 16 bits, 48 kHz, -16 LUFS."""
        return self._bytes(spoken, self.clip(spoken))

    def samples(self, spoken: Spoken) -> Mono:
        """The sound of `clip(spoken)`: mono float32 (frames,) at 48 kHz and -16 LUFS, read-only."""
        clip = self.clip(spoken)
        if clip.key not in self._decoded:
            self._decoded[clip.key] = decode(self._bytes(spoken, clip))
        self._decoded.move_to_end(clip.key)
        while len(self._decoded) > DECODED:
            self._decoded.popitem(last=False)
        return self._decoded[clip.key]

    def _utterance(self, spoken: Spoken, voice: str | None = None) -> Utterance:
        """The sentence as its voice, or another one, is asked for it."""
        say = spoken.say
        chosen = voice or self._voice_of(say)
        language = language_of(chosen) or self._language
        text = normalise(say.text, language, self._lexicon)
        lost = unspeakable(say.text, language, self._lexicon)
        if not text:
            raise VoiceError(f"no voice for {language!r} can say {say.text!r}; write it in words, or remove it")
        if lost:
            self._note(f"{_where(say.at)}: left out what the voice cannot say: {' '.join(lost)}")
        wpm = pace.articulation((say.pace or self._pace) * spoken.speed, self._pace)
        return Utterance(text, chosen, pace.speed(chosen, wpm))

    def _voice_of(self, say: Say) -> str:
        """The voice the line asks for, else the session's."""
        if say.voice is None:
            return self._voice
        try:
            version_of(say.voice)
        except (UsageError, VoiceError) as error:
            raise type(error)(f"{_where(say.at)}: {error}") from error
        return say.voice

    def _recall(self, asked: Utterance, request: Utterance | None = None, reason: str = "") -> bool:
        """Take a clip from memory or the cache, for the request it answers."""
        request = request or asked
        if request not in self._clips and (data := self._cache.get(asked.key)):
            self._clips[request] = Clip(length(data), asked.voice, reason, asked.key)
        return request in self._clips

    def _record(self, missing: Sequence[Utterance]) -> Generator[tuple[Utterance, Take]]:
        """Each with its take, in order, recorded side by side; when interrupted, nothing is waited for."""
        lanes = ThreadPoolExecutor(self._studio.jobs)
        try:
            takes = lanes.map(self._take, missing)
            yield from zip(missing, takes, strict=True)
        except BaseException:
            lanes.shutdown(wait=False, cancel_futures=True)
            self._studio.close()
            raise
        finally:
            lanes.shutdown()

    def _take(self, asked: Utterance) -> Take:
        try:
            data, lowered = self._studio.record(asked)
        except (VoiceError, UsageError) as error:
            return VoiceError(str(error))
        if lowered > AUDIBLE_LIMITING:
            self._note(f"peaks of {asked.text!r} were turned down by {lowered:.1f} dB")
        return data

    def _keep(self, request: Utterance, asked: Utterance, data: bytes, reason: str = "") -> None:
        self._cache.put(asked.key, data)
        self._clips[request] = Clip(length(data), asked.voice, reason, asked.key)

    def _rescue(self, request: Utterance, spoken: Spoken, error: VoiceError) -> None:
        """Once more, alone, then the voices that stand in, until one speaks."""
        reason = str(error)
        for voice in dict.fromkeys((request.voice, *self._stand_ins(request))):
            asked = self._utterance(spoken, voice)
            why = "" if voice == request.voice else reason
            if self._recall(asked, request, why):
                return self._report(spoken, request, voice, why)
            take = self._take(asked)
            if isinstance(take, bytes):
                self._keep(request, asked, take, why)
                return self._report(spoken, request, voice, why)
            reason = str(take) if voice == request.voice else f"{reason}; {voice}: {take}"
        raise VoiceError(f"{_where(spoken.say.at)}: no voice could say {request.text!r}: {reason}; try `voiceguide doctor`")

    def _stand_ins(self, request: Utterance) -> tuple[str, ...]:
        language = language_of(request.voice) or self._language
        system = f"system:{language.lower()}"
        known = any(info.name == system for info in voices())
        return (*((DEFAULT,) if is_english(language) else ()), system if known else LAST_RESORT)

    def _report(self, spoken: Spoken, request: Utterance, voice: str, reason: str) -> None:
        if reason:
            self.fallbacks += (f"{_where(spoken.say.at)}: {request.text!r} was spoken by {voice}, because {reason}",)

    def _bytes(self, spoken: Spoken, clip: Clip) -> bytes:
        """A clip's FLAC; one that the cache lost is recorded again, by the same voice and as long as it was."""
        if data := self._cache.get(clip.key):
            return data
        take = self._take(self._utterance(spoken, clip.voice))
        if isinstance(take, VoiceError):
            raise VoiceError(f"{_where(spoken.say.at)}: the clip of {spoken.say.text!r} was lost, and now {take}")
        if length(take) != clip.frames:
            raise VoiceError(f"{_where(spoken.say.at)}: {clip.voice} speaks {spoken.say.text!r} differently each time")
        self._cache.put(clip.key, take)
        return take

    def _note(self, words: str) -> None:
        self._notes[words] = None


def _where(at: Place) -> str:
    return f"{at.file}:{at.line}:{at.column}"


def _tell(progress: Progress | None, done: int, count: int) -> None:
    if progress:
        progress(done, count)
