"""Where a session is, and what every command and every report of the sound makes of it: one value and one table.

A session moves while nothing holds it. `holds` names what does, each with the clock at which it began, and each is lifted by
its own cause: the listener's pause (user) by the listener, a lost device or an error when sound is back, a gate (ready) by a
key or its time, a plan that is not far enough (voice) by the planner. So a pause stays a pause whatever breaks meanwhile.

    position    frames of the timeline, what voice and automation read
    clock       frames heard in all, what soundscapes read; it goes on while the session rests
"""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from voiceguide.audio import RATE
from voiceguide.live.commands import (
    Again,
    Ask,
    Back,
    Changed,
    ChapterBegan,
    Command,
    CueBegan,
    Enough,
    Event,
    Fact,
    Finished,
    Found,
    GoTo,
    Guidance,
    Heard,
    Level,
    Longer,
    Lost,
    Mix,
    Next,
    Pause,
    Planned,
    Play,
    Reason,
    Say,
    Seek,
    Skip,
    StateChanged,
    Stop,
    Toggle,
)
from voiceguide.mix.automation import settled
from voiceguide.mix.presets import PRESETS
from voiceguide.plan import edits
from voiceguide.plan.timeline import Chapter, Cue, Stretch, Timeline
from voiceguide.script.model import CheckIn, Wait

JUMP, REST, TURN = RATE // 50, 3 * RATE // 10, 15 * RATE // 100
"""Cross-fades in frames: 20 ms for a jump, 300 ms into and out of a rest, 150 ms for a level."""

INTO_STEP = 3 * RATE
LONG_REST = 20 * RATE
SOON = RATE // 2
ANSWER = 15 * RATE
OUT = 3 * RATE
LOUDEST, SOFTEST = 6.0, -30.0
AMOUNTS: tuple[Guidance, ...] = ("sparse", "some", "full")
NOT_YET = "that part is not ready yet"


@dataclass(frozen=True, slots=True)
class Levels:
    """How much louder each part is than the mix has it, in dB, -30 to 6."""

    voice: float = 0.0
    bed: float = 0.0
    signals: float = 0.0


@dataclass(frozen=True, slots=True)
class Transport:
    """A session in the middle of being heard.

    `opens` is the clock at which a gate opens by itself, `silent` the clock at which a stopped session has faded out, `told`
    the frame up to which events were given, `over` that there is nothing more to hear."""

    timeline: Timeline
    position: int = 0
    clock: int = 0
    holds: tuple[tuple[Reason, int], ...] = ()
    opens: int | None = None
    levels: Levels = field(default_factory=Levels)
    mix: str = "clear"
    guidance: Guidance = "full"
    silent: int | None = None
    told: int = -1
    over: bool = False

    @property
    def reason(self) -> Reason | None:
        """Why it does not move: what began to hold it first."""
        return self.holds[0][0] if self.holds else None

    @property
    def state(self) -> str:
        """playing, paused (user, device, error), waiting (ready, voice), stopping or finished."""
        if self.over:
            return "finished"
        if self.silent is not None:
            return "stopping"
        if self.reason is None:
            return "playing"
        return "waiting" if self.reason in ("ready", "voice") else "paused"

    @property
    def moving(self) -> bool:
        """Whether the sound is to move on once there is a device: nothing but the device holds it."""
        return not self.over and self.silent is None and all(why in ("device", "error", "voice") for why, _ in self.holds)

    @property
    def until(self) -> int:
        """The frame that the sound may not pass by itself: the next gate, the end of what is planned, or the end."""
        gate = next((s.start for s in self.timeline.stretches if isinstance(s.step, Wait) and s.start >= self.position), None)
        ready = self.timeline.length if self.whole else max(self.position, settled(self.timeline))
        return ready if gate is None else min(gate, ready)

    @property
    def whole(self) -> bool:
        """Whether the timeline is planned to its end."""
        return self.timeline.planned >= self.timeline.length

    @property
    def left(self) -> int:
        """Frames of the timeline still to be heard."""
        return max(0, self.timeline.length - self.position)

    @property
    def sections(self) -> tuple[Chapter, ...]:
        """The chapters of level 1 that are planned."""
        return tuple(chapter for chapter in self.timeline.chapters if chapter.level == 1)

    @property
    def section(self) -> int:
        """The number of the section that is heard, from 0."""
        return max(0, bisect_right([chapter.start for chapter in self.sections], self.position) - 1)

    @property
    def stretch(self) -> Stretch | None:
        """The work, breath, question or gate that is going on."""
        return next((s for s in reversed(self.timeline.stretches) if s.start <= self.position < s.end), None)


