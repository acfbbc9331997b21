from dataclasses import replace
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from plan_kit import AT, BUNDLED, SIX, bundled, check, hold, planned, routines, say, section

from voiceguide.audio import RATE
from voiceguide.plan.excerpt import JOIN, MOST, Piece, chosen, excerpt, spliced
from voiceguide.plan.timeline import Bed, Breath, Signal, Timeline
from voiceguide.script.model import Breathe, Section, Sides, Wait

S = RATE
STROKES = (say("Glide up to the shoulder."), hold(60, 90))
CHANGE = say("Now their right side.", opens=True)
MASSAGE = (
    section("Arrive", say("Welcome, both of you."), hold(30), line=1),
    section("Breathe", say("Breathe with the tone."), Breathe(SIX, AT, count=6), hold(60), line=2),
    section("Strokes", Sides((STROKES, STROKES), (CHANGE,), AT), line=3),
    section("Close", hold(60), say("Thank you."), line=4),
)


@given(routines())
def test_it_is_made_of_whole_pieces_of_the_session(sections: tuple[Section, ...]) -> None:
    timeline = planned(*sections)
    short, pieces = excerpt(timeline), chosen(timeline)
    check(short)
    if timeline.length <= MOST:
        assert short == timeline
        return
    assert all(a.end < b.start for a, b in pairwise(pieces))
    assert sum(piece.length for piece in pieces) == short.length == short.planned <= timeline.length
    starts = dict(zip(pieces, accumulate((piece.length for piece in pieces), initial=0), strict=False))
    for piece, start in starts.items():
        there = [cue for cue in timeline.cues if piece.start <= cue.start < piece.end]
        here = [cue for cue in short.cues if start <= cue.start < start + piece.length]
        assert [(cue.id, cue.start - piece.start, cue.content) for cue in there] == [
            (cue.id, cue.start - start, cue.content) for cue in here
        ]
        for cue in timeline.between(piece.start, piece.end):
            if cue.track != "signal":
                assert piece.start <= cue.start < cue.end <= piece.end
    assert not any(isinstance(stretch.step, Wait) for stretch in short.stretches)


@pytest.mark.parametrize("name", BUNDLED)
def test_of_every_bundled_routine_it_takes_60_to_90_seconds(name: str) -> None:
    short = excerpt(planned(*bundled(name)))
    assert 60 * S <= short.length <= 90 * S
    assert any(cue.kind == "bell" and cue.start > short.length - 20 * S for cue in short.cues)


def test_it_shows_the_first_words_a_breath_the_other_side_and_the_end() -> None:
    timeline = planned(*MASSAGE)
    short = excerpt(timeline)
    said = [cue.text for cue in short.cues if cue.track == "voice" and cue.kind != "prompt"]
    first, *_, last = said
    assert (first, last) == ("Welcome, both of you.", "Thank you.")
    assert said[1:-1] == ["Breathe with the tone.", "Now their right side.", "Glide up to the shoulder."]
    assert [cue.content for cue in short.cues if cue.track == "breath"] == [Breath("in"), Breath("out")] * 2
    assert [chapter.title for chapter in short.parts] == ["Arrive", "Breathe", "Strokes", "Close"]
    assert [cue.section for cue in short.cues if cue.text == last] == [3]
    assert short.ending == timeline.ending
    assert short.cues[-1].content == Signal("closing")
    assert short.closing < short.cues[-1].start


def test_without_sides_it_shows_the_beginning_of_the_longest_hold() -> None:
    timeline = planned(
        section("Arrive", say("Lie down."), hold(60)), section("Roll", say("Roll slowly."), hold(300)), section("End", hold(60))
    )
    assert [cue.text for cue in excerpt(timeline).cues if cue.track == "voice"] == ["Lie down.", "Roll slowly."]


def test_to_fall_asleep_by_it_ends_without_a_bell_and_fades_in_time() -> None:
    asleep = replace(planned(*MASSAGE, bell=False), ending=60 * S)
    short = excerpt(asleep)
    assert not any(isinstance(cue.content, Signal) for cue in short.cues)
    assert short.ending == 12 * S


def test_a_bell_rings_on_over_the_join_and_stops_at_the_end() -> None:
    timeline = planned(section("Arrive", say("Welcome."), hold(200)))
    bell = replace(timeline.cues[-1], id="bell", start=5 * S, end=15 * S)
    belled = timeline.with_cues([*timeline.cues, bell])
    rung = next(cue for cue in spliced(belled, [Piece(0, 6 * S), Piece(60 * S, 90 * S)]).cues if cue.id == "bell")
    assert (rung.start, rung.end) == (5 * S, 15 * S)
    rung = next(cue for cue in spliced(belled, [Piece(0, 6 * S), Piece(60 * S, 62 * S)]).cues if cue.id == "bell")
    assert rung.end == 8 * S


def test_the_bed_goes_on_under_a_join_and_another_one_comes_in_softly() -> None:
    rain, sea, nearer = Bed(0, 3 * S, "rain"), Bed(30 * S, 20 * S, "ocean"), Bed(70 * S, 9 * S, "ocean", level=2.0)
    timeline = Timeline(100 * S).joined(100 * S, (), beds=(rain, sea, nearer))
    same = spliced(timeline, [Piece(0, 10 * S), Piece(20 * S, 29 * S)])
    assert same.beds == (rain,)
    other = spliced(timeline, [Piece(0, 10 * S), Piece(60 * S, 72 * S), Piece(80 * S, 100 * S)])
    assert other.beds == (rain, replace(sea, start=10 * S, fade=JOIN), replace(nearer, start=20 * S))
