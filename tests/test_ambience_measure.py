"""The meters: each reads what was put in."""

import numpy as np
import pytest

from voiceguide.ambience import measure
from voiceguide.audio import RATE, Block
from voiceguide.loudness import energies, integrated


def noise(seconds: int, seed: int = 1) -> Block:
    return (0.05 * np.random.default_rng(seed).standard_normal((seconds * RATE, 2))).astype(np.float32)


@pytest.mark.slow
def test_swing_is_how_far_the_loudest_3_s_rise() -> None:
    block = noise(60)
    still = measure.loudness(energies(block))
    assert still.level == pytest.approx(integrated(energies(block)))
    assert still.swing < 0.3
    block[20 * RATE : 24 * RATE] *= 2
    assert measure.loudness(energies(block)).swing == pytest.approx(6, abs=1)


def test_onset_sees_a_sudden_start_and_ignores_a_slow_one() -> None:
    block = noise(12)
    assert measure.onset(energies(block)) < 1
    sudden, slow = block.copy(), block * np.linspace(1, 8, len(block))[:, None]
    sudden[6 * RATE :] *= 4
    assert measure.onset(energies(sudden)) == pytest.approx(12, abs=1)
    assert measure.onset(energies(slow)) < 5


def test_crest_of_a_sine_is_3_db() -> None:
    sine = np.sin(np.arange(RATE) * 0.05)[:, None].repeat(2, axis=1)
    assert measure.crest(sine) == pytest.approx(3.01, abs=0.01)


def test_fold_down_loses_nothing_of_one_sound_and_3_db_of_two() -> None:
    block = noise(5)
    assert measure.fold_down_loss(block[:, :1].repeat(2, axis=1)) == pytest.approx(0, abs=1e-3)
    assert measure.fold_down_loss(block) == pytest.approx(3, abs=0.1)


def test_level_range_is_between_long_stretches() -> None:
    block = noise(40)
    assert measure.level_range(energies(block)) < 0.5
    block[: 10 * RATE] *= 0.5
    assert measure.level_range(energies(block)) == pytest.approx(6, abs=0.5)


def test_repetition_knows_a_loop_from_noise_whatever_its_colour() -> None:
    brown = np.cumsum(noise(40), axis=0)
    assert measure.repetition(brown.astype(np.float32)) < 0.03
    assert measure.repetition(np.concatenate([noise(10)] * 4)) > 0.6
