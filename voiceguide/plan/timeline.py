"""When everything happens: cues, chapters and beds at whole frames, from which mixing, pictures and files are made.

A timeline grows section by section; `length` is promised from the start. Cues are in order of start. Nothing here sounds:
`content` says what to sound, and the rooms above know how.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from voiceguide.audio import RATE
from voiceguide.script.model import Beat, Breathe, CheckIn, Hold, Pause, Place, Role, Say, Wait

Track = Literal["voice", "breath", "signal"]
Ear = Literal["both", "left", "right"]
BreathPhase = Literal["in", "sip", "hold", "out", "rest"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence in a voice: `speed` scales the session's pace (1 is the pace asked for), `gain` in dB."""

    say: Say
    speed: float = 1.0
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Played:
    """A recorded cue, by the file's name as written and the place that names it."""

    file: str
    at: Place
    to: Role = "both"


@dataclass(frozen=True, slots=True)
class Breath:
    """One phase of a breath; the cue's own length is the phase's length."""

    phase: BreathPhase


@dataclass(frozen=True, slots=True)
class Signal:
    """A bell by name, or `tick` (countdown) or `beat` (metronome)."""

    name: str


Content = Spoken | Played | Breath | Signal


@dataclass(frozen=True, slots=True)
class Cue:
    """Something that sounds from `start` to `end` (frames, end not included).

    `kind` says why: instruction, question, prompt, reminder, halfway, countdown, change, recording, again (an instruction once
    more), breath, bell, tick, beat.
    `id` stays the same while text, voice and place in the routine stay; `section` is the chapter's number from 0; `ear` says
    where it is heard."""

    id: str
    start: int
    end: int
    track: Track
    kind: str
    text: str
    content: Content
    section: int
    line: int
    ear: Ear = "both"

    @property
    def to(self) -> Role:
        """Who is spoken to; everything that is not spoken is for both."""
        if isinstance(self.content, Spoken):
            return self.content.say.to
        return self.content.to if isinstance(self.content, Played) else "both"


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section in time; `level` 2 is a step inside one."""

    title: str
    start: int
    end: int
    line: int
    level: int = 1


@dataclass(frozen=True, slots=True)
class Bed:
    """From `start`, over `fade` frames, the bed becomes this scene (None is silence) with these controls and level (dB).

    One that `breathes` rises and falls with the breaths of the timeline."""

    start: int
    fade: int
    scene: str | None
    controls: tuple[tuple[str, float], ...] = ()
    level: float = 0.0
    breathes: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time that a step takes without being one sentence: work, breath, silence, a question with its answer, a gate."""

    start: int
    end: int
    step: Hold | Breathe | Pause | Beat | CheckIn | Wait


WORK = (Hold, Breathe, CheckIn, Wait)
"""What ends a step: the words after it begin the next one."""

WORDS = ("instruction", "question", "recording")
"""The kinds of cue that tell what to do; all others come along with work or say something once more."""

END_FADE = 12 * RATE


@dataclass(frozen=True, slots=True)
class Timeline:
    """Cues, chapters, beds and stretches up to `planned` frames of a session that is `length` frames long.

    The bed and the signals fade out over the last `ending` frames; `bell` says whether a bell closes the session,
    `closing` where its end without words begins, 0 until that is planned."""

    length: int
    planned: int = 0
    cues: tuple[Cue, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    beds: tuple[Bed, ...] = ()
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    ending: int = END_FADE
    bell: bool = True
    closing: int = 0
    starts: tuple[int, ...] = field(default=(), repr=False)
    longest: int = 0

    @property
    def parts(self) -> tuple[Chapter, ...]:
        """The sections that are planned."""
        return tuple(chapter for chapter in self.chapters if chapter.level == 1)

    def joined(
        self,
        planned: int,
        cues: tuple[Cue, ...],
        chapters: tuple[Chapter, ...] = (),
        beds: tuple[Bed, ...] = (),
        notes: tuple[str, ...] = (),
        stretches: tuple[Stretch, ...] = (),
    ) -> "Timeline":
        """This timeline and the next stretch of it, up to `planned`."""
        return replace(
            self.with_cues(self.cues + cues),
            planned=planned,
            chapters=self.chapters + chapters,
            beds=self.beds + beds,
            notes=self.notes + notes,
            stretches=self.stretches + stretches,
        )

    def with_cues(self, cues: Iterable[Cue]) -> "Timeline":
        """The same with these cues instead, put in order."""
        every = tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.id)))
        return replace(
            self,
            cues=every,
            starts=tuple(cue.start for cue in every),
            longest=max((cue.end - cue.start for cue in every), default=0),
        )

    def between(self, start: int, end: int) -> tuple[Cue, ...]:
        """Cues that sound somewhere in [start, end)."""
        first = bisect_right(self.starts, start - self.longest - 1)
        return tuple(cue for cue in self.cues[first : bisect_left(self.starts, end)] if cue.end > start)

    def cue_at(self, frame: int) -> Cue | None:
        """The spoken cue that sounds at `frame`, else the last one begun before it."""
        spoken = [cue for cue in self.cues[: bisect_right(self.starts, frame)] if cue.track == "voice"]
        return spoken[-1] if spoken else None

    def after(self, frame: int) -> Cue | None:
        """The next spoken cue that begins later than `frame`."""
        return next((cue for cue in self.cues[bisect_right(self.starts, frame) :] if cue.track == "voice"), None)

    @property
    def steps(self) -> tuple[int, ...]:
        """Where each step begins, in frames: a chapter, an inner step, the first words after work, a breath or a question."""
        chapters = [(chapter.start, 0, chapter.start) for chapter in self.chapters]
        words = [(cue.start, 1, cue.end) for cue in self.cues if cue.kind in WORDS]
        work = [(stretch.start, 2, stretch.end) for stretch in self.stretches if isinstance(stretch.step, WORK)]
        steps: dict[int, None] = {}
        worked, busy = False, 0
        for start, kind, end in sorted(chapters + words + work):
            if kind == 2:
                worked, busy = True, max(busy, end)
            elif kind == 0 or (worked and start >= busy):
                steps[start], worked = None, False
        return tuple(steps)
