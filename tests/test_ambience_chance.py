"""Chance that can be looked up: the same number at the same place, whatever was asked before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.ambience import chance

PLACES = np.arange(200_000)


def test_keys_tell_seeds_and_names_apart() -> None:
    keys = {chance.key(seed, name) for seed in range(50) for name in ("bed", "drops", "dr", "ops", "")}
    assert len(keys) == 250
    assert all(0 <= key < 2**62 for key in keys)
    assert chance.key(1, "bed") == chance.key(1, "bed")


@given(st.integers(0, 2**61), st.integers(-(2**40), 2**40), st.integers(1, 300))
def test_a_number_belongs_to_its_place(source: int, first: int, count: int) -> None:
    index = np.arange(first, first + count)
    whole = chance.normal(source, index)
    assert np.array_equal(whole[count // 2 :], chance.normal(source, index[count // 2 :]))
    uniform = chance.uniform(source, index)
    assert ((uniform > 0) & (uniform < 1)).all()


def test_uniform_and_normal_are_what_they_say() -> None:
    uniform, normal = chance.uniform(5, PLACES), chance.normal(5, PLACES)
    assert np.histogram(uniform, 10, (0, 1))[0] == pytest.approx(20_000, rel=0.05)
    assert abs(np.corrcoef(uniform[1:], uniform[:-1])[0, 1]) < 0.01
    assert normal.mean() == pytest.approx(0, abs=0.01)
    assert normal.std() == pytest.approx(1, abs=0.01)
    assert abs(np.corrcoef(normal, chance.normal(6, PLACES))[0, 1]) < 0.01


def test_gaussian_numbers_are_normal_and_follow_the_generator() -> None:
    numbers = chance.gaussian(chance.generator(3, 7), 400_001)
    assert numbers.dtype == np.float32
    assert len(numbers) == 400_001
    assert numbers.mean() == pytest.approx(0, abs=0.01)
    assert numbers.std() == pytest.approx(1, abs=0.01)
    assert np.mean(numbers**4) == pytest.approx(3, abs=0.1)
    assert np.array_equal(numbers[:1000], chance.gaussian(chance.generator(3, 7), 1000))
    assert not np.array_equal(numbers[:1000], chance.gaussian(chance.generator(3, 8), 1000))


def test_a_generator_exists_for_chunks_before_the_start() -> None:
    assert chance.generator(3, -1).random() == chance.generator(3, -1).random()
    assert chance.generator(3, -1).random() != chance.generator(3, 1).random()


@given(st.floats(0.01, 50), st.floats(-1e5, 1e5))
def test_a_wandering_curve_is_smooth_and_can_be_entered_anywhere(rate: float, start: float) -> None:
    times = start + np.linspace(0, 3 / rate, 400)
    curve = chance.wander(11, times, rate)
    assert np.abs(np.diff(curve)).max() < 0.2
    assert chance.wander(11, times[250:], rate) == pytest.approx(curve[250:], abs=1e-9)


def test_many_curves_at_once_are_the_same_as_one_by_one_and_have_unit_variance() -> None:
    times = np.arange(0, 4000, 0.4)
    keys = np.array([4, 5, 6])
    curves = chance.wander(keys, times, 0.7)
    assert curves.shape == (10_000, 3)
    assert curves.std(axis=0) == pytest.approx(1, abs=0.1)
    assert np.array_equal(curves[:, 1], chance.wander(5, times, 0.7))
    paces = chance.wander(keys, times, np.array([0.7, 0.2, 0.7]))
    assert np.array_equal(paces[:, ::2], curves[:, ::2])
    assert np.array_equal(paces[:, 1], chance.wander(5, times, 0.2))
