from hypothesis import given
from hypothesis import strategies as st
from speech_kit import paragraphs, spoken

from voiceguide.audio import RATE
from voiceguide.speech.estimate import seconds
from voiceguide.speech.narrator import Narrator
from voiceguide.speech.normaliser import normalise


@given(st.text(), st.sampled_from(["heart", "system", "tone", "piper:x", "strange"]), st.floats(0.4, 2))
def test_an_estimate_is_a_sane_length_for_any_text(text, voice, speed):
    said = normalise(text)
    length = seconds(said, voice, speed)
    assert 0 <= length < 2 + 2 * len(said)
    assert length == seconds(said, voice, speed)


def test_quicker_is_shorter_and_more_words_are_longer():
    few, many = "Rest both hands.", "Rest both hands on the upper back, and wait."
    assert seconds(few, "heart", 1.0) < seconds(few, "heart", 0.7) < seconds(many, "heart", 0.7)


def test_the_tones_length_is_known(tmp_path):
    lines = [spoken(sentence) for sentence in paragraphs()[0]]
    with Narrator("tone", cache=tmp_path) as narrator:
        narrator.voice_all(lines)
        assert all(abs(narrator.estimate(line.say) - narrator.clip(line).frames) < 0.01 * RATE for line in lines)
