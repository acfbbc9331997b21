import pytest
from hypothesis import given
from hypothesis import strategies as st
from speech_kit import paragraphs, spoken

from voiceguide.speech.estimate import seconds
from voiceguide.speech.narrator import Narrator
from voiceguide.speech.normaliser import normalise

SECTION = 24
PROMPTS = ("Breathe in.", "Breathe out.", "In.", "Then out.", "Three.", "Two.", "One.", "Halfway.", "Slow hands.")


@given(st.text(), st.sampled_from(["heart", "system", "tone", "piper:x", "strange"]), st.floats(0.4, 2))
def test_an_estimate_is_a_sane_length_for_any_text(text, voice, speed):
    said = normalise(text)
    length = seconds(said, voice, speed)
    assert 0 <= length < 2 + 2 * len(said)
    assert length == seconds(said, voice, speed)


def test_quicker_is_shorter_and_more_words_are_longer():
    few, many = "Rest both hands.", "Rest both hands on the upper back, and wait."
    assert seconds(few, "heart", 1.0) < seconds(few, "heart", 0.7) < seconds(many, "heart", 0.7)


def errors(narrator, sentences):
    """(worst relative error of a section, largest error of one sentence in seconds)."""
    lines = [spoken(sentence) for sentence in sentences]
    narrator.voice_all(lines)
    pairs = [(narrator.estimate(line.say), narrator.clip(line).frames) for line in lines]
    sections = [pairs[at : at + SECTION] for at in range(0, len(pairs) - SECTION + 1, SECTION)] or [pairs]
    worst = max(abs(sum(e for e, _ in part) / sum(f for _, f in part) - 1) for part in sections)
    return worst, max(abs(e - f) / 48_000 for e, f in pairs)


def sentences():
    return [sentence for part in paragraphs() for sentence in part]


def test_the_tones_length_is_known(tmp_path):
    with Narrator("tone", cache=tmp_path) as narrator:
        assert errors(narrator, sentences()[:30])[1] < 0.01


@pytest.mark.slow
def test_a_section_is_estimated_within_three_percent_for_espeak(tmp_path):
    with Narrator("system", cache=tmp_path) as narrator:
        assert errors(narrator, sentences())[0] < 0.03
        assert errors(narrator, PROMPTS)[1] < 0.4


@pytest.mark.slow
@pytest.mark.parametrize("pace", [108, 125, 140])
def test_a_section_is_estimated_within_three_percent_for_the_default_voice(pace, tmp_path):
    with Narrator(pace=pace, cache=tmp_path) as narrator:
        assert errors(narrator, sentences())[0] < 0.035
        assert errors(narrator, PROMPTS)[1] < 0.4
