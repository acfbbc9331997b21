"""The metronome and the countdown: short, soft, equal in loudness."""

import numpy as np
import pytest

from voiceguide.ambience import beats
from voiceguide.audio import RATE
from voiceguide.loudness import energies, lufs, windows


@pytest.mark.parametrize("kind", ["beat", "tick"])
def test_a_beat_is_short_soft_and_at_the_documented_level(kind: beats.Kind) -> None:
    sound = beats.tick(kind)
    assert sound.shape == (RATE // 2, 2)
    assert sound.dtype == np.float32
    assert lufs(float(windows(energies(sound)).max())) == pytest.approx(beats.LOUDNESS, abs=0.05)
    height = np.abs(sound).max(axis=1)
    assert height[0] == pytest.approx(0, abs=1e-6)
    assert height[-1] == pytest.approx(0, abs=1e-6)
    assert height.argmax() > 0.004 * RATE
    assert height[RATE // 4 :].max() < height.max() / 20


def test_beat_and_tick_can_be_told_apart() -> None:
    centres = []
    for kind in ("beat", "tick"):
        spectrum = np.abs(np.fft.rfft(beats.tick(kind)[:, 0])) ** 2
        centres.append(np.sum(spectrum * np.fft.rfftfreq(RATE // 2, 1 / RATE)) / spectrum.sum())
    assert centres[1] > 1.5 * centres[0]
