"""What is struck rises calmly out of what was heard, whatever that was."""

import numpy as np
import pytest
from mix_kit import SCENES, S, level, mixer, signal, spoken, timeline

from voiceguide.mix.strikes import energy, strike
from voiceguide.plan.timeline import Bed


def rise(sound: np.ndarray, at: int) -> float:
    """dB of the loudest 100 ms in the second from `at` over the 2 s before each."""
    power = np.cumsum(np.concatenate([np.zeros(1), np.square(sound, dtype=np.float64).sum(axis=1)]))
    starts = np.arange(at - S // 10, at + S, S // 100)
    now, before = power[starts + S // 10] - power[starts], (power[starts] - power[starts - 2 * S]) / 20
    return float(10 * np.log10((now / before).max()))


@pytest.mark.parametrize("name", ["beat", "tick", "soft", "bowl", "chime", "closing"])
def test_a_strike_knows_its_loudest_tenth_of_a_second(name: str) -> None:
    sound = strike(name).sound
    assert strike(name).sharpest == max(energy(sound[at : at + S // 10]) for at in range(0, len(sound) - S // 10, S // 100))
    assert strike(name).sharpest > energy(sound)


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["clear", "lush"])
@pytest.mark.parametrize("name", ["beat", "tick", "soft", "bowl", "chime", "closing"])
@pytest.mark.parametrize("after", [0.9, 1.5, 2.0, 2.5, 9.0])
def test_nothing_struck_is_a_shock_even_while_the_bed_still_makes_way(preset: str, name: str, after: float) -> None:
    start = 20 * S + int(after * S)
    heard = mixer(preset).block(timeline(60 * S, spoken(12 * S, 20 * S), signal(name, start, start + 16 * S)), 0, 40 * S)
    assert rise(heard, start) <= 12


class Waves:
    """A scene that is quiet for 5 s and loud for 5 s."""

    loudness, swing = -27.0, 3.0

    def render(self, start: int, frames: int) -> np.ndarray:
        quiet = (np.arange(start, start + frames) // (5 * S)) % 2 == 0
        return SCENES["steady"].render(start, frames) * np.where(quiet, 0.25, 1.4).astype(np.float32)[:, None]


@pytest.mark.parametrize("name", ["beat", "tick", "soft"])
def test_a_quiet_moment_of_the_bed_is_not_broken(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCENES, "waves", Waves())
    beds = (Bed(0, 3 * S, "waves"),)
    heard = mixer().block(timeline(60 * S, signal(name, 23 * S, 30 * S), beds=beds), 0, 40 * S)
    assert rise(heard, 23 * S) <= 12


def test_a_bell_makes_way_for_words_that_follow_but_not_for_those_before() -> None:
    def rung(*said: int) -> np.ndarray:
        cues = (spoken(start * S, (start + 3) * S) for start in said)
        return mixer().stems(timeline(60 * S, *cues, signal("bowl", 20 * S, 32 * S)), 0, 40 * S).signals

    free, before, after = rung(), rung(16), rung(24)
    assert np.allclose(before[20 * S :] / np.abs(before).max(), free[20 * S :] / np.abs(free).max(), atol=1e-5)
    assert level(after[24 * S : 27 * S]) <= level(free[24 * S : 27 * S]) - 9
    assert np.array_equal(after[20 * S : 23 * S], free[20 * S : 23 * S])
