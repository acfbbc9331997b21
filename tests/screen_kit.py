"""What the tests of screens and keys share: a session as the planner makes it, seen at any moment, and how a picture looks."""

from io import StringIO

from plan_kit import AT, SIX, CountedLengths, hold, say, section
from rich.console import Console, RenderableType

from voiceguide.audio import RATE
from voiceguide.live.state import Transport
from voiceguide.live.view import Status
from voiceguide.plan.budget import budget
from voiceguide.plan.schedule import begin, finish, place
from voiceguide.plan.timeline import Bed, Cue, Timeline
from voiceguide.script.model import CheckIn, Node, Section, Wait

ROUTINE = (
    section("Arrive", say("Lie down, and let your arms rest beside you."), hold(10, 300, breathe=SIX)),
    section(
        "The shoulders",
        section("Left side", say("Squeeze the left shoulder, and let it go again."), hold(10, 300), level=2),
        CheckIn(say("Softer, firmer, or just right?"), 10 * RATE, AT),
    ),
    section("Finish", Wait(60 * RATE, AT), say("Thank you. Rest for as long as you like.")),
)
STATUS = Status(
    title="First back massage",
    chapters=3,
    device="Kitchen speakers",
    ends="15:50",
    voiced=0.6,
    underruns=2,
    restarts=1,
    warnings=("the voice heart failed; emma speaks",),
)


def timeline(*sections: Section, seconds: int = 240) -> Timeline:
    """The sections placed into a session of that many seconds."""
    booked = budget("kit", sections or ROUTINE, seconds * RATE, CountedLengths())
    planned = begin(booked, Bed(0, 3 * RATE, "rain"))
    for number in range(len(booked.bookings)):
        planned = place(booked, planned, number, CountedLengths())
    return finish(booked, planned, CountedLengths())


def one(*body: Node) -> Timeline:
    """A session of one section."""
    return timeline(section("Only", *body, hold(1, 600)))


def cue(planned: Timeline, words: str) -> Cue:
    """The first cue with these words in its text."""
    return next(cue for cue in planned.cues if words in cue.text)


def at(planned: Timeline, frame: int, **more: object) -> Transport:
    """The session at a frame."""
    return Transport(planned, position=frame, clock=frame, **more)  # type: ignore[arg-type]


def shown(picture: RenderableType, width: int, height: int = 200) -> list[str]:
    """The lines that a terminal of that size shows, without colours."""
    stream = StringIO()
    Console(file=stream, width=width, height=height, color_system=None).print(picture)
    return [line.rstrip() for line in stream.getvalue().splitlines()]
