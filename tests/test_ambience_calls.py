"""Calls: every caller keeps its pitch, place and rhythm, rests when it should, and can be found from the time alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.ambience.calls import Calls
from voiceguide.ambience.chunks import CHUNK, Chunks
from voiceguide.ambience.recipe import FLAT_BED, Song
from voiceguide.ambience.recipe import Calls as Written
from voiceguide.audio import RATE, Block

CHIRP = Song(syllables=(3, 3), length=(0.03, 0.03), gap=(0.01, 0.01), freq=(4000.0, 4001.0), overtone=0.0)
ONE = Written(id="cricket", level=0.0, callers=1, period=(0.5, 0.5), jitter=0.0, spread=0.0, song=CHIRP)
MANY = replace(ONE, callers=8, period=(0.4, 2.0), jitter=0.5, song=replace(CHIRP, freq=(2000.0, 6000.0), syllables=(2, 30)))


def heard(written: Written, start: int = 0, seconds: float = 20, source: int = 8) -> Block:
    return Chunks([Calls(written, source)], lambda chunk: chunk).render(start, int(seconds * RATE))


def test_a_call_is_its_syllables_at_its_period() -> None:
    level = np.abs(heard(ONE, seconds=10)).max(axis=1).reshape(-1, RATE // 200).max(axis=1)
    begins = np.flatnonzero((level[1:] > level.max() / 50) & (level[:-1] <= level.max() / 50))
    assert len(begins) == pytest.approx(60, abs=3)
    assert np.diff(begins[::3]) == pytest.approx(100, abs=2)


def test_pitches_lie_in_the_range_and_each_caller_has_its_own() -> None:
    spectrum = np.abs(np.fft.rfft(heard(MANY, seconds=30).mean(axis=1))) ** 2
    hz = np.fft.rfftfreq(30 * RATE, 1 / RATE)
    assert spectrum[(hz > 1900) & (hz < 6200)].sum() > 0.98 * spectrum.sum()
    assert all(spectrum[(hz > low) & (hz < low * 1.45)].sum() > 0.01 * spectrum.sum() for low in (2000, 2900, 4200))


@pytest.mark.parametrize("level", [0.0, -10.0])
@pytest.mark.parametrize("rest", [0.0, 0.5])
def test_the_power_follows_from_the_level_whatever_the_rest(level: float, rest: float) -> None:
    block = heard(replace(MANY, level=level, rest=rest, turn=1.0, spread=3.0, farther=0.0), seconds=120)
    assert 10 * np.log10(np.mean(block**2)) == pytest.approx(FLAT_BED + level, abs=1)


@pytest.mark.slow
def test_a_caller_rests_for_its_share_of_the_time() -> None:
    level = np.abs(heard(replace(ONE, rest=0.6, turn=5.0), seconds=600)).max(axis=1).reshape(-1, RATE).max(axis=1)
    assert np.mean(level > level.max() / 10) == pytest.approx(0.4, abs=0.15)


def test_callers_stand_apart_and_the_farthest_is_the_softest() -> None:
    sides = [caller.sides for caller in Calls(replace(MANY, farther=20.0), 8)._callers]
    loud = [20 * np.log10(np.hypot(*one.ravel())) for one in sides]
    assert loud == pytest.approx(np.linspace(0, -20, 8), abs=0.1)
    assert len({round(float(np.arctan2(*one.ravel())), 3) for one in sides}) == 8


def test_the_wood_answers_after_the_song_and_fades() -> None:
    dry, wet = (heard(replace(ONE, song=replace(CHIRP, echo=echo)), seconds=5)[:, 0] for echo in (-60.0, 0.0))
    quiet = np.abs(dry) < np.abs(dry).max() / 1000
    assert np.mean(wet[quiet] ** 2) > 100 * np.mean(dry[quiet] ** 2)
    assert np.abs(np.diff(wet)).max() < 0.8 * np.abs(wet).max() * 2 * np.pi * 4100 / RATE * 2


def test_birds_sing_differently_each_time_and_crickets_alike() -> None:
    bird = replace(CHIRP, bend=0.5, variety=0.3)
    alike, apart = (Calls(replace(ONE, song=song), 8)._callers[0].syllables for song in (CHIRP, bird))
    assert np.allclose(alike[0], alike[1])
    assert not np.allclose(apart[0], apart[1], atol=0.1)


@given(st.integers(-100 * CHUNK, 100_000 * CHUNK), st.integers(1, 3 * CHUNK))
def test_any_stretch_is_a_slice_of_the_whole(start: int, count: int) -> None:
    layer = Chunks([CALLS], lambda chunk: chunk)
    whole = layer.render(start - CHUNK, count + 2 * CHUNK)
    assert np.array_equal(Chunks([CALLS], lambda chunk: chunk).render(start, count), whole[CHUNK : CHUNK + count])


CALLS = Calls(replace(MANY, rest=0.3, turn=2.0), 8)
