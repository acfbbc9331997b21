"""What the planner's tests share: lengths that can be reckoned by hand, short ways to write steps, and routines of any kind."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from hypothesis import strategies as st

from voiceguide import library
from voiceguide.audio import RATE, frames
from voiceguide.plan.budget import Budget, budget, natural_length
from voiceguide.plan.schedule import begin, finish, place
from voiceguide.plan.timeline import Bed, Spoken, Timeline
from voiceguide.plan.words import Manner
from voiceguide.script.includes import expand
from voiceguide.script.model import (
    Anchor,
    Attributes,
    Bell,
    Breathe,
    CheckIn,
    Countdown,
    Hold,
    Length,
    Node,
    Pattern,
    Pause,
    Place,
    Recording,
    Reminders,
    Say,
    Section,
    Wait,
)
from voiceguide.script.parser import parse
from voiceguide.script.unfold import unfold

AT = Place("kit.md", 1)
SIX = Pattern("six", 5 * RATE, 0, 5 * RATE)
SIGH = Pattern("sigh", 2 * RATE, 0, 6 * RATE, RATE, RATE)


@dataclass(frozen=True)
class CountedLengths:
    """Every character takes `frame` frames at speed 1; gaps, bells and recordings are round numbers."""

    frame: int = 2000

    def speech(self, spoken: Spoken) -> int:
        return round(len(spoken.say.text) * self.frame / spoken.speed)

    def recording(self, step: Recording) -> int:
        return 3 * RATE

    def signal(self, name: str) -> int:
        return 6 * RATE if name in ("soft", "bowl", "closing") else RATE // 10

    def gap(self, kind: str) -> int:
        return {"sentence": RATE, "paragraph": 2 * RATE, "beat": 3 * RATE}[kind]


MANNER = Manner(CountedLengths())


def say(text: str, line: int = 1, *, opens: bool = False) -> Say:
    return Say(text, Place("kit.md", line), opens)


def pause(seconds: float) -> Pause:
    return Pause(frames(seconds), AT)


def hold(least: float, most: float | None = None, **clauses: object) -> Hold:
    low, high = frames(least), frames(least if most is None else most)
    return Hold(Length(low, (low + high) // 2, high), AT, **clauses)  # type: ignore[arg-type]


def section(title: str, *body: Node, line: int = 1, level: int = 1, **attributes: object) -> Section:
    return Section(title, Place("kit.md", line), body, level, Attributes(**attributes))  # type: ignore[arg-type]


def planned(
    *sections: Section, length: int | None = None, sections_placed: int | None = None, guidance: str = "full", bell: bool = True
) -> Timeline:
    """The timeline of these sections at their natural length or `length` frames: whole, or only its first sections."""
    booked = booking(*sections, length=length, guidance=guidance)
    timeline = begin(booked, Bed(0, 3 * RATE, "rain"), bell=bell)
    for number in range(len(booked.bookings))[:sections_placed]:
        timeline = place(booked, timeline, number, CountedLengths())
    return timeline if sections_placed is not None else finish(booked, timeline, CountedLengths())


def booking(*sections: Section, length: int | None = None, guidance: str = "full") -> Budget:
    """The shared minutes of these sections."""
    lengths = CountedLengths()
    return budget("kit", sections, length or natural_length(sections, lengths), lengths, guidance=guidance)


@cache
def bundled(name: str) -> tuple[Section, ...]:
    """A bundled routine at its ideal length."""
    path = library.bundled("scripts") / f"{name}.md"
    script = expand(parse(path.read_bytes(), str(path)), library.include)
    minutes = script.front.minutes
    position = {"position": script.front.position[0]} if script.front.position else {}
    return unfold(script, position, minutes.ideal / RATE / 60 if minutes else 5)


BUNDLED = tuple(sorted(path.stem for path in library.bundled("scripts").glob("*.md")))

WORDS = st.sampled_from(["Rest.", "Lean in, with gentle pressure.", "Slide up to the shoulder, and float back down again."])


def _holds() -> st.SearchStrategy[Hold]:
    return st.builds(
        lambda length, breathe, beat, reminders, halfway, anchor, countdown: hold(
            length,
            4 * length,
            breathe=breathe,
            beat=beat,
            reminders=reminders,
            halfway=halfway,
            anchors=(Anchor(say("Nearly there."), anchor * RATE),) if anchor else (),
            countdown=countdown,
        ),
        st.integers(12, 60),
        st.sampled_from([None, SIX, SIGH]),
        st.sampled_from([None, 6.0, 24.0]),
        st.sampled_from([None, Reminders(20 * RATE, (say("Slow hands."), say("Soft elbows.")))]),
        st.sampled_from([None, say("Halfway.")]),
        st.sampled_from([0, 5, -6]),
        st.sampled_from([None, Countdown(3, "tick"), Countdown(5, "spoken"), Countdown(1, "bell")]),
    )


def _steps() -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(say, WORDS, st.integers(1, 90), opens=st.booleans()),
        _holds(),
        st.builds(pause, st.integers(1, 9)),
        st.builds(lambda count: Breathe(SIX, AT, count), st.integers(1, 4)),
        st.just(CheckIn(say("How is the pressure?"), 7 * RATE, AT)),
        st.just(Wait(60 * RATE, AT)),
        st.just(Bell("bowl", AT)),
    )


def routines() -> st.SearchStrategy[tuple[Section, ...]]:
    """Routines of one to three sections with steps of every kind that takes time."""
    bodies = st.lists(st.lists(_steps(), min_size=1, max_size=5), min_size=1, max_size=3)
    return bodies.map(lambda some: tuple(section(f"Part {n}", *body, line=n + 1) for n, body in enumerate(some)))


def moments() -> st.SearchStrategy[tuple[Timeline, int]]:
    """A routine's timeline and a frame of it."""
    lines = routines().map(lambda sections: planned(*sections))
    return lines.flatmap(lambda line: st.tuples(st.just(line), st.integers(1, line.length - 1)))


def check(timeline: Timeline) -> None:
    """What holds for every timeline, changed or not."""
    cues = timeline.cues
    assert list(cues) == sorted(cues, key=lambda cue: (cue.start, cue.end, cue.id))
    assert timeline.starts == tuple(cue.start for cue in cues)
    assert timeline.longest == max((cue.end - cue.start for cue in cues), default=0)
    assert len({cue.id for cue in cues}) == len(cues)
    assert all(0 <= cue.start < cue.end for cue in cues)
    assert all(cue.end <= timeline.length for cue in cues if timeline.planned >= timeline.length or cue.track != "signal")
    for track in ("voice", "breath"):
        some = [cue for cue in cues if cue.track == track]
        assert all(a.end <= b.start for a, b in pairwise(some))
    parts = [chapter for chapter in timeline.chapters if chapter.level == 1]
    assert not parts or parts[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(parts))
    assert not parts or parts[-1].end == timeline.planned
    for spans in (timeline.stretches, timeline.beds):
        assert [one.start for one in spans] == sorted(one.start for one in spans)
    assert all(stretch.start <= stretch.end <= timeline.planned for stretch in timeline.stretches)


def before(timeline: Timeline, at: int) -> list[tuple[str, int, str]]:
    """What begins before a frame: its name, when, and what is said."""
    return [(cue.id, cue.start, cue.text) for cue in timeline.cues if cue.start < at]
