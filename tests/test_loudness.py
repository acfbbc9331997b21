import re
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from meter_kit import meter
from programs import program

from voiceguide.audio import RATE, Block, decibels, gain
from voiceguide.loudness import PIECE, Meter, energies, integrated, lufs, speech_level, true_peak, windows


def brown(count: int, seed: int = 0, keep: float = 0.99) -> Block:
    """Noise with a falling spectrum and a slow swell, quiet stretches and loud ones."""
    white = np.random.default_rng(seed).standard_normal((count, 2))
    kernel = keep ** np.arange(400)
    sound = np.stack([np.convolve(channel, kernel)[:count] for channel in white.T], 1)
    swell = 0.02 * (1.05 + np.sin(np.arange(count) / RATE * 1.7))[:, None]
    return np.asfortranarray((sound * swell / sound.std()).astype(np.float32))


def speechlike(count: int, seed: int = 1) -> Block:
    """Buzzing syllables with pauses."""
    time = np.arange(count) / RATE
    pitch = 2 * np.pi * np.cumsum(120 + 20 * np.sin(2 * np.pi * 0.4 * time + seed)) / RATE
    voice = sum(np.sin(k * pitch) / k for k in range(1, 20))
    mono = 0.1 * voice * np.clip(np.sin(2 * np.pi * 2.5 * time), 0, 1) * (np.sin(2 * np.pi * time / 7) > -0.3)
    return np.asfortranarray(np.stack([mono, mono], 1).astype(np.float32))


SOUNDS = {
    "noise": brown(5 * RATE),
    "rumble": brown(5 * RATE, keep=0.999),
    "speech": speechlike(5 * RATE),
    "low tone": np.asfortranarray(np.repeat(0.2 * np.sin(2 * np.pi * 55 * np.arange(5 * RATE) / RATE), 2).reshape(-1, 2), "f4"),
}


def of_pyloudnorm(sound: Block) -> float:
    return float(meter(RATE).integrated_loudness(sound.astype(np.float64)))


def of_ffmpeg(sound: Block, path: Path) -> tuple[float, float]:
    """Integrated loudness (0.1 LU) and true peak in dBTP, by FFmpeg's ebur128."""
    soundfile.write(path, sound, RATE, subtype="FLOAT")
    command = [program("ffmpeg"), "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = told[told.rindex("Summary:") :]
    return tuple(float(re.search(rf"{name}:\s+(-?[\d.]+)", summary)[1]) for name in ("I", "Peak"))


@pytest.mark.slow
@pytest.mark.parametrize("name", SOUNDS)
def test_integrated_loudness_is_that_of_independent_meters(name: str, tmp_path: Path) -> None:
    sound = SOUNDS[name]
    measured = integrated(energies(sound))
    assert abs(measured - of_pyloudnorm(sound)) < 0.01
    assert abs(measured - of_ffmpeg(sound, tmp_path / "sound.wav")[0]) <= 0.1


def test_a_sine_of_full_scale_reads_minus_3_lufs_in_one_ear() -> None:
    sine = np.sin(2 * np.pi * 997 * np.arange(5 * RATE) / RATE).astype(np.float32)
    assert abs(integrated(energies(np.stack([sine, 0 * sine], 1))) - -3.01) < 0.02


def test_a_mono_sound_counts_as_heard_from_both_sides() -> None:
    sound = SOUNDS["speech"]
    mono = np.ascontiguousarray(sound[:, 0])
    assert np.array_equal(energies(mono), energies(sound))


def test_silence_and_very_short_sounds_have_no_loudness() -> None:
    assert integrated(energies(np.zeros((RATE, 2), np.float32))) == float("-inf")
    assert speech_level(np.zeros(RATE, np.float32)) == float("-inf")
    assert speech_level(np.zeros(0, np.float32)) == float("-inf")
    assert len(energies(np.ones((PIECE - 1, 2), np.float32))) == 0
    assert len(windows(np.ones(3))) == 0


@pytest.mark.slow
def test_speech_level_agrees_with_the_standard_on_a_long_passage() -> None:
    sound = SOUNDS["speech"]
    assert abs(speech_level(np.ascontiguousarray(sound[:, 0])) - of_pyloudnorm(sound)) < 0.3


@pytest.mark.parametrize("seconds", [0.2, 0.3, 0.45, 1.0])
def test_speech_level_of_a_short_word_is_that_of_its_sound(seconds: float) -> None:
    long = np.random.default_rng(2).standard_normal(10 * RATE).astype(np.float32) * 0.05
    word = long[: int(seconds * RATE)]
    assert abs(speech_level(word) - speech_level(long)) < 0.3
    assert speech_level(word * 2) - speech_level(word) == pytest.approx(6.02, abs=0.01)


def test_pauses_inside_a_sentence_do_not_make_it_quieter() -> None:
    word = np.ascontiguousarray(SOUNDS["noise"][: RATE // 2, 0])
    paused = np.concatenate([word, np.zeros(2 * RATE, np.float32), word])
    assert abs(speech_level(paused) - speech_level(word)) < 2.0


@pytest.mark.parametrize("name", SOUNDS)
def test_true_peak_is_that_of_an_independent_meter(name: str, tmp_path: Path) -> None:
    sound = SOUNDS[name]
    assert abs(decibels(true_peak(sound)) - of_ffmpeg(sound, tmp_path / "sound.wav")[1]) < 0.2


def test_true_peak_sees_between_samples_and_across_pieces() -> None:
    sine = np.sin(np.pi / 2 * np.arange(2 * PIECE) + np.pi / 4).astype(np.float32)
    assert abs(true_peak(np.stack([sine, sine], 1)[100:-100]) - 1) < 0.15
    assert true_peak(np.zeros((0, 2), np.float32)) == 0


@settings(max_examples=12, deadline=None)
@given(st.lists(st.integers(0, 3 * PIECE), min_size=1, max_size=20))
def test_a_meter_does_not_care_how_the_sound_is_cut(sizes: list[int]) -> None:
    sound = SOUNDS["speech"][: 9 * PIECE + 77]
    meter, whole, at = Meter(), Meter(), 0
    whole.add(sound)
    for size in [*sizes, len(sound)]:
        meter.add(sound[at : at + size])
        at += size
    assert np.array_equal(meter.pieces, whole.pieces)
    assert meter.integrated == whole.integrated
    assert meter.momentary_max == whole.momentary_max
    assert meter.true_peak == whole.true_peak


def test_a_meter_says_what_the_functions_say() -> None:
    sound = np.asfortranarray(np.concatenate([SOUNDS["noise"], SOUNDS["speech"], SOUNDS["rumble"][: RATE + 5]]))
    meter = Meter()
    for at in range(0, len(sound), 65_536):
        meter.add(sound[at : at + 65_536])
    assert np.allclose(meter.pieces, energies(sound), rtol=1e-5)
    assert meter.true_peak == pytest.approx(true_peak(sound))
    assert meter.momentary_max == pytest.approx(lufs(windows(energies(sound)).max()), abs=1e-4)


def test_a_meter_starts_from_nothing() -> None:
    meter = Meter()
    assert (meter.integrated, meter.momentary_max, meter.true_peak) == (float("-inf"), float("-inf"), 0.0)


def test_gain_moves_loudness_by_as_much() -> None:
    sound = SOUNDS["speech"]
    assert integrated(energies(sound * np.float32(gain(-6)))) == pytest.approx(integrated(energies(sound)) - 6, abs=0.001)
