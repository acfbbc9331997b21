from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mix_kit import S, timeline, voice

from voiceguide.ambience.scenes import Scenes
from voiceguide.audio import Values
from voiceguide.mix.beds import FIRST_FADE, layers
from voiceguide.mix.mixer import Mixer
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


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 20)), min_size=1, max_size=6))
def test_ramps_that_overlap_are_one_smooth_change(ramps: list[tuple[int, int]]) -> None:
    """Each begins a while after the one before, which may still be on its way; together they are always one scene."""
    starts = np.cumsum([20, *(later for later, _ in ramps)])
    beds = tuple(
        Bed(int(start) * S, length * S, "rain", (("calm", number / 10),))
        for number, (start, length) in enumerate(zip(starts, [8, *(length for _, length in ramps)], strict=True))
    )
    at = np.arange(20 * S, 100 * S, 4800.0)
    found = weights((RAIN, *beds), at)
    assert np.sum(found, axis=0) == pytest.approx(np.ones(len(at)))
    if all(bed.fade for bed in beds):
        assert max(np.abs(np.diff(weight)).max() for weight in found) < 0.2


@pytest.mark.slow
def test_a_control_is_turned_without_a_click_or_a_jump() -> None:
    """Two ramps over one another, in rain: no millisecond stands out from those before and after the ramps."""
    scenes = Scenes(1, Path(), {})
    beds = (
        Bed(0, 3 * S, "rain", (("intensity", 0.2),)),
        Bed(20 * S, 20 * S, "rain", (("intensity", 0.9),)),
        Bed(30 * S, 20 * S, "rain", (("calm", 1.0), ("intensity", 0.9))),
    )
    mixed = Mixer(voice, lambda bed: scenes.open(bed.scene or "", bed.controls), "clear")
    sound = np.concatenate([mixed.stems(timeline(90 * S, beds=beds), start, S).bed for start in range(4 * S, 70 * S, S)])
    tenths = 10 * np.log10(np.mean(sound.reshape(-1, S // 2, 2) ** 2, axis=(1, 2)))
    assert tenths.max() - tenths.min() < 4
    jerks = np.abs(np.diff(sound, n=3, axis=0)).max(axis=1)
    before_and_after = np.concatenate([jerks[: 15 * S], jerks[48 * S : 65 * S]])
    assert jerks[16 * S : 46 * S].max() <= 1.2 * before_and_after.max()


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
