"""What the live room's tests share: a routine with everything in it as its plan grows, and a sound that plays as it is told."""

from dataclasses import replace
from functools import cache

from plan_kit import AT, SIX, CountedLengths, hold, pause, say, section

from voiceguide.audio import RATE
from voiceguide.live.commands import Command, Event, Fact, Found, Heard, Lost, Planned
from voiceguide.live.transport import Change, Cut, Transport, apply
from voiceguide.plan.budget import Budget, budget
from voiceguide.plan.schedule import begin, finish, place
from voiceguide.plan.timeline import Bed, Timeline
from voiceguide.script.model import Breathe, CheckIn, Countdown, Reminders, Section, Wait

S = RATE
MOST = 90 * S

ROUTINE = (
    section(
        "Arrive", say("Lie down, and let the table carry you.", 2), Wait(MOST, AT), say("Thank you, let us begin.", 4), line=1
    ),
    section(
        "Back",
        say("Long strokes beside the spine.", 6),
        hold(60, 90, reminders=Reminders(15 * S, (say("Slow and even.", 7), say("Warm hands.", 7)))),
        say("Now the other side, a gentle pressure.", 8),
        hold(40, 60, halfway=say("Halfway.", 9), countdown=Countdown(3, "tick")),
        CheckIn(say("How is the pressure?", 10), 7 * S, AT),
        section("Neck", say("Up to the neck.", 12), hold(20, 30, breathe=SIX), line=11, level=2),
        line=5,
    ),
    section("Breathe", say("Breathe with the tone.", 14), Breathe(SIX, AT, count=3), Wait(MOST, AT), line=13),
    section("Close", say("Thank you.", 16), pause(3), say("Rest now.", 16), line=15),
)


LENGTHS = CountedLengths()


@cache
def booked(sections: tuple[Section, ...] = ROUTINE, seconds: int = 300) -> Budget:
    return budget("kit", sections, seconds * S, LENGTHS)


def grown(timeline: Timeline, number: int, plan: Budget | None = None) -> Timeline:
    """The timeline with its section `number`, and with its end after the last."""
    plan = plan or booked()
    if number == len(plan.bookings):
        return finish(plan, timeline, LENGTHS)
    return place(plan, timeline, number, LENGTHS)


@cache
def growing(sections: tuple[Section, ...] = ROUTINE, seconds: int = 300) -> tuple[Timeline, ...]:
    """The timeline after each section, in order; the last one is whole."""
    plan = booked(sections, seconds)
    timelines = [begin(plan, Bed(0, 3 * S, "rain"))]
    for number in range(len(plan.bookings) + 1):
        timelines.append(grown(timelines[-1], number, plan))
    return tuple(timelines)


def whole(sections: tuple[Section, ...] = ROUTINE, seconds: int = 300) -> Timeline:
    return growing(sections, seconds)[-1]


def quiet(timeline: Timeline) -> Timeline:
    """The same without its gates."""
    return replace(timeline, stretches=tuple(s for s in timeline.stretches if not isinstance(s.step, Wait)))


class Sound:
    """Moves as it was last told, never past `until`, and reports what was `lag` frames ago; an old report leads nowhere."""

    def __init__(self, transport: Transport, lag: int = 0) -> None:
        self.transport, self.lag = transport, lag
        self.position, self.clock = transport.position, transport.clock
        self.moving, self.until = transport.moving, transport.until
        self.heard = self.back = self.forth = 0
        self.past: list[tuple[int, int]] = [(self.clock, self.position)]
        self.events: list[Event] = []
        self.cut: Cut | None = None

    def give(self, given: Command | Fact) -> Change:
        change = apply(self.transport, given)
        self.transport, self.cut = change.transport, change.cut
        self.events += change.events
        if isinstance(given, Lost) or (change.cut and change.cut.moved):
            self._jump()
        if change.cut or isinstance(given, Lost):
            self.moving, self.until = self.transport.moving, self.transport.until
        return change

    def play(self, frames: int) -> None:
        """So much time goes by."""
        if self.transport.mute or self.transport.over:
            return
        step = max(0, min(frames, self.until - self.position)) if self.moving else 0
        self.position, self.clock, self.heard = self.position + step, self.clock + frames, self.heard + step
        self.past.append((self.clock, self.position))
        old = max(self.transport.clock, self.clock - self.lag)
        while len(self.past) > 1 and self.past[1][0] <= old:
            self.past.pop(0)
        clock, position = self.past[0]
        self.give(Heard(position if clock <= old else self.transport.position, old))

    def play_out(self, frames: int = S // 2, most: int = 10_000) -> None:
        """Until it is over; a session that does not end fails here."""
        for _ in range(most):
            if self.transport.over:
                return
            self.play(frames)
        raise AssertionError(f"it never ends: {self.transport.state} ({self.transport.reason}) at {self.position}")

    def play_to(self, frame: int) -> None:
        while self.position < frame:
            self.play(min(S // 5, frame - self.position))

    def plan(self, timeline: Timeline) -> None:
        self.give(Planned(timeline))

    def lose(self) -> None:
        self.give(Lost("device"))

    def find(self) -> None:
        self.give(Found())

    def _jump(self) -> None:
        way = self.transport.position - self.position
        self.back, self.forth = self.back + max(0, -way), self.forth + max(0, way)
        self.position, self.past = self.transport.position, [(self.clock + 1, self.transport.position)]
