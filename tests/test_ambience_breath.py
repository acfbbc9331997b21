"""The breath pacer: in and out cannot be confused, borders are silent, any piece is a slice of the whole."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.ambience import breath
from voiceguide.audio import RATE, Block
from voiceguide.loudness import energies, lufs, windows
from voiceguide.plan.timeline import BreathPhase

PHASES: tuple[BreathPhase, ...] = get_args(BreathPhase)
SOUNDING: tuple[BreathPhase, ...] = ("in", "sip", "hold", "out")


def whole(phase: BreathPhase, seconds: float = 5.0) -> Block:
    length = int(seconds * RATE)
    return breath.tone(phase, length, 0, length)


def loudest(block: Block) -> float:
    return lufs(float(windows(energies(block)).max()))


def pitch(block: Block) -> float:
    spectrum = np.abs(np.fft.rfft(block.mean(axis=1) * np.hanning(len(block)), 8 * len(block)))
    return float(np.argmax(spectrum) * RATE / (8 * len(block)))


def brightness(block: Block) -> float:
    power = np.abs(np.fft.rfft(block.mean(axis=1))) ** 2
    return float(np.sum(power * np.fft.rfftfreq(len(block), 1 / RATE)) / power.sum())


@settings(max_examples=40)
@given(st.sampled_from(PHASES), st.integers(1, 2 * RATE), st.integers(-RATE, 2 * RATE), st.integers(0, RATE))
def test_any_piece_is_a_slice_of_the_whole(phase: BreathPhase, length: int, start: int, frames: int) -> None:
    everything = breath.tone(phase, length, -RATE, 4 * RATE)
    assert np.array_equal(breath.tone(phase, length, start, frames), everything[start + RATE : start + RATE + frames])


@pytest.mark.slow
@given(st.sampled_from(SOUNDING), st.floats(0.5, 6))
def test_every_phase_begins_and_ends_at_zero_with_a_smooth_slope(phase: BreathPhase, seconds: float) -> None:
    block = whole(phase, seconds)
    edge = int(0.002 * RATE)
    assert np.abs(block[:2]).max() < 1e-6
    assert np.abs(block[-2:]).max() < 1e-6
    assert max(np.abs(block[:edge]).max(), np.abs(block[-edge:]).max()) < 0.02 * np.abs(block).max()


def test_loudness_is_as_documented() -> None:
    for phase in ("in", "sip", "out"):
        assert loudest(whole(phase)) == pytest.approx(breath.LOUDNESS, abs=0.1)
    assert loudest(whole("hold")) == pytest.approx(breath.LOUDNESS - breath.HOLD_BELOW, abs=0.1)
    assert not whole("rest").any()


@pytest.mark.parametrize("seconds", [2.0, 4.0, 5.5, 8.0])
def test_length_hardly_changes_loudness(seconds: float) -> None:
    for phase in ("in", "out"):
        assert loudest(whole(phase, seconds)) == pytest.approx(breath.LOUDNESS, abs=1)


def test_in_climbs_and_brightens_and_out_sinks_and_darkens() -> None:
    second = RATE
    for phase, sign in (("in", 1), ("out", -1)):
        block = whole(phase)
        early, late = block[second : 2 * second], block[3 * second : 4 * second]
        assert sign * (pitch(late) - pitch(early)) > 10
        assert sign * (brightness(late) - brightness(early)) > 20


def test_in_swells_late_and_out_swells_early() -> None:
    heights = {phase: np.abs(whole(phase)).max(axis=1) for phase in ("in", "out")}
    assert heights["in"].argmax() > 3 * RATE
    assert heights["out"].argmax() < 1.5 * RATE
    assert pitch(whole("in")[3 * RATE : 4 * RATE]) > 1.2 * pitch(whole("out")[RATE // 2 : 3 * RATE // 2])


def test_it_is_a_tone_and_no_breath_noise() -> None:
    power = np.sort(np.abs(np.fft.rfft(whole("hold").mean(axis=1))) ** 2)[::-1]
    assert power[:200].sum() > 0.99 * power.sum()


def test_it_folds_down_to_one_loudspeaker() -> None:
    for phase in SOUNDING:
        block = whole(phase)
        assert np.mean(block.mean(axis=1) ** 2) > 0.6 * np.mean(block**2)
