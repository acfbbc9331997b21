"""What the tests of the transport share: a session with everything in it, its states, and what may happen to it."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st
from live_kit import MOST, ROUTINE, Sound, growing, grown, whole

from voiceguide.audio import RATE
from voiceguide.live.commands import (
    Again,
    Ask,
    Back,
    CueBegan,
    Enough,
    Fact,
    Finished,
    Found,
    GoTo,
    Level,
    Longer,
    Lost,
    Mix,
    Next,
    Pause,
    Planned,
    Play,
    Say,
    Seek,
    Skip,
    StateChanged,
    Toggle,
)
from voiceguide.live.transport import SWALLOWED, Transport
from voiceguide.script.model import Wait

S = RATE
WHOLE = whole()
GATES = [stretch for stretch in WHOLE.stretches if isinstance(stretch.step, Wait)]
GATE = GATES[0]
SAID = [cue for cue in WHOLE.cues if cue.track == "voice"]
INSIDE = SAID[2].start + S
QUIET = next(a.end + S for a, b in pairwise(SAID) if b.start - a.end > 5 * S and a.start > GATE.end)

PLAYING = Transport(WHOLE, QUIET, 90 * S, told=QUIET)
PAUSED = replace(PLAYING, holds=(("user", 80 * S),))
LOST = replace(PLAYING, holds=(("device", 80 * S),))
AT_GATE = Transport(WHOLE, GATE.start, 10 * S, (("ready", 10 * S),), 10 * S + MOST, told=GATE.start)
BEFORE = Transport(WHOLE, holds=(("ready", 0),), opens=120 * S)
UNPLANNED = Transport(growing()[1], growing()[1].planned, 50 * S, told=0)
STOPPING = replace(PLAYING, silent=91 * S)
STATES = {
    "playing": PLAYING,
    "paused": PAUSED,
    "lost": LOST,
    "paused and lost": replace(PAUSED, holds=(("user", 80 * S), ("error", 85 * S))),
    "at a gate": AT_GATE,
    "paused at a gate": replace(AT_GATE, holds=(*AT_GATE.holds, ("user", 10 * S))),
    "before": BEFORE,
    "not planned": UNPLANNED,
    "stopping": STOPPING,
}
JUMPS = [Next(), Back(), Skip(), GoTo(1), Seek(20 * S)]


def of(kind: type, events: Iterable[object]) -> list[object]:
    """The events of one kind."""
    return [event for event in events if isinstance(event, kind)]


COMMANDS = st.one_of(
    st.sampled_from([Play(), Pause(), Toggle(), Next(), Back(), Again(), Skip(), Enough(), Ask("softer"), Ask("firmer")]),
    st.sampled_from([Longer(), Longer(7 * S), Mix("lush"), Mix("none"), Level("bed", 3.0), Level("voice", -40.0)]),
    st.builds(GoTo, st.integers(-1, 5)),
    st.builds(Seek, st.integers(-S, 400 * S)),
    st.builds(Say, st.sampled_from([None, "full", "some", "sparse"]), st.integers(-1, 1)),
)
MOMENTS = st.one_of(
    COMMANDS,
    st.integers(1, 45 * S),
    st.sampled_from([Lost("device"), Lost("error", "it broke"), Found(), "plan"]),
)
LAGS = st.integers(0, 3 * RATE // 10)


class Session:
    """A sound under test, planned as it goes: after everything that happens, what must always hold is held to."""

    def __init__(self, lag: int, planned: int) -> None:
        self.sound, self.planned = Sound(Transport(growing()[planned]), lag), planned
        self.told: list[str] = []

    def live(self, moment: object) -> None:
        before, seen = self.sound.transport, len(self.sound.events)
        if moment == "plan":
            moment = self._plan()
        if isinstance(moment, int):
            self.sound.play(moment)
        else:
            self.sound.give(moment)  # type: ignore[arg-type]
        self._hold_to(before, moment, self.sound.events[seen:])

    def end(self) -> None:
        """Nobody touches anything any more, everything that broke is mended, and the rest is planned."""
        for moment in ("plan", "plan", "plan", "plan", "plan", Found(), Play()):
            self.live(moment)
        self.sound.play_out(2 * S, most=500)
        assert self.sound.transport.state == "finished"
        assert [type(event) for event in self.sound.events].count(Finished) == 1
        assert self.sound.events[-1] == Finished(complete=True)

    def _plan(self) -> Fact:
        if self.planned > len(ROUTINE):
            return Found()
        self.planned += 1
        return Planned(grown(self.sound.transport.timeline, self.planned - 1))

    def _hold_to(self, before: Transport, moment: object, events: list[object]) -> None:
        after = self.sound.transport
        assert 0 <= after.position <= after.until <= after.timeline.length
        assert not (after.moving and after.gate)
        assert after.clock >= before.clock - (SWALLOWED if isinstance(moment, Lost) else 0)
        if before.position != after.position and not isinstance(moment, int | Lost):
            assert self.sound.cut
            assert self.sound.cut.moved
        if before.since("user") != after.since("user"):
            assert isinstance(moment, Toggle | (Pause if before.since("user") is None else Play))
        if (before.state, before.reason) != (after.state, after.reason):
            assert StateChanged(after.state, after.reason or "", after.opens_in) in events
        self.told += [event.cue.id for event in events if isinstance(event, CueBegan)]
        assert len(set(self.told)) == len(self.told)
        if isinstance(moment, Lost | Play | Toggle | Next | Back | Skip | GoTo | Seek | Again) or before.gate:
            self.told = []
