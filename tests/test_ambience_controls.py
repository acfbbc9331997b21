"""Controls: nothing moves at the default, everything stays in range, levels shift and other numbers scale."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.ambience import controls, recipe
from voiceguide.ambience.recipe import Control, Controls, Measured, Modulation, Moved, Noise, Recipe

BED = Noise(id="bed", level=-3.0, mods=(Modulation(rate=0.5, depth=1.0), Modulation(rate=2.0, depth=0.5)))
INTENSITY = Control(default=0.5, maps=(("bed.level", (-8.0, 4.0)),))
CALM = Control(default=0.25, maps=(("bed.mods.*.depth", (2.0, 0.0)), ("bed.mods.0.rate", (1.0, 3.0))))
WIDTH = Control(default=1.0, maps=(("scene.width", (0.0, 1.0)),))
MEASURED = Measured(gain=5.0, swing=2.0, calm=Moved(gain=(1.0, -1.0), swing=(0.5, -0.5)), intensity=Moved(gain=(2.0, -3.0)))
SCENE = Recipe(title="t", layers=(BED,), controls=Controls(intensity=INTENSITY, calm=CALM, width=WIDTH), measured=MEASURED)


def bed(**values: float) -> Noise:
    layer = controls.settled(SCENE, values).layers[0]
    assert isinstance(layer, Noise)
    return layer


def test_at_their_defaults_nothing_moves() -> None:
    assert controls.settled(SCENE, {}) == SCENE
    assert controls.settled(SCENE, controls.available(SCENE)) == SCENE


def test_levels_shift_and_other_numbers_scale_in_straight_lines() -> None:
    assert [bed(intensity=at).level for at in (0.0, 0.25, 0.5, 1.0)] == [-11.0, -7.0, -3.0, 1.0]
    assert [mod.depth for mod in bed(calm=0.0).mods] == [2.0, 1.0]
    assert [mod.depth for mod in bed(calm=1.0).mods] == [0.0, 0.0]
    assert [mod.rate for mod in bed(calm=1.0).mods] == [1.5, 2.0]
    assert controls.settled(SCENE, {"width": 0.5}).width == 0.5


def test_controls_together_never_leave_a_range() -> None:
    high = replace(BED, level=22.0)
    loud = replace(SCENE, layers=(high,), controls=Controls(intensity=INTENSITY, calm=INTENSITY))
    layer = controls.settled(loud, {"intensity": 1.0, "calm": 1.0}).layers[0]
    assert layer.level == recipe.LEVEL.high


@given(st.dictionaries(st.sampled_from(["intensity", "calm", "width"]), st.floats(0, 1)))
def test_any_setting_gives_values_in_range(values: dict[str, float]) -> None:
    settled = controls.settled(SCENE, values)
    assert -11 <= settled.layers[0].level <= 1
    assert 0 <= settled.width <= 1


def test_only_controls_that_are_written_are_there() -> None:
    assert controls.available(SCENE) == {"intensity": 0.5, "calm": 0.25, "width": 1.0}


def test_gain_and_swing_are_corrected_along_the_same_lines() -> None:
    assert controls.correction(SCENE, {}) == (0.0, 0.0)
    assert controls.correction(SCENE, {"intensity": 0.0}) == (2.0, 0.0)
    assert controls.correction(SCENE, {"intensity": 1.0, "calm": 1.0}) == (-4.0, -0.5)
    assert controls.correction(SCENE, {"calm": 0.625})[0] == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("bed.nothing", "no key 'nothing'"),
        ("sea.level", "no layer 'sea'"),
        ("bed.frame", "cannot be moved"),
        ("shore.period", "moves numbers"),
    ],
)
def test_a_target_that_is_not_there_is_refused(target: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        controls.check(SCENE, target, (0.5, 2.0))
