import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import CountedLengths, hold, say, section

from voiceguide.audio import RATE
from voiceguide.errors import CannotFit
from voiceguide.plan.budget import CLOSING, LEAD_IN, REST, Budget, budget, natural_length, without
from voiceguide.plan.span import total
from voiceguide.script.model import Section

LENGTHS = CountedLengths()
ROUTINE = (
    section("Arrive", say("Arrive, and rest."), hold(20, 60), line=1),
    section("Tap", say("Tap lightly."), hold(30, 60), line=5, optional=3),
    section("Stretch", say("Stretch a little."), hold(60, 120), line=9, optional=1),
    section("Work", say("Work slowly."), section("Deeper", hold(30, 60), line=15, level=2, optional=2), hold(60, 240), line=12),
    section("Close", say("Thank you."), hold(20, 40), line=20, keep=True),
)


def shared(seconds: float, sections: tuple[Section, ...] = ROUTINE) -> Budget:
    return budget("kit", sections, int(seconds * RATE), LENGTHS)


def test_every_section_takes_part_when_there_is_time() -> None:
    assert shared(400).dropped == ()


def test_optional_parts_go_by_number_the_highest_first() -> None:
    dropped = [shared(seconds).dropped for seconds in (260, 230, 200, 148)]
    assert dropped[0] == ()
    assert dropped[1] == ("Tap",)
    assert dropped[2] == ("Tap", "Deeper")
    assert set(dropped[3]) == {"Tap", "Deeper", "Stretch"}


def test_a_short_part_comes_back_where_a_long_one_had_to_go() -> None:
    sections = (
        section("Work", hold(60, 90), line=1),
        section("Long", hold(100, 120), line=2, optional=1),
        section("Short", hold(10, 20), line=3, optional=2),
    )
    assert shared(110, sections).dropped == ("Long",)


def test_what_is_kept_is_never_dropped() -> None:
    sections = (section("Work", hold(60, 90), line=1), section("Safety", hold(60, 90), line=2, optional=9, keep=True))
    with pytest.raises(CannotFit):
        shared(100, sections)


def test_the_impossible_is_refused_with_what_would_be_possible() -> None:
    with pytest.raises(
        CannotFit, match=r"the shortest is 2:\d\d, the longest \d+:\d\d; to go shorter.*“Work” \(line 12\)"
    ) as short:
        shared(60)
    assert short.value.shortest > short.value.asked == 60 * RATE
    with pytest.raises(CannotFit, match="to go longer"):
        shared(3600)


@given(st.floats(0, 1))
def test_between_shortest_and_longest_everything_fits(where: float) -> None:
    with pytest.raises(CannotFit) as told:
        shared(1)
    length = told.value.shortest + int((told.value.longest - told.value.shortest) * where)
    booked = budget("kit", ROUTINE, length, LENGTHS)
    room = length - LEAD_IN - REST * (len(booked.bookings) - 1)
    whole = total([*(each.span for each in booked.bookings), CLOSING])
    assert whole.least <= room


def test_the_voice_slows_and_softens_towards_the_end() -> None:
    manners = [each.manner for each in shared(400).bookings]
    assert [m.speed for m in manners] == sorted((m.speed for m in manners), reverse=True)
    assert manners[0].speed == 1.0
    assert 0.9 <= manners[-1].speed <= 0.92
    assert 1 < manners[0].gain - manners[-1].gain <= 2
    plain = budget("kit", ROUTINE, 400 * RATE, LENGTHS, taper=False).bookings
    assert {(b.manner.speed, b.manner.gain) for b in plain} == {(1.0, 0.0)}


def test_a_natural_length_gives_every_section_its_ideal() -> None:
    length = natural_length(ROUTINE, LENGTHS)
    assert length % RATE == 0
    assert budget("kit", ROUTINE, length, LENGTHS).dropped == ()


def test_taking_out_reaches_into_sections() -> None:
    kept = without(ROUTINE, {ROUTINE[3].body[1].at})
    assert len(kept[3].body) == len(ROUTINE[3].body) - 1


def test_a_talk_with_nothing_to_stretch_has_a_length_all_the_same() -> None:
    talk = tuple(
        section(f"Part {n}", *(say(f"Sentence {k} of this long talk.", n) for k in range(40)), line=n) for n in range(30)
    )
    length = natural_length(talk, LENGTHS)
    assert budget("talk", talk, length, LENGTHS).shortest <= length
    with pytest.raises(CannotFit) as told:
        budget("talk", talk, RATE, LENGTHS)
    assert told.value.shortest <= told.value.longest
