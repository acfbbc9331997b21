"""The contract every back end keeps, and how voices are named and listed."""

from pathlib import Path

import pytest
from speech_kit import heard, strange
from speech_piper import tiny_model

from voiceguide.audio import RATE
from voiceguide.errors import UsageError, VoiceError
from voiceguide.loudness import speech_level
from voiceguide.speech import voice
from voiceguide.speech.clip import LEVEL
from voiceguide.speech.pace import speed
from voiceguide.speech.pool import Pool

__all__ = ["strange", "tiny_model"]

TEXT = "Take the muscle between neck and shoulder, and squeeze slowly."
EVERY = [
    "heart",
    "system",
    "system:de",
    "system:en-GB",
    "tone",
    pytest.param("piper", marks=pytest.mark.needs("piper", "onnx")),
]


@pytest.fixture(params=EVERY)
def name(request, tiny_model):
    return f"piper:{tiny_model()}" if request.param == "piper" else request.param


@pytest.fixture
def pool(name):
    opened = Pool(name, 2)
    yield opened
    opened.close()


@pytest.mark.slow
def test_every_back_end_speaks(pool, name):
    clip = heard(pool, TEXT, speed(name, 180))
    assert speech_level(clip) == pytest.approx(LEVEL, abs=0.5)
    assert 2 * RATE < len(clip) < 7 * RATE


@pytest.mark.slow
def test_the_same_words_are_the_same_bytes_now_and_in_another_process(pool, name):
    first, again = heard(pool, TEXT, 0.8), heard(pool, TEXT, 0.8)
    pool.close()
    assert first.tobytes() == again.tobytes() == heard(pool, TEXT, 0.8).tobytes()


@pytest.mark.slow
def test_slower_is_longer(pool):
    slow, quick = heard(pool, TEXT, 0.7), heard(pool, TEXT, 1.1)
    assert len(slow) > 1.25 * len(quick)


@pytest.mark.slow
def test_the_speed_of_one_sentence_does_not_leak_into_the_next(pool):
    lengths = {each: len(heard(pool, TEXT, each)) for each in (0.7, 0.9, 1.1)}
    for each in (1.1, 0.7, 0.7, 0.9, 1.1, 0.9):
        assert len(heard(pool, TEXT, each)) == lengths[each]


def test_every_back_end_names_its_version(name):
    assert voice.version(name).split(" ")[0] in ("hibari", "pyttsx3", "tone", "piper")
    assert any(sign.isdigit() for sign in voice.version(name))


@pytest.mark.parametrize(
    ("written", "engine", "own"),
    [
        ("heart", "hibari", "heart"),
        ("system", "pyttsx3", ""),
        ("system:de", "pyttsx3", "de"),
        ("pyttsx3:fr", "pyttsx3", "fr"),
        ("tone", "tone", ""),
        ("piper:/a/b.onnx", "piper", "/a/b.onnx"),
        ("nobody:x", "hibari", "nobody:x"),
    ],
)
def test_a_name_tells_its_engine(written, engine, own):
    assert voice.split(written) == (engine, own)


def test_the_list_has_every_engine_and_starts_none():
    found = {info.name: info for info in voice.voices()}
    assert next(iter(found)) == "heart"
    assert found["heart"].installed
    assert found["heart"].language == "en-US"
    assert not found["emma"].installed
    assert found["emma"].how.startswith("voiceguide voices add emma")
    assert {"system", "system:de", "system:ja", "system:en-gb", "tone"} <= found.keys()
    assert sum(name.startswith("system:") for name in found) > 130
    assert all(info.description for info in found.values())


def test_a_strangers_voice_is_listed_loaded_and_versioned_by_its_package(strange):
    assert any(info.engine == "strange" for info in voice.voices())
    assert voice.load("strange:good").rate == 16_000
    assert voice.version("strange:good") == "strange 1.0"


def test_a_voice_that_does_not_exist_is_named():
    with pytest.raises(UsageError, match="no voice 'hart'; did you mean 'heart'"):
        voice.version("hart")
    with pytest.raises(UsageError, match=r"no voice for 'deu'.*did you mean"):
        voice.version("system:deu")


def test_a_voice_that_is_not_here_names_the_command_or_the_file(own_home: Path):
    with pytest.raises(VoiceError, match="voiceguide voices add emma"):
        voice.version("emma")
    assert not list(own_home.iterdir())
