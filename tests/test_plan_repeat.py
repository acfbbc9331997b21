from typing import get_args

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from plan_kit import AT, SIX, CountedLengths, before, booking, bundled, check, hold, pause, planned, routines, say, section

from voiceguide.audio import RATE
from voiceguide.plan.pressure import Pressure
from voiceguide.plan.repeat import OPENINGS, lines_for, repeated
from voiceguide.plan.timeline import Spoken, Timeline
from voiceguide.script.model import Anchor, CheckIn, Recording, Reminders, Section

S, LENGTHS = RATE, CountedLengths()
ASK = CheckIn(say("How is the pressure?", 9), 7 * S, AT)
STROKES = (
    say("Lean in, with firm pressure.", 2, opens=True),
    pause(2),
    say("Slide up.", 3),
    hold(30, 90, breathe=SIX, reminders=Reminders(20 * S, (say("Firm and slow."),)), anchors=(Anchor(say("Firmly."), 15 * S),)),
)
ROUTINE = (
    section("Arrive", say("Arrive."), hold(20), line=1),
    section("Strokes", *STROKES, ASK, line=2),
    section("Close", say("Thank you."), hold(20), line=8),
)
CHANGES = st.sampled_from(get_args(Pressure))


def answered(timeline: Timeline) -> int:
    return next(s.start for s in timeline.stretches if isinstance(s.step, CheckIn)) + 3 * S


def after(timeline: Timeline, at: int, *kinds: str) -> list[str]:
    return [cue.text for cue in timeline.cues if cue.start >= at and cue.kind in kinds]


def once_more(
    change: Pressure, sections: tuple[Section, ...] = ROUTINE, length: int | None = None
) -> tuple[Timeline, Timeline]:
    timeline = planned(*sections, length=length)
    return timeline, repeated(booking(*sections, length=length), timeline, answered(timeline), change, LENGTHS)


@pytest.mark.slow
@given(routines(), st.data(), CHANGES)
def test_only_the_step_is_inserted(sections: tuple[Section, ...], data: st.DataObject, change: Pressure) -> None:
    timeline = planned(*sections)
    asked = [stretch for stretch in timeline.stretches if isinstance(stretch.step, CheckIn)]
    assume(asked)
    at = min(data.draw(st.sampled_from(asked)).start + data.draw(st.integers(0, 20 * S)), timeline.length - 1)
    changed = repeated(booking(*sections), timeline, at, change, LENGTHS)
    check(changed)
    assert before(changed, at) == before(timeline, at)
    old = {cue.id: cue for cue in timeline.cues}
    more = changed.length - timeline.length
    moved = [cue.start - old[cue.id].start for cue in changed.cues if cue.id in old]
    assert set(moved) <= {0, more}
    new = [cue for cue in changed.cues if cue.id not in old]
    assert bool(new) == (more > 0)
    if new:
        assert new[0].text == OPENINGS[change]
        assert len({cue.id for cue in changed.cues if cue.id in old}) == len(old)
        lines = lines_for(booking(*sections), timeline, at, change)
        assert {cue.content for cue in new if isinstance(cue.content, Spoken)} <= set(lines)


def test_the_step_comes_softer_with_its_work() -> None:
    timeline, changed = once_more("softer")
    at = answered(timeline)
    assert after(changed, at, "instruction")[:4] == [
        "A little softer now.",
        "Lean in, with medium pressure.",
        "Slide up.",
        "Moderately.",
    ]
    assert after(changed, at, "reminder", "breath")[:3] == ["[in]", "[out]", "[in]"]
    held = [stretch for stretch in changed.stretches if stretch.start > at and stretch.step != timeline.stretches[-1].step]
    assert [stretch.end - stretch.start for stretch in held][:2] == [2 * S, 30 * S]
    assert after(changed, at, "instruction")[-1] == "Thank you."


def test_firmer_is_never_past_comfortable() -> None:
    timeline, changed = once_more("firmer")
    assert after(changed, answered(timeline), "instruction")[:2] == [OPENINGS["firmer"], "Lean in, with firm pressure."]


def test_the_time_to_answer_ends_and_the_repetition_is_a_step() -> None:
    timeline, changed = once_more("softer")
    at = answered(timeline)
    asked = next(stretch for stretch in changed.stretches if isinstance(stretch.step, CheckIn))
    assert asked.end == at
    opening = next(cue for cue in changed.cues if cue.text == OPENINGS["softer"])
    assert opening.start in changed.steps
    assert opening.start == at + LENGTHS.gap("paragraph")


def test_a_question_in_a_section_of_its_own_means_the_step_before() -> None:
    timeline = planned(*bundled("first-back-massage"))
    budget = booking(*bundled("first-back-massage"))
    question = [stretch for stretch in timeline.stretches if isinstance(stretch.step, CheckIn)][-1]
    changed = repeated(budget, timeline, question.end, "softer", LENGTHS)
    check(changed)
    added = [cue for cue in changed.cues if cue.id not in {one.id for one in timeline.cues} and cue.kind == "instruction"]
    assert added[0].text == "A little softer now."
    before = next(cue.text for cue in timeline.cues if cue.text.startswith("Take") and "right" in cue.text)
    assert added[1].text == before


def test_an_answer_inside_a_sentence_waits_for_its_end() -> None:
    timeline = planned(*ROUTINE)
    words = next(cue for cue in timeline.cues if cue.text == "Thank you.")
    changed = repeated(booking(*ROUTINE), timeline, words.start + 100, "softer", LENGTHS)
    opening = next(cue for cue in changed.cues if cue.text == OPENINGS["softer"])
    assert words in changed.cues
    assert opening.start > words.end


def test_recordings_come_again_and_the_question_does_not() -> None:
    sections = (section("Strokes", Recording("lean.flac", AT), hold(30), ASK, ASK), section("Close", hold(20)))
    _, changed = once_more("softer", sections)
    assert len([cue for cue in changed.cues if cue.kind == "recording"]) == 2
    assert len([cue for cue in changed.cues if cue.kind == "question"]) == 2


@pytest.mark.parametrize("at", [1, 30 * S])
def test_where_nothing_was_asked_nothing_happens(at: int) -> None:
    timeline, budget = planned(*ROUTINE), booking(*ROUTINE)
    assert repeated(budget, timeline, at, "softer", LENGTHS) == timeline
    assert lines_for(budget, timeline, at, "softer") == ()


def test_with_no_step_before_the_question_nothing_happens() -> None:
    sections = (section("Ask", ASK, hold(30)),)
    timeline, changed = once_more("softer", sections)
    assert changed == timeline


def test_in_the_closing_nothing_is_repeated() -> None:
    timeline = planned(*ROUTINE[:2])
    assert repeated(booking(*ROUTINE[:2]), timeline, timeline.closing, "softer", LENGTHS) == timeline


def test_a_plan_that_is_on_its_way_takes_it_too() -> None:
    half, budget = planned(*ROUTINE, sections_placed=2), booking(*ROUTINE)
    changed = repeated(budget, half, answered(half), "softer", LENGTHS)
    check(changed)
    assert changed.planned - half.planned == changed.length - half.length > 30 * S
