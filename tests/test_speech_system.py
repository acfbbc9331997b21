from concurrent.futures import ThreadPoolExecutor

import pytest
from speech_kit import heard

from voiceguide.audio import RATE
from voiceguide.errors import UsageError
from voiceguide.speech import system
from voiceguide.speech.pool import Pool


@pytest.fixture(scope="module")
def english():
    pool = Pool("system:en-us", 2)
    yield pool
    pool.close()


@pytest.mark.slow
def test_a_sentence_sounds_the_same_after_any_other(english):
    alone = heard(english, "Breathe out.", 0.8).tobytes()
    for before in ("Rest.", "Take the muscle between neck and shoulder.", "Sssss."):
        heard(english, before, 1.1)
        assert heard(english, "Breathe out.", 0.8).tobytes() == alone


@pytest.mark.slow
def test_sentences_side_by_side_at_many_speeds_are_all_whole(english):
    speeds = [0.5 + 0.05 * number for number in range(12)] * 2
    with ThreadPoolExecutor(4) as callers:
        lengths = list(callers.map(lambda speed: len(heard(english, "Rest both hands on the back.", speed)), speeds))
    assert lengths[:12] == lengths[12:] == sorted(lengths[:12], reverse=True)
    assert lengths[0] > 1.8 * lengths[11]


def test_marks_of_ssml_are_not_obeyed(english):
    assert len(heard(english, "Rest <break time='9s'/> now.", 1.0)) < 6 * RATE


@pytest.mark.parametrize(
    ("code", "identifier"),
    [("de", "gmw/de"), ("DE", "gmw/de"), ("en", "gmw/en"), ("en-GB", "gmw/en"), ("en_US", "gmw/en-us"), ("ja", "jpx/ja")],
)
def test_a_language_code_finds_its_voice(code, identifier):
    assert system.identifier(code) == identifier


@pytest.mark.slow
@pytest.mark.parametrize("code", ["fr", "es", "it", "ru", "ja", "cmn", "ar", "hi"])
def test_many_languages_speak(code):
    words = {"ru": "Дыши спокойно.", "ja": "ゆっくり。", "cmn": "慢慢呼吸。", "ar": "تنفس ببطء", "hi": "धीरे साँस लें।"}
    pool = Pool(f"system:{code}", 1)
    sound = heard(pool, words.get(code, "Respira, lentamente."), 0.9)
    pool.close()
    assert 0.5 < len(sound) / RATE < 5
    assert abs(sound).max() > 0.05


@pytest.mark.slow
def test_an_unknown_language_names_near_ones():
    with pytest.raises(UsageError, match="did you mean"):
        system.identifier("en-uz")


@pytest.mark.slow
def test_without_the_wheel_only_the_systems_own_voice_is_listed(monkeypatch):
    system.languages.cache_clear()
    monkeypatch.setattr(system, "find_spec", lambda name: None)
    assert [info.name for info in system.voices()] == ["system"]
    system.languages.cache_clear()
