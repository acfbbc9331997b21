from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from plan_kit import AT, MANNER, SIX, hold, pause, say, section

from voiceguide.audio import RATE
from voiceguide.plan.sections import CHANGE_OVER, body_span, lines_of, place_body, section_span
from voiceguide.plan.sheet import Sheet
from voiceguide.plan.span import Span
from voiceguide.plan.timeline import Bed
from voiceguide.script.model import Bell, Breathe, CheckIn, Node, Scene, Sides


def placed(body: tuple[Node, ...], frames: int) -> Sheet:
    sheet = Sheet(MANNER, Bed(0, 0, "rain"))
    place_body(sheet, body, 0, frames)
    return sheet


def sides(*passes: tuple[Node, ...]) -> Sides:
    return Sides(passes, tuple(say("Now the other side.") for _ in passes[1:]), AT)


steps = st.one_of(
    st.builds(say, st.text("abc ", min_size=1, max_size=40), opens=st.booleans()),
    st.builds(pause, st.integers(0, 20)),
    st.builds(hold, st.integers(1, 60), st.integers(60, 200)),
    st.just(Bell("soft", AT)),
    st.just(Breathe(SIX, AT, count=2)),
    st.just(CheckIn(say("Is this right?"), 7 * RATE, AT)),
    st.just(Scene("ocean", AT, RATE)),
)
bodies = st.lists(steps, min_size=1, max_size=8).map(tuple)


@given(bodies, st.floats(0, 1))
def test_a_body_fills_its_frames_and_nothing_overlaps(body: tuple[Node, ...], where: float) -> None:
    span = body_span(body, MANNER)
    frames = span.least + int((span.most - span.least) * where)
    sheet = Sheet(MANNER, Bed(0, 0, None))
    assert place_body(sheet, body, 500, frames) == 500 + frames
    lines = sheet.speech()
    assert all(a.end <= b.start for a, b in pairwise(lines))


@given(bodies, bodies, st.floats(0, 1))
def test_sides_are_equal_to_the_frame(near: tuple[Node, ...], far: tuple[Node, ...], where: float) -> None:
    both = (sides((*near, hold(1, 90)), (*far, hold(1, 90))),)
    span = body_span(both, MANNER)
    frames = span.least + int((span.most - span.least) * where)
    sheet = placed(both, frames)
    change = next(entry for entry in sheet.entries if entry.kind == "change")
    first = change.start - MANNER.lengths.gap("sentence")
    second = frames - first - max(CHANGE_OVER, RATE + MANNER.speech(say("Now the other side.")) + 2 * RATE)
    assert second - first in (0, 1)


def test_an_explicit_pause_is_exact_to_the_frame() -> None:
    sheet = placed((say("Rest."), pause(2.5), say("And again.")), 40 * RATE)
    first, second = sheet.speech()
    assert second.start - first.end == 120_000


def test_gaps_are_owed_only_between_two_sounds() -> None:
    sheet = placed((say("One."), say("Two."), say("Three.", opens=True), hold(5), say("Four.")), 60 * RATE)
    one, two, three, four = sheet.speech()
    assert (two.start - one.end, three.start - two.end) == (RATE, 2 * RATE)
    assert four.start - three.end >= 5 * RATE


def test_two_pauses_add_up_and_a_soundscape_change_takes_no_time() -> None:
    body = (say("One."), pause(1), Scene("ocean", AT, RATE), pause(1), say("Two."))
    first, second = placed(body, 30 * RATE).speech()
    assert second.start - first.end == 2 * RATE


def test_wishes_in_a_heading_widen_or_hold_back() -> None:
    body = (say("Rest."), hold(30, 120))
    free = section_span(section("free", *body), MANNER)
    assert section_span(section("least", *body, least=60 * RATE), MANNER).least == 60 * RATE
    assert section_span(section("most", *body, most=90 * RATE), MANNER).most == 90 * RATE
    assert section_span(section("ideal", *body, ideal=100 * RATE), MANNER).ideal == 100 * RATE
    assert section_span(section("short", *body, most=RATE), MANNER) == Span(free.least, free.least, free.least)


def test_a_wish_longer_than_the_content_becomes_quiet_at_the_end() -> None:
    short = section("quiet", say("Rest."), ideal=30 * RATE)
    assert section_span(short, MANNER).ideal == 30 * RATE
    sheet = Sheet(MANNER, Bed(0, 0, None))
    assert place_body(sheet, short.body, 0, 30 * RATE) == 30 * RATE


def test_inner_steps_are_marked_where_they_begin() -> None:
    inner = section("Squeeze", say("Squeeze slowly."), hold(20), level=2)
    sheet = placed((say("Begin."), inner, say("Done.")), 60 * RATE)
    begin, squeeze, done = sheet.speech()
    (step,) = sheet.steps
    assert (step.title, step.level) == ("Squeeze", 2)
    assert step.start == squeeze.start > begin.end
    assert step.end <= done.start


def test_a_scene_change_keeps_what_it_does_not_name() -> None:
    moved = Scene("", AT, RATE, (("intensity", 0.3),))
    sheet = Sheet(MANNER, Bed(0, 0, "rain", (("calm", 0.9),), -2.0))
    place_body(sheet, (moved, Scene("ocean", AT, RATE)), 0, 0)
    assert sheet.beds[0] == Bed(0, RATE, "rain", (("calm", 0.9), ("intensity", 0.3)), -2.0)
    assert sheet.beds[1] == Bed(0, RATE, "ocean", (), -2.0)


def test_a_bed_follows_the_breath_until_another_is_named() -> None:
    moved, other = Scene("", AT, RATE, (("intensity", 0.3),)), Scene("rain", AT, RATE)
    sheet = Sheet(MANNER, Bed(0, 0, "rain"))
    place_body(sheet, (moved, Scene("ocean", AT, RATE, (), True), moved, other, Scene("", AT, RATE, (), True)), 0, 0)
    assert [bed.breathes for bed in sheet.beds] == [False, True, True, False, True]


def test_every_line_that_is_placed_was_announced_for_voicing() -> None:
    inner = section("Inner", say("Inside."), hold(60, 90, breathe=SIX, halfway=say("Halfway.")), level=2)
    body = (inner, sides((say("Near."), hold(30)), (say("Far."), hold(30))), Breathe(SIX, AT, count=5))
    announced = {line.text for line in lines_of(body)}
    spoken = {entry.text for entry in placed(body, 300 * RATE).speech()}
    assert spoken <= announced
    assert {"Inside.", "Near.", "Far.", "Now the other side.", "Breathe in.", "Then out."} <= spoken
