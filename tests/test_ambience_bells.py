"""Bells: soft to begin, equal in loudness, long to fade, and known by name."""

from pathlib import Path

import numpy as np
import pytest

from voiceguide.ambience import bells
from voiceguide.ambience.signals import ringing
from voiceguide.audio import RATE
from voiceguide.loudness import energies, lufs, windows

DOCUMENT = Path(__file__).parent.parent / "docs" / "soundscapes.md"


@pytest.mark.parametrize("name", bells.BELLS)
class TestEveryBell:
    def test_its_loudest_400_ms_are_at_the_documented_level(self, name: str) -> None:
        sound = bells.strike(name)
        assert sound.dtype == np.float32
        assert sound.shape == (ringing(name), 2)
        assert lufs(float(windows(energies(sound)).max())) == pytest.approx(bells.LOUDNESS, abs=0.05)

    def test_it_takes_at_least_20_ms_to_rise(self, name: str) -> None:
        height = np.maximum.accumulate(np.abs(bells.strike(name)[: RATE // 2]).max(axis=1))
        rise = np.argmax(height > 0.9 * height[-1]) - np.argmax(height > 0.1 * height[-1])
        assert rise >= 0.020 * RATE

    def test_it_begins_and_ends_in_silence_without_a_click(self, name: str) -> None:
        sound = bells.strike(name)
        assert np.abs(sound[[0, -1]]).max() < 1e-6
        assert np.abs(sound[-480:]).max() < 1e-4

    def test_it_dies_away(self, name: str) -> None:
        quarters = np.abs(bells.strike(name)).max(axis=1)[: ringing(name) // 4 * 4].reshape(4, -1).max(axis=1)
        assert quarters[3] < quarters[0] / 10

    def test_both_sides_live_and_fold_down(self, name: str) -> None:
        sound = bells.strike(name)
        assert not np.array_equal(sound[:, 0], sound[:, 1])
        assert np.mean(sound.mean(axis=1) ** 2) > 0.5 * np.mean(sound**2)

    def test_it_is_in_the_document(self, name: str) -> None:
        assert f"| `{name}` | {bells.BELLS[name]} |" in DOCUMENT.read_text(encoding="utf-8")


def pitch(name: str) -> float:
    sound = bells.strike(name).mean(axis=1)
    return float(np.argmax(np.abs(np.fft.rfft(sound))) * RATE / len(sound))


def test_the_closing_bell_is_the_lowest_and_the_longest() -> None:
    assert min(bells.BELLS, key=pitch) == "closing"
    assert max(bells.BELLS, key=ringing) == "closing"


def test_a_bell_cannot_be_spoiled_by_its_user_and_a_wrong_name_is_an_error() -> None:
    with pytest.raises(ValueError, match="read-only"):
        bells.strike("soft")[0] = 1
    with pytest.raises(KeyError):
        bells.strike("gong")
