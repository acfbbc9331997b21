import numpy as np
import pytest
from mix_kit import S

from voiceguide.audio import Values
from voiceguide.mix.beds import FIRST_FADE, layers
from voiceguide.plan.timeline import Bed

RAIN, SEA = Bed(0, 3 * S, "rain"), Bed(20 * S, 8 * S, "ocean")


def weights(beds: tuple[Bed, ...], at: Values) -> list[Values]:
    return [layer.weights(at) for layer in layers(beds, int(at[0]), int(at[-1]) + 1)]


def test_the_first_bed_comes_in_over_at_least_three_seconds() -> None:
    at = np.arange(0, 5 * S, 480.0)
    (weight,) = weights((Bed(0, 0, "rain"),), at)
    assert weight[0] == 0
    assert (np.diff(weight) >= 0).all()
    assert at[np.argmax(weight == 1)] == FIRST_FADE


def test_different_scenes_cross_with_equal_power() -> None:
    at = np.arange(20 * S, 28 * S, 480.0)
    rain, sea = weights((RAIN, SEA), at)
    assert rain**2 + sea**2 == pytest.approx(np.ones(len(at)))
    assert (np.diff(sea) >= 0).all()


def test_the_same_scene_with_other_controls_crosses_in_a_straight_sum() -> None:
    at = np.arange(20 * S, 28 * S, 480.0)
    before, after = weights((RAIN, Bed(20 * S, 8 * S, "rain", (("calm", 1.0),))), at)
    assert before + after == pytest.approx(np.ones(len(at)))


def test_a_bed_that_is_gone_is_not_rendered() -> None:
    assert [layer.bed for layer in layers((RAIN, SEA), 0, 20 * S)] == [RAIN]
    assert [layer.bed for layer in layers((RAIN, SEA), 21 * S, 22 * S)] == [RAIN, SEA]
    assert [layer.bed for layer in layers((RAIN, SEA), 28 * S, 29 * S)] == [SEA]
    assert layers((), 0, S) == ()


def test_a_third_bed_may_come_while_the_second_still_rises() -> None:
    wind = Bed(24 * S, 8 * S, "wind")
    at = np.arange(20 * S, 33 * S, 480.0)
    found = weights((RAIN, SEA, wind), at)
    assert np.sum([weight**2 for weight in found], axis=0) == pytest.approx(np.ones(len(at)))
    assert all(np.abs(np.diff(weight)).max() < 0.01 for weight in found)
