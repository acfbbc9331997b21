"""A writer's own voice is as loud as everything else, keeps its pauses, and can't bring a bang or hiss with it."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voiceguide.audio import RATE, decibels
from voiceguide.errors import MediaError
from voiceguide.loudness import speech_level, true_peak
from voiceguide.speech.recorded import levelled, recorded_cue


def spoken(level: float, seconds: float = 2.0) -> np.ndarray:
    at = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * 180 * at) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))).astype(np.float32)


@pytest.mark.parametrize("level", [0.02, 0.1, 0.9])
def test_soft_and_loud_recordings_come_out_alike(level: float) -> None:
    cue = levelled(spoken(level), "mine.wav")
    assert speech_level(cue) == pytest.approx(-16, abs=0.3)
    assert decibels(true_peak(cue)) <= -1.4


def test_its_length_and_its_pauses_are_kept() -> None:
    sound = np.concatenate([spoken(0.1), np.zeros(3 * RATE, np.float32), spoken(0.1)])
    cue = levelled(sound, "mine.wav")
    assert len(cue) == len(sound)
    assert not cue[round(2.5 * RATE) : round(4.5 * RATE)].any()


def test_it_cannot_click_at_its_ends() -> None:
    cue = levelled(spoken(0.1) + np.float32(0.05), "mine.wav")
    assert abs(cue[0]) < 1e-3
    assert abs(cue[-1]) < 1e-3


@pytest.mark.parametrize("level", [0.0, 1e-4])
def test_silence_and_mere_noise_are_refused(level: float) -> None:
    noise = (level * np.random.default_rng(1).standard_normal(RATE)).astype(np.float32)
    with pytest.raises(MediaError, match="record it again"):
        levelled(noise, "mine.wav")


@pytest.mark.parametrize("name", ["mine.flac", "mine.ogg", "mine.mp3"])
def test_any_kind_of_file_beside_the_script_will_do(tmp_path: Path, name: str) -> None:
    soundfile.write(tmp_path / name, spoken(0.1), RATE)
    assert len(recorded_cue(name, tmp_path)) == pytest.approx(2 * RATE, abs=1200)


def test_what_lies_elsewhere_is_not_opened(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "mine.wav", spoken(0.1), RATE)
    inner = tmp_path / "inner"
    inner.mkdir()
    for name in ("../mine.wav", str(tmp_path / "mine.wav"), "http://127.0.0.1/mine.wav"):
        with pytest.raises(MediaError):
            recorded_cue(name, inner)
