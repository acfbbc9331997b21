from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import AT, CountedLengths, booking, check, hold, pause, say, section

from voiceguide.audio import RATE
from voiceguide.errors import CannotFit
from voiceguide.plan.budget import budget
from voiceguide.plan.schedule import LEAST_ENDING, SLEEP_FADE, begin, finish, place, spoken_in
from voiceguide.plan.timeline import Bed, Spoken, Timeline
from voiceguide.script.model import Bell, Scene, Section, Sides

RAIN = Bed(0, 3 * RATE, "rain")
ROUTINE = (
    section("Arrive", say("Arrive, and rest.", 2), hold(20, 60), line=1),
    section("Work", say("Work slowly.", 5), section("Deeper", hold(30, 60), line=6, level=2), hold(60, 240), line=4),
    section("Close", say("Thank you.", 9), pause(3), say("Rest now.", 9), line=8),
)


@dataclass(frozen=True)
class Spoken2Percent(CountedLengths):
    """Lengths that turn out a little different from the estimate."""

    error: float = 0.0

    def speech(self, spoken: Spoken) -> int:
        return round(super().speech(spoken) * (1 + self.error))


def scheduled(seconds: float, sections: tuple[Section, ...] = ROUTINE, error: float = 0.0) -> Timeline:
    booked = budget("kit", sections, int(seconds * RATE), CountedLengths())
    real = Spoken2Percent(error=error)
    timeline = begin(booked, RAIN)
    for number in range(len(booked.bookings)):
        timeline = place(booked, timeline, number, real)
    return finish(booked, timeline, real)


@given(st.integers(165, 400), st.floats(-0.02, 0.02))
def test_any_length_comes_out_to_the_frame_whatever_the_estimates_got_wrong(seconds: int, error: float) -> None:
    timeline = scheduled(seconds, error=error)
    assert timeline.length == timeline.planned == seconds * RATE
    assert timeline.chapters[-1].end == timeline.length or timeline.chapters[-1].level == 2
    speech = [cue for cue in timeline.cues if cue.track == "voice"]
    assert all(a.end <= b.start for a, b in pairwise(speech))
    assert speech[-1].end <= timeline.length - LEAST_ENDING
    assert speech[0].start >= 0.6 * RATE
    assert all(cue.end <= timeline.length for cue in timeline.cues)


def test_chapters_tile_the_session() -> None:
    chapters = [chapter for chapter in scheduled(300).chapters if chapter.level == 1]
    assert [chapter.title for chapter in chapters] == ["Arrive", "Work", "Close"]
    assert chapters[0].start == 0
    assert all(a.end == b.start for a, b in pairwise(chapters))
    assert chapters[-1].end == 300 * RATE


def test_a_closing_bell_ends_it_unless_the_writer_rang_one() -> None:
    assert [cue.text for cue in scheduled(300).cues if cue.track == "signal"] == ["[closing]"]
    own = (*ROUTINE[:2], section("Close", say("Thank you."), Bell("bowl", AT), line=8))
    assert [cue.text for cue in scheduled(300, own).cues if cue.track == "signal"] == ["[bowl]"]


def test_the_bed_a_section_leaves_is_the_next_one_s() -> None:
    changed = (
        section("Sea", Scene("ocean", AT, RATE), hold(30, 60), line=1),
        section("On", Scene("", AT, RATE, (("calm", 1.0),))),
    )
    beds = scheduled(100, changed).beds
    assert [(bed.scene, bed.controls) for bed in beds] == [("rain", ()), ("ocean", ()), ("ocean", (("calm", 1.0),))]


def test_cue_names_survive_what_happens_elsewhere() -> None:
    def names(sections: tuple[Section, ...], seconds: int) -> dict[str, str]:
        return {cue.text: cue.id for cue in scheduled(seconds, sections).cues if cue.track == "voice"}

    before = names(ROUTINE, 300)
    longer = (section("New", say("A new beginning.", 1), hold(10, 20), line=1), *ROUTINE)
    after = names(longer, 350)
    assert {text: after[text] for text in before} == before
    assert len(set(after.values())) == len(after)


def test_the_same_line_said_twice_has_two_names() -> None:
    twice = (section("Twice", say("Rest."), pause(2), say("Rest."), hold(60, 90)),)
    first, second = (cue for cue in scheduled(110, twice).cues if cue.track == "voice")
    assert first.id != second.id


def test_a_section_tells_what_to_voice_before_it_is_placed() -> None:
    booked = budget("kit", ROUTINE, 300 * RATE, CountedLengths())
    told = {(spoken.say.text, spoken.speed) for number in range(3) for spoken in spoken_in(booked, number)}
    placed = {(c.content.say.text, c.content.speed) for c in scheduled(300).cues if isinstance(c.content, Spoken)}
    assert placed <= told


def test_speech_that_eats_the_ending_is_refused_and_not_cut() -> None:
    with pytest.raises(CannotFit, match="once spoken"):
        scheduled(151, error=9.0)


def asleep(*sections: Section) -> Timeline:
    booked = booking(*sections)
    timeline = begin(booked, RAIN, ending=SLEEP_FADE, bell=False)
    for number in range(len(booked.bookings)):
        timeline = place(booked, timeline, number, CountedLengths())
    return finish(booked, timeline, CountedLengths())


@pytest.mark.parametrize(
    "last",
    [
        section("Close", say("Rest."), Bell("bowl", AT)),
        section("Close", say("Rest."), section("Later", say("Sleep."), Bell("bowl", AT), level=2)),
        section("Close", Sides(((say("Rest."),), (say("Rest."), Bell("bowl", AT))), (say("And the other side."),), AT)),
        section("Close", say("Rest.")),
        section("Close", Bell("bowl", AT)),
    ],
)
def test_to_fall_asleep_by_nothing_rings_at_the_end_and_the_bed_goes_slowly(last: Section) -> None:
    timeline = asleep(section("Work", Bell("soft", AT), hold(60, 200), line=1), last)
    assert [cue.text for cue in timeline.cues if cue.track == "signal"] == ["[soft]"]
    assert (timeline.ending, timeline.bell) == (60 * RATE, False)
    check(timeline)


def test_a_session_shorter_than_its_fade_fades_all_the_way() -> None:
    timeline = asleep(section("Rest", say("Rest.")))
    assert timeline.ending == timeline.length


def test_a_bell_rings_to_the_end_of_the_session_at_most() -> None:
    own = section("Close", say("Thank you."), Bell("bowl", AT), line=8)
    for seconds in (166, 190):
        bell = next(cue for cue in scheduled(seconds, (*ROUTINE[:2], own)).cues if cue.track == "signal")
        assert bell.end == min(bell.start + CountedLengths().signal("bowl"), seconds * RATE)
