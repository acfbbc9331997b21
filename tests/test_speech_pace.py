import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_kit import paragraphs, spoken

from voiceguide.audio import RATE, seconds
from voiceguide.speech.narrator import Narrator
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


def passage(narrator):
    """Words a minute of the whole text, gaps included."""
    text = [[spoken(sentence) for sentence in part] for part in paragraphs()]
    every = [one for part in text for one in part]
    narrator.voice_all(every)
    silence = sum((len(part) - 1) * narrator.gap("sentence") + narrator.gap("paragraph") for part in text)
    frames = sum(narrator.clip(one).frames for one in every) + silence
    return sum(len(one.say.text.split()) for one in every) / seconds(frames) * 60


@pytest.mark.slow
def test_a_whole_passage_has_the_pace_asked_for(tmp_path):
    with Narrator("tone", cache=tmp_path) as narrator:
        assert passage(narrator) == pytest.approx(125, rel=0.03)


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["heart", "system"])
@pytest.mark.parametrize("pace", [110, 125, 140])
def test_a_real_voice_has_the_pace_asked_for(voice, pace, tmp_path):
    with Narrator(voice, pace=pace, cache=tmp_path) as narrator:
        assert passage(narrator) == pytest.approx(pace, rel=0.03)
