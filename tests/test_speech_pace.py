import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE
from voiceguide.speech.pace import TABLES, articulation, gap, speed, words_a_minute

ENGINES = {"hibari": "heart", "pyttsx3": "system", "piper": "piper:some", "tone": "tone"}


@given(st.floats(60, 220))
def test_gaps_stay_within_what_sounds_calm(pace):
    assert 0.9 * RATE <= gap("sentence", pace) <= 1.3 * RATE
    assert 1.5 * RATE <= gap("paragraph", pace) <= 2.0 * RATE
    assert gap("beat", pace) > gap("paragraph", pace)


@given(st.floats(60, 200), st.floats(1, 30))
def test_a_quicker_pace_is_never_spoken_slower(pace, more):
    assert articulation(pace + more, pace + more) > articulation(pace, pace) > pace


@pytest.mark.parametrize("engine", TABLES)
def test_tables_rise_and_can_be_read_both_ways(engine):
    voice = ENGINES[engine]
    table = TABLES[engine]
    assert list(table) == sorted(table)
    assert [wpm for _, wpm in table] == sorted(wpm for _, wpm in table)
    for wanted in (120.0, 150.0, 175.0, 200.0):
        assert words_a_minute(voice, speed(voice, wanted)) == pytest.approx(wanted, rel=0.01)


def test_a_voice_that_is_asked_for_more_than_it_can_does_what_it_can():
    assert speed("heart", 20) == 0.5
    assert speed("heart", 2000) == 2.0
