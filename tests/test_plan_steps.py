from typing import get_args

import pytest
from plan_kit import AT, MANNER, SIX, hold, pause, say

from voiceguide.audio import RATE
from voiceguide.plan.sheet import Sheet
from voiceguide.plan.span import Span, fixed
from voiceguide.plan.steps import BELL_ROOM, FORMS, WAIT_IN_FILE
from voiceguide.plan.timeline import Bed
from voiceguide.script.model import Beat, Bell, Breathe, CheckIn, Length, Recording, Step, Wait

MINUTE = Length(60 * RATE, 90 * RATE, 120 * RATE)


def test_every_kind_of_step_has_its_form() -> None:
    assert set(FORMS) == set(get_args(Step))


@pytest.mark.parametrize(
    ("step", "span"),
    [
        (pause(2.5), fixed(120_000)),
        (Beat(AT), fixed(3 * RATE)),
        (hold(30, 90), Span(30 * RATE, 30 * RATE, 90 * RATE)),
        (Breathe(SIX, AT, count=3), fixed(30 * RATE)),
        (Breathe(SIX, AT, length=MINUTE), Span(60 * RATE, 60 * RATE, 120 * RATE)),
        (Bell("bowl", AT, count=2), fixed(2 * BELL_ROOM)),
        (CheckIn(say("Is it right?"), 7 * RATE, AT), fixed(MANNER.speech(say("Is it right?")) + 7 * RATE)),
        (Recording("mine.flac", AT), fixed(3 * RATE)),
        (Wait(180 * RATE, AT), fixed(WAIT_IN_FILE)),
        (Wait(5 * RATE, AT), fixed(5 * RATE)),
    ],
)
def test_each_takes_its_time(step: Step, span: Span) -> None:
    assert FORMS[type(step)].span(step, MANNER) == span


def test_breathing_speaks_three_breaths_in_step_with_the_tone() -> None:
    sheet = Sheet(MANNER, Bed(0, 0, None))
    FORMS[Breathe].place(sheet, Breathe(SIX, AT, count=5), 0, 5 * SIX.period)
    tones = {entry.start: entry.text for entry in sheet.entries if entry.kind == "breath"}
    prompts = [(entry.start, entry.text) for entry in sheet.entries if entry.kind == "prompt"]
    assert len(tones) == 10
    assert [text for _, text in prompts] == ["Breathe in.", "Breathe out.", "In.", "Then out.", "In.", "Then out."]
    assert all(start in tones for start, _ in prompts)


def test_bells_ring_one_after_the_other() -> None:
    sheet = Sheet(MANNER, Bed(0, 0, None))
    FORMS[Bell].place(sheet, Bell("bowl", AT, count=3), 1000, 3 * BELL_ROOM)
    assert [entry.start for entry in sheet.entries] == [1000, 1000 + BELL_ROOM, 1000 + 2 * BELL_ROOM]
