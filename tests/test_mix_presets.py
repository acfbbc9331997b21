import numpy as np
import pytest

from voiceguide.mix.presets import PRESETS


@pytest.mark.parametrize("name", ["clear", "lush"])
@pytest.mark.parametrize(("level", "swing"), [(0, 0), (0, 3), (4, 6), (-10, 0)])
def test_under_speech_everything_together_keeps_its_distance(name: str, level: float, swing: float) -> None:
    mix = PRESETS[name]
    together = 10 * np.log10(10 ** ((mix.bed + level + swing) / 10) + 10 ** (mix.tones / 10))
    assert together - mix.duck(level, swing) <= mix.under


def test_the_levels_are_those_promised() -> None:
    assert (PRESETS["clear"].bed, PRESETS["clear"].under) == (-14, -20)
    assert (PRESETS["lush"].bed, PRESETS["lush"].under) == (-9, -14)
    assert PRESETS["off"].bed is None


def test_the_deeper_duck_is_never_steeper_than_it_needs() -> None:
    assert 0 < PRESETS["off"].duck(0, 6) < PRESETS["clear"].duck(0, 0) < PRESETS["clear"].duck(0, 6) < 16
