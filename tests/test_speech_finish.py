import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE, decibels, gain
from voiceguide.errors import VoiceError
from voiceguide.loudness import speech_level, true_peak
from voiceguide.speech.clip import LEVEL
from voiceguide.speech.finish import CEILING, finish, soften, trim


def voice(seconds, rate=24_000, level=0.1, before=0.0, after=0.0):
    """Something like speech: a rich tone that swells four times a second, between silences."""
    at = np.arange(int(seconds * rate)) / rate
    sound = sum(np.sin(2 * np.pi * 130 * k * at) / k for k in range(1, 12)) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
    return np.pad(level * sound, (int(before * rate), int(after * rate))).astype(np.float32)


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 48_000])
@pytest.mark.parametrize("level", [0.003, 0.1, 0.5])
def test_every_clip_is_as_loud_as_the_next(rate, level):
    clip, _ = finish(voice(2.0, rate, level), rate)
    assert speech_level(clip) == pytest.approx(LEVEL, abs=0.3)
    assert clip.dtype == np.float32


def test_speech_begins_within_five_milliseconds_and_ends_in_thirty():
    clip, _ = finish(voice(1.0, before=0.4, after=0.7), 24_000)
    loud = np.flatnonzero(np.abs(clip) > 0.01 * np.abs(clip).max())
    assert loud[0] <= 0.004 * RATE
    assert 0.028 * RATE <= len(clip) - loud[-1] <= 0.040 * RATE
    assert len(clip) == pytest.approx(1.032 * RATE, abs=0.008 * RATE)


def test_edges_cannot_click():
    clip, _ = finish(voice(1.0) + np.float32(0.3), 24_000)
    assert abs(clip[0]) < 1e-4
    assert abs(clip[-1]) < 1e-4


def test_a_word_with_a_soft_beginning_keeps_it():
    sound = voice(1.0, before=0.5)
    sound[9_600:12_000] += 0.008 * np.random.default_rng(1).standard_normal(2_400).astype(np.float32)
    assert len(trim(np.repeat(sound, 2))) > 1.08 * RATE


@pytest.mark.parametrize("sound", [np.zeros(24_000, np.float32), np.zeros(0, np.float32)])
def test_silence_is_no_clip(sound):
    with pytest.raises(VoiceError, match="silence"):
        finish(sound, 24_000)


@given(st.integers(0, 10_000), st.integers(200, 9_000), st.floats(0.05, 3.0))
def test_no_peak_passes_the_ceiling_and_quiet_sound_is_not_touched(seed, count, level):
    random = np.random.default_rng(seed)
    sound = (level * random.standard_normal(count) * np.linspace(0.1, 1, count)).astype(np.float32)
    softer, lowered = soften(sound)
    assert decibels(true_peak(softer)) <= CEILING + 0.1
    assert lowered >= 0
    if true_peak(sound) <= gain(CEILING):
        assert softer is sound


def test_a_single_peak_is_turned_down_alone():
    sound = np.full(RATE, 0.1, np.float32)
    sound[24_000] = 1.2
    softer, lowered = soften(sound)
    assert lowered > 2
    assert np.array_equal(softer[:23_000], sound[:23_000])
    assert np.array_equal(softer[25_000:], sound[25_000:])
