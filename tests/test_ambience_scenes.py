"""A session's soundscapes are opened once each, listened to once, and refused by name with the nearest that there is."""

from pathlib import Path

import numpy as np
import pytest

from voiceguide.ambience.scenes import Scenes
from voiceguide.audio import RATE, empty
from voiceguide.errors import UsageError


def hiss() -> np.ndarray:
    sound = empty(10 * RATE)
    sound.T[:] = np.random.default_rng(1).standard_normal((2, 10 * RATE), np.float32) * 0.05
    return sound


def test_each_soundscape_is_opened_once_for_its_controls(tmp_path: Path) -> None:
    scenes = Scenes(0, tmp_path, {})
    rain = scenes.open("rain")
    assert scenes.open("rain") is rain
    other = scenes.open("rain", (("intensity", 0.9),))
    assert other is not rain
    assert set(scenes.opened) == {("rain", ()), ("rain", (("intensity", 0.9),))}
    assert not np.array_equal(rain.render(0, 4800), other.render(0, 4800))


def test_what_was_heard_before_is_not_measured_again(tmp_path: Path) -> None:
    given = {"hiss": hiss()}
    first = Scenes(0, tmp_path, given).open("hiss")
    again = Scenes(0, tmp_path, given, {("hiss", ()): first.heard}).open("hiss")
    assert again.heard is first.heard
    assert np.array_equal(first.render(RATE, RATE), again.render(RATE, RATE))


@pytest.mark.parametrize(("name", "fix"), [("rainn", "did you mean 'rain'?"), ("qqqq", "`voiceguide soundscapes` lists")])
def test_an_unknown_name_is_refused_with_what_to_do(tmp_path: Path, name: str, fix: str) -> None:
    with pytest.raises(UsageError, match="there is no soundscape") as refused:
        Scenes(0, tmp_path, {}).open(name)
    assert fix in str(refused.value)
