"""Where a session is while it is heard, and what can be read from that: why it rests, how far the sound may go, what is on.

A session moves while nothing holds it. `holds` names what does, each with the clock at which it began, and each is lifted by
its own cause: the listener's pause (user) by the listener, a lost device or an error when sound is back, a gate (ready) by a
key, a jump or its time. So a pause stays a pause whatever breaks meanwhile. What is not planned (voice) holds nothing: the
sound comes to stand there by itself, and goes on by itself.

    position    frames of the timeline, what voice and automation read; only reports, jumps and a loss of sound change it
    clock       frames heard in all, what soundscapes read; it goes on while the session rests
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from voiceguide.audio import RATE
from voiceguide.live.commands import Reason, State
from voiceguide.mix.horizon import settled
from voiceguide.plan import edits
from voiceguide.plan.audience import EVERYBODY, Audience, addressed
from voiceguide.plan.timeline import Chapter, Stretch, Timeline
from voiceguide.script.model import CheckIn, Guidance, Wait
from voiceguide.sound.aim import Levels

ANSWER = 15 * RATE
Holds = tuple[tuple[Reason, int], ...]

STATES: dict[Reason | None, State] = {
    "user": "paused",
    "device": "paused",
    "error": "paused",
    "ready": "waiting",
    "voice": "waiting",
    None: "playing",
}
"""The state that each reason makes; of several reasons the first here is the one to tell."""


@dataclass(frozen=True, slots=True)
class Transport:
    """A session being heard. One that begins elsewhere has that `position`; one that waits first is held "ready".

    `opens` is the clock at which a gate opens by itself (None: never), `repeats` how often the session is heard once more,
    `silent` the clock at which a stopped session has faded out, `told` the frame up to which events were given (None: from
    `position` on), `over` that there is nothing more to hear."""

    timeline: Timeline
    position: int = 0
    clock: int = 0
    holds: Holds = ()
    opens: int | None = None
    levels: Levels = field(default_factory=Levels)
    mix: str = "clear"
    guidance: Guidance = "full"
    audience: Audience = EVERYBODY
    repeats: int = 0
    silent: int | None = None
    told: int | None = None
    over: bool = False

    @property
    def reason(self) -> Reason | None:
        """Why it does not move."""
        held = next((why for why in STATES if why and self.since(why) is not None), None)
        return held or ("voice" if not self.whole and self.position >= self.until else None)

    def since(self, why: Reason) -> int | None:
        """The clock since which this holds it; None when it does not."""
        return next((since for each, since in self.holds if each == why), None)

    @property
    def state(self) -> State:
        """playing, paused (user, device, error), waiting (ready, voice), stopping or finished."""
        if self.over:
            return "finished"
        return "stopping" if self.silent is not None else STATES[self.reason]

    @property
    def opens_in(self) -> int | None:
        """Frames until it goes on by itself where it waits for somebody; None where it does not, or not by itself."""
        return self.opens - self.clock if self.reason == "ready" and self.opens is not None else None

    @property
    def moving(self) -> bool:
        """Whether the sound, while it comes out at all, goes on as far as `until`: neither a pause nor a gate holds it."""
        return not self.over and self.silent is None and all(why in ("device", "error") for why, _ in self.holds)

    @property
    def mute(self) -> bool:
        """Whether no sound comes out, whatever it is told."""
        return any(why in ("device", "error") for why, _ in self.holds)

    @property
    def until(self) -> int:
        """The frame that the sound may not pass by itself: the next gate, the end of what is planned, or the end."""
        stretches = self.timeline.stretches
        later = stretches[bisect_left(stretches, self.position, key=_start) :]
        gate = next((stretch.start for stretch in later if isinstance(stretch.step, Wait)), self.timeline.length)
        return min(gate, max(self.position, settled(self.timeline)))

    @property
    def whole(self) -> bool:
        """Whether the timeline is planned to its end."""
        return self.timeline.planned >= self.timeline.length

    @property
    def left(self) -> int:
        """Frames of the timeline still to be heard."""
        return self.timeline.length - self.position

    @property
    def sounding(self) -> Timeline:
        """The timeline as it is heard, with as many words as the guidance allows, and those to others left out."""
        return addressed(edits.thinned(self.timeline, self.guidance), self.audience)

    @property
    def sections(self) -> tuple[Chapter, ...]:
        """The chapters of level 1 that are planned."""
        return tuple(chapter for chapter in self.timeline.chapters if chapter.level == 1)

    @property
    def section(self) -> int:
        """The number of the section that is heard, from 0."""
        return max(0, bisect_right(self.sections, self.position, key=_start) - 1)

    @property
    def stretch(self) -> Stretch | None:
        """The work, breath, question or gate that is going on."""
        begun = bisect_right(self.timeline.stretches, self.position, key=_start)
        last = self.timeline.stretches[begun - 1] if begun else None
        return last if last and self.position < last.end else None

    @property
    def asked(self) -> bool:
        """Whether a question can be answered: while it waits, and a little longer."""
        questions = (each for each in self.timeline.stretches if isinstance(each.step, CheckIn))
        return any(each.start <= self.position < each.end + ANSWER for each in questions)

    @property
    def gate(self) -> Stretch | None:
        """The gate at whose beginning the sound stands."""
        here = self.stretch
        return here if here and isinstance(here.step, Wait) and here.start == self.position else None


def _start(part: Chapter | Stretch) -> int:
    return part.start


def sentence_start(timeline: Timeline, frame: int) -> int:
    """The first frame of the sentence that is being said at `frame`; `frame` itself where none is."""
    return min((cue.start for cue in timeline.between(frame, frame + 1) if cue.track == "voice"), default=frame)
