"""What every command and every report of the sound makes of a session: one table.

A row is a pure function from the transport to the transport, with what happened and what the sound is told. `apply` is the
only door; it also stops at gates, and tells when the session plays, rests, waits or ends.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
from voiceguide.live.state import Transport, sentence_start
from voiceguide.mix.horizon import settled
from voiceguide.mix.presets import PRESETS
from voiceguide.plan import edits
from voiceguide.script.model import Guidance, Wait

__all__ = ["AMOUNTS", "TABLE", "Change", "Cut", "Transport", "apply"]

JUMP, REST, TURN = RATE // 50, 3 * RATE // 10, 15 * RATE // 100
"""Cross-fades in frames: 20 ms for a jump, 300 ms into and out of a rest, 150 ms for a level."""

INTO_STEP = 3 * RATE
LONG_REST = 20 * RATE
SOON = RATE
"""New words come no sooner: reports are up to 0.3 s old, and what the device holds already is out of reach."""

OUT = 3 * RATE
SWALLOWED = RATE // 4
"""What a device that is lost, and the one that comes back, took and never played: 0 to 0.5 s measured on PulseAudio."""

LOUDEST, SOFTEST = 6.0, -30.0
AMOUNTS: tuple[Guidance, ...] = ("sparse", "some", "full")
NOT_YET = "that part is not ready yet"


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
    if transport.over or (transport.silent is not None and not isinstance(given, Heard | Stop | Lost)):
        return Change(transport)
    made: Change = TABLE[type(given)](transport, given)
    after = _stood(made.transport)
    return replace(made, transport=after, events=(*made.events, *_turned(transport, after)))


def _stood(t: Transport) -> Transport:
    """Held by the gate that the sound has come to."""
    gate = t.gate.step if t.gate and t.moving else None
    return replace(_held(t, "ready"), opens=t.clock + gate.most) if isinstance(gate, Wait) else t


def _turned(before: Transport, after: Transport) -> Iterator[Event]:
    """What is different now for somebody who listens."""
    if (after.state, after.reason) != (before.state, before.reason):
        yield StateChanged(after.state, after.reason or "", after.opens_in)
    if after.over:
        yield Finished(complete=after.whole and not after.repeats and after.left <= after.timeline.ending)


def _held(t: Transport, why: Reason) -> Transport:
    return t if t.since(why) is not None else replace(t, holds=(*t.holds, (why, t.clock)))


def _freed(t: Transport, *whys: Reason) -> Transport:
    return replace(t, holds=tuple(hold for hold in t.holds if hold[0] not in whys))


def _said(t: Transport, words: str) -> Change:
    return Change(t, (Changed(words),))


def _moved(t: Transport, frame: int, words: str = "", fade: int = JUMP) -> Change:
    """To a frame inside the timeline; a gate is left behind, a pause is not."""
    there = _put(replace(_freed(t, "ready"), opens=None), min(max(0, frame), t.timeline.length))
    return Change(there, (Changed(words),) if words else (), Cut(fade, moved=True))


def _put(t: Transport, frame: int) -> Transport:
    """At a frame from which everything is told that begins, and the section too if it is another."""
    there = replace(t, position=frame)
    return replace(there, told=None if t.told is None or there.section != t.section else frame - 1)


def _play(t: Transport, _: Play | Toggle) -> Change:
    since = t.since("user")
    if since is not None:
        return _resumed(t, t.clock - since)
    if t.since("ready") is not None:
        return _moved(t, t.gate.end if t.gate else t.position, fade=REST)
    return _said(t, "it is playing" if t.reason is None else "it goes on by itself as soon as it can")


def _resumed(t: Transport, rest: int) -> Change:
    """On from the beginning of a sentence that was cut; after a long rest the last instruction comes once more.

    A gate that was waited at has its time from then on, the rest not counted."""
    free = replace(_freed(t, "user"), opens=None if t.opens is None else t.opens + rest)
    start = sentence_start(t.sounding, t.position)
    if start < t.position:
        return Change(_put(free, start), (), Cut(REST, moved=True))
    repeated = edits.again(t.timeline, t.position + SOON, t.sounding) if rest > LONG_REST and free.moving else None
    return Change(replace(free, timeline=repeated or t.timeline), (), Cut(REST))


def _pause(t: Transport, _: Pause | Toggle) -> Change:
    if t.since("user") is not None:
        return _said(t, "it rests already")
    return Change(_held(t, "user"), (), Cut(REST))


def _toggle(t: Transport, given: Toggle) -> Change:
    return _pause(t, given) if t.moving else _play(t, given)


def _next(t: Transport, _: Next) -> Change:
    later = t.timeline.steps[bisect_right(t.timeline.steps, t.position) :]
    if later:
        return _moved(t, later[0], "next")
    return _said(t, "this is the last step" if t.whole else NOT_YET)


def _back(t: Transport, _: Back) -> Change:
    earlier = t.timeline.steps[: bisect_right(t.timeline.steps, t.position - INTO_STEP)]
    return _moved(t, earlier[-1] if earlier else 0, "back")


def _again(t: Transport, _: Again) -> Change:
    """Where the sound stands at a gate, or where there is no room for more words, it goes back."""
    repeated = None if t.since("ready") is not None else edits.again(t.timeline, t.position + SOON, t.sounding)
    if repeated is not None:
        return Change(replace(t, timeline=repeated), (Changed("once more"),), Cut(JUMP))
    last = next((c for c in reversed(t.sounding.cues) if c.kind == "instruction" and c.start <= t.position), None)
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
    return _moved(t, sentence_start(t.sounding, given.frame))


def _say(t: Transport, given: Say) -> Change:
    now = AMOUNTS.index(t.guidance)
    wanted = given.level or AMOUNTS[min(max(0, now + given.change), len(AMOUNTS) - 1)]
    return Change(replace(t, guidance=wanted), (Changed(f"guidance: {wanted}"),), Cut(TURN))


def _level(t: Transport, given: Level) -> Change:
    level = min(max(getattr(t.levels, given.part) + given.change, SOFTEST), LOUDEST)
    louder = replace(t, levels=replace(t.levels, **{given.part: level}))
    return Change(louder, (Changed(f"{given.part} {level:+.0f} dB"),), Cut(TURN))


def _mix(t: Transport, given: Mix) -> Change:
    if given.name not in PRESETS:
        return _said(t, f"there is no mix {given.name}; there are {', '.join(PRESETS)}")
    return Change(replace(t, mix=given.name), (Changed(f"mix: {given.name}"),), Cut(REST))


def _ask(t: Transport, given: Ask) -> Change:
    if not t.asked:
        return _said(t, "nothing was asked just now")
    return Change(t, (Changed(f"{given.pressure}, once more"),), None, given)


def _enough(t: Transport, given: Enough) -> Change:
    return Change(replace(t, repeats=0), (Changed("that is enough; a calm ending"),), None, given)


def _stop(t: Transport, _: Stop) -> Change:
    """Over at once when it is the second time, or when no sound comes out that could fade."""
    if t.silent is not None or t.mute:
        return Change(replace(t, silent=t.clock, over=True))
    return Change(replace(t, silent=t.clock + OUT), (), Cut(JUMP))


def _heard(t: Transport, given: Heard) -> Change:
    if t.mute:
        return Change(t)
    here = replace(t, position=min(given.position, t.timeline.length), clock=given.clock)
    if t.silent is not None:
        return Change(replace(here, over=here.clock >= t.silent))
    if here.since("ready") is not None:
        opened = here.opens is not None and here.clock >= here.opens and here.since("user") is None
        return _play(here, Play()) if opened else Change(here)
    first = t.position if t.told is None else t.told + 1
    here = replace(here, told=max(first - 1, here.position))
    events = tuple(_begun(here, first, entered=t.told is None))
    return _ended(here, events) if here.whole and not here.left else Change(here, events)


def _begun(t: Transport, first: int, *, entered: bool) -> Iterator[Event]:
    """What began from `first` to where it is heard now, in order; the section too that was `entered` in its middle."""
    chapters = [(c.start, ChapterBegan(n, c)) for n, c in enumerate(t.sections) if first <= c.start <= t.position]
    begun = [cue for cue in t.sounding.between(first, t.position + 1) if first <= cue.start]
    cues = [(cue.start, CueBegan(cue)) for cue in begun]
    inside = replace(t, position=first).section
    if entered and t.sections and t.sections[inside].start < first:
        yield ChapterBegan(inside, t.sections[inside])
    every: list[tuple[int, Event]] = sorted([*chapters, *cues], key=lambda each: each[0])
    yield from (event for _, event in every)


def _ended(t: Transport, events: tuple[Event, ...]) -> Change:
    if not t.repeats:
        return Change(replace(t, over=True), events)
    anew = _moved(replace(t, repeats=t.repeats - 1, told=None), 0, "from the beginning", REST)
    return replace(anew, events=events + anew.events)


def _planned(t: Transport, given: Planned) -> Change:
    """The gate that it stands at may be gone; a section that is planned while it is heard already has begun."""
    known = replace(t, timeline=given.timeline, position=min(t.position, given.timeline.length))
    told = -1 if t.told is None else t.told
    begun = [(number, chapter) for number, chapter in enumerate(known.sections) if chapter.start <= told]
    late = tuple(ChapterBegan(number, chapter) for number, chapter in begun[len(t.sections) :])
    return Change(_freed(known, "ready") if t.gate and not known.gate else known, late, Cut(0))


def _lost(t: Transport, given: Lost) -> Change:
    """The clock stands; what the device swallowed, and a sentence that was cut, will be heard from its beginning.

    What was to fade out has ended."""
    if t.silent is not None:
        return Change(replace(t, over=True))
    swallowed = min(SWALLOWED, t.position, t.clock) if given.reason == "device" and t.moving else 0
    heard = replace(t, clock=t.clock - swallowed)
    held = _put(_held(heard, given.reason), sentence_start(t.sounding, t.position - swallowed))
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
