from plan_kit import AT, MANNER, say

from voiceguide.plan.words import PROMPTED_BREATHS, Manner, counted, prompt


def test_the_voice_leads_three_breaths_and_then_leaves_them_to_the_tone() -> None:
    said = [prompt("in", breath, AT) for breath in range(5)]
    assert [line.text if line else None for line in said] == ["Breathe in.", "In.", "In.", None, None]
    assert PROMPTED_BREATHS == 3


def test_in_and_out_are_different_words() -> None:
    for breath in range(PROMPTED_BREATHS):
        words = {line.text for kind in ("in", "sip", "hold", "out", "rest") if (line := prompt(kind, breath, AT))}
        assert len(words) == 5


def test_a_countdown_ends_with_one() -> None:
    assert [line.text for line in counted(3, AT)] == ["Three.", "Two.", "One."]
    assert len(counted(99, AT)) == 10


def test_a_slower_manner_takes_longer_and_a_written_pace_is_kept() -> None:
    slow = Manner(MANNER.lengths, speed=0.9, gain=-0.5)
    assert slow.speech(say("Rest here.")) > MANNER.speech(say("Rest here."))
    assert slow.spoken(say("Rest here.")).gain == -0.5
    from dataclasses import replace

    assert slow.spoken(replace(say("Rest here."), pace=110.0)).speed == 1.0
