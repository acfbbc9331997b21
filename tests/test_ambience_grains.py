"""Grains: the bank is fair, the power follows from level and rate, and nothing leaves its chunk's room."""

from dataclasses import replace

import numpy as np
import pytest

from voiceguide.ambience.bands import Colour
from voiceguide.ambience.chunks import CHUNK, Chunks
from voiceguide.ambience.grains import Grains, bursts, showers
from voiceguide.ambience.recipe import FLAT_BED, Activity, Cluster, Events, Grain
from voiceguide.audio import RATE, Block

FLAT = Colour(((1000.0, 0.0),), (), 0.0, 20.0)
SHORT = Grain(decay=(0.001, 0.02), freq=(500.0, 8000.0))
DROPS = Events(id="drops", level=0.0, rate=300.0, grain=SHORT)


def heard(written: Events, seconds: int = 60) -> Block:
    layer = Grains(written, 9, bursts(written.grain, 9, FLAT), None)
    return Chunks([layer], lambda chunk: chunk).render(0, seconds * RATE)


def level(block: Block) -> float:
    return float(10 * np.log10(np.mean(block**2)))


def test_a_bank_has_mean_energy_one_and_every_grain_begins_and_ends_at_zero() -> None:
    bank = bursts(SHORT, 4, FLAT)
    assert np.mean([np.sum(grain**2) for grain in bank]) == pytest.approx(1, abs=1e-3)
    assert all(grain[0] == 0 and grain[-1] == 0 for grain in bank)
    assert all(len(grain) <= CHUNK for grain in bank)
    assert sum(grain.nbytes for grain in bank) < 2_500_000


def test_long_grains_make_a_smaller_bank() -> None:
    short, long = (bursts(replace(SHORT, decay=decay), 4, FLAT) for decay in ((0.001, 0.002), (0.03, 0.05)))
    assert 20 < len(long) < len(short)
    assert sum(grain.nbytes for grain in long) < 2_000_000


def test_even_the_longest_grains_fit_into_the_room_after_a_chunk() -> None:
    assert max(len(grain) for grain in bursts(Grain(decay=(0.05, 0.05), freq=(100.0, 200.0)), 4, FLAT)) <= CHUNK


@pytest.mark.slow
@pytest.mark.parametrize("rate", [50.0, 300.0, 1000.0])
@pytest.mark.parametrize("spread", [0.0, 5.0])
def test_the_power_follows_from_the_level_whatever_the_rate_and_spread(rate: float, spread: float) -> None:
    one_side = FLAT_BED - 3
    assert level(heard(replace(DROPS, rate=rate, spread=spread))) == pytest.approx(one_side, abs=1.2)


def test_resonance_follows_the_range_written() -> None:
    def centre(low: float, high: float) -> float:
        spectra = [
            np.abs(np.fft.rfft(grain, 8192)) ** 2 for grain in bursts(replace(SHORT, freq=(low, high), q=(4.0, 8.0)), 4, FLAT)
        ]
        return float(np.sum(np.sum(spectra, axis=0) * np.fft.rfftfreq(8192, 1 / RATE)) / np.sum(spectra))

    assert centre(300, 600) < 1500 < centre(3000, 6000) < 7000


def test_pan_zero_is_the_middle() -> None:
    left, right = heard(replace(DROPS, pan=0.0), 5).T
    assert np.allclose(left, right, atol=1e-7)


def test_activity_moves_the_rate_around_what_it_says() -> None:
    rates = showers(Activity(rate=0.5, depth=0.5), 3)(np.arange(0, 4000, 1.0))
    assert rates.mean() == pytest.approx(1, abs=0.08)
    assert rates.std() > 0.3


def test_no_events_are_silence() -> None:
    layer = Grains(DROPS, 9, bursts(SHORT, 9, FLAT), lambda times: np.zeros(len(times)))
    assert not Chunks([layer], lambda chunk: chunk).render(0, RATE).any()


BURSTS = Events(id="crackle", level=0.0, rate=5.0, spread=4.0, grain=SHORT, cluster=Cluster(more=3.0, within=0.02, softer=5.0))


@pytest.mark.slow
def test_what_follows_an_event_counts_in_the_level() -> None:
    assert level(heard(BURSTS, 300)) == pytest.approx(FLAT_BED - 3, abs=1)


def test_events_that_set_others_off_come_in_bursts() -> None:
    def moments(written: Events) -> int:
        return int((np.abs(heard(written, 60)).reshape(-1, RATE // 50, 2).max(axis=(1, 2)) > 1e-3).sum())

    single, burst = replace(BURSTS, cluster=None, rate=20.0), BURSTS
    assert moments(burst) < 0.8 * moments(single)


def test_what_follows_never_leaves_the_room_after_a_chunk() -> None:
    late = replace(BURSTS, rate=200.0, cluster=Cluster(more=5.0, within=0.1))
    piece = np.zeros((2, 2 * CHUNK), np.float32)
    Grains(late, 9, bursts(late.grain, 9, FLAT), None).add(0, piece)
    assert piece[:, CHUNK:].any()
    assert np.isfinite(piece).all()