@dataclass(frozen=True, slots=True)
class Cut:
    """What the sound is told: cross-fade over `fade` frames, to the transport's position if it `moved`."""

    fade: int
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The transport after a command, what happened, what the sound is told, and what only the planner can do."""

    transport: Transport
    events: tuple[Event, ...] = ()
    cut: Cut | None = None
    request: Longer | Ask | Enough | None = None


def apply(transport: Transport, given: Command | Fact) -> Change:
    """What a command or a fact makes of a transport. Once it is over nothing changes it any more."""
    if transport.over or (transport.silent is not None and not isinstance(given, Heard | Stop)):
        return Change(transport)
    made: Change = TABLE[type(given)](transport, given)
    after = made.transport
    if (after.state, after.reason) == (transport.state, transport.reason):
        return made
    return replace(made, events=(*made.events, StateChanged(after.state, after.reason or "")))


def _held(t: Transport, why: Reason) -> Transport:
    return t if _holds(t, why) else replace(t, holds=(*t.holds, (why, t.clock)))


def _freed(t: Transport, *whys: Reason) -> Transport:
    return replace(t, holds=tuple(hold for hold in t.holds if hold[0] not in whys))


def _holds(t: Transport, why: Reason) -> bool:
    return any(each == why for each, _ in t.holds)


def _said(t: Transport, words: str) -> Change:
    return Change(t, (Changed(words),))


def _moved(t: Transport, frame: int, words: str = "", fade: int = JUMP) -> Change:
    """To a frame inside the timeline; a gate is left behind, a pause is not."""
    frame = min(max(0, frame), t.timeline.length)
    there = replace(_freed(t, "ready", "voice"), position=frame, told=frame - 1, opens=None)
    return Change(there, (Changed(words),) if words else (), Cut(fade, moved=True))


def _play(t: Transport, _: Play | Toggle) -> Change:
    if _holds(t, "user"):
        return _resumed(t, next(since for why, since in t.holds if why == "user"))
    if _holds(t, "ready"):
        gate = t.stretch
        at_gate = gate is not None and isinstance(gate.step, Wait)
        return _moved(t, gate.end if gate and at_gate else t.position, fade=REST)
    return _said(t, "it is playing" if t.reason is None else "it goes on by itself as soon as it can")


def _resumed(t: Transport, since: int) -> Change:
    """On from the beginning of a sentence that was cut; after a long rest the last instruction comes once more."""
    free = _freed(t, "user")
    cut = _sounding(t)
    if cut is not None:
        return Change(replace(free, position=cut.start, told=cut.start - 1), (), Cut(REST, moved=True))
    repeated = edits.again(t.timeline, t.position + SOON) if t.clock - since > LONG_REST else None
    return Change(replace(free, timeline=repeated or t.timeline), (), Cut(REST, moved=True))


def _sounding(t: Transport) -> Cue | None:
    """The sentence that is being said."""
    said = [cue for cue in t.timeline.between(t.position, t.position + 1) if cue.track == "voice" and cue.start < t.position]
    return said[0] if said else None


def _pause(t: Transport, _: Pause | Toggle) -> Change:
    if _holds(t, "user"):
        return _said(t, "it rests already")
    return Change(_held(t, "user"), (), Cut(REST))


def _toggle(t: Transport, given: Toggle) -> Change:
    return _play(t, given) if _holds(t, "user") or _holds(t, "ready") else _pause(t, given)


def _next(t: Transport, _: Next) -> Change:
    later = [frame for frame in t.timeline.steps if frame > t.position]
    if later:
        return _moved(t, later[0], "next")
    return _said(t, "this is the last step" if t.whole else NOT_YET)


def _back(t: Transport, _: Back) -> Change:
    earlier = [frame for frame in t.timeline.steps if frame <= max(0, t.position - INTO_STEP)]
    return _moved(t, earlier[-1] if earlier else 0, "back")


def _again(t: Transport, _: Again) -> Change:
    repeated = edits.again(t.timeline, t.position + SOON)
    if repeated is not None:
        return Change(replace(t, timeline=repeated), (Changed("once more"),), Cut(JUMP))
    last = next((c for c in reversed(t.timeline.cues) if c.kind == "instruction" and c.start <= t.position), None)
    return _moved(t, last.start, "back to the last instruction") if last else _said(t, "nothing was said yet")


def _longer(t: Transport, given: Longer) -> Change:
    longer = edits.longer(t.timeline, t.position + SOON, given.frames)
    added = longer.length - t.timeline.length
    if not added:
        return _said(t, "there is nothing to make longer here")
    return Change(replace(t, timeline=longer), (Changed(f"{round(added / RATE)} seconds longer"),), Cut(JUMP), given)


def _skip(t: Transport, _: Skip) -> Change:
    return _to_section(t, t.section + 1, "this is the last section")


def _go_to(t: Transport, given: GoTo) -> Change:
    return _to_section(t, given.section, "there is no such section")


def _to_section(t: Transport, number: int, none: str) -> Change:
    if 0 <= number < len(t.sections):
        return _moved(t, t.sections[number].start, t.sections[number].title)
    return _said(t, none if t.whole or number < 0 else NOT_YET)


def _seek(t: Transport, given: Seek) -> Change:
    if not t.whole and given.frame > settled(t.timeline):
        return _said(t, NOT_YET)
    return _moved(t, given.frame)


def _say(t: Transport, given: Say) -> Change:
    now = AMOUNTS.index(t.guidance)
    wanted = given.level or AMOUNTS[min(max(0, now + given.change), len(AMOUNTS) - 1)]
    return Change(replace(t, guidance=wanted), (Changed(f"guidance: {wanted}"),), Cut(TURN))


def _level(t: Transport, given: Level) -> Change:
    level = min(max(getattr(t.levels, given.part) + given.change, SOFTEST), LOUDEST)
    return Change(
        replace(t, levels=replace(t.levels, **{given.part: level})), (Changed(f"{given.part} {level:+.0f} dB"),), Cut(TURN)
    )


def _mix(t: Transport, given: Mix) -> Change:
    if given.name not in PRESETS:
        return _said(t, f"there is no mix {given.name}; there are {', '.join(PRESETS)}")
    return Change(replace(t, mix=given.name), (Changed(f"mix: {given.name}"),), Cut(REST))


def _ask(t: Transport, given: Ask) -> Change:
    asked = [s for s in t.timeline.stretches if isinstance(s.step, CheckIn) and s.start <= t.position < s.end + ANSWER]
    return (
        Change(t, (Changed(f"{given.pressure}, once more"),), None, given) if asked else _said(t, "nothing was asked just now")
    )


def _enough(t: Transport, given: Enough) -> Change:
    return Change(t, (Changed("that is enough; a calm ending"),), None, given)


def _stop(t: Transport, _: Stop) -> Change:
    return Change(replace(t, silent=t.silent or t.clock + OUT), (), Cut(JUMP))


def _heard(t: Transport, given: Heard) -> Change:
    here = replace(t, position=min(given.position, t.timeline.length), clock=given.clock)
    if t.silent is not None:
        done = given.clock >= t.silent
        return Change(replace(here, over=done), (Finished(complete=False),) if done else ())
    if _holds(here, "ready"):
        opened = here.opens is not None and here.clock >= here.opens and not _holds(here, "user")
        return _play(here, Play()) if opened else Change(here)
    events = tuple(_begun(t, here.position))
    here = replace(here, told=max(t.told, here.position))
    if here.position >= here.timeline.length and here.whole:
        return Change(replace(here, over=True), (*events, Finished(complete=True)))
    return Change(_stood(here), events)


def _begun(t: Transport, now: int) -> "list[Event]":
    """What began after the last report, up to `now`."""
    chapters = [(c.start, ChapterBegan(n, c)) for n, c in enumerate(t.sections) if t.told < c.start <= now]
    cues = [(c.start, CueBegan(c)) for c in t.timeline.between(t.told + 1, now + 1) if t.told < c.start]
    every: list[tuple[int, Any]] = sorted([*chapters, *cues], key=lambda each: each[0])
    return [event for _, event in every]


def _stood(t: Transport) -> Transport:
    """Held where the sound could not go on: at a gate, or at the end of what is planned."""
    if t.position < t.until or not t.moving:
        return t
    gate = t.stretch
    if gate is not None and isinstance(gate.step, Wait) and gate.start == t.position:
        return replace(_held(t, "ready"), opens=t.clock + gate.step.most)
    return t if t.whole else _held(t, "voice")


def _planned(t: Transport, given: Planned) -> Change:
    return Change(_freed(replace(t, timeline=given.timeline), "voice"), (), Cut(0))


def _lost(t: Transport, given: Lost) -> Change:
    """The clock stands; a sentence that was cut will be said from its beginning."""
    cut = _sounding(t)
    at = cut.start if cut else t.position
    held = replace(_held(t, given.reason), position=at, told=min(t.told, at - 1))
    return Change(held, (Changed(given.words),) if given.words else ())


def _found(t: Transport, _: Found) -> Change:
    return Change(_freed(t, "device", "error"))


TABLE: dict[type, Callable[[Transport, Any], Change]] = {
    Play: _play,
    Pause: _pause,
    Toggle: _toggle,
    Next: _next,
    Back: _back,
    Again: _again,
    Longer: _longer,
    Skip: _skip,
    GoTo: _go_to,
    Seek: _seek,
    Say: _say,
    Level: _level,
    Mix: _mix,
    Ask: _ask,
    Enough: _enough,
    Stop: _stop,
    Heard: _heard,
    Planned: _planned,
    Lost: _lost,
    Found: _found,
}
