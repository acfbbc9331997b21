"""What takes too long for every day (`make soak`): as the tests of the same names, but long, often, and with figures."""

from pathlib import Path

import pytest
from faults_kit import FAULTS
from sound_server import SoundServer
from test_whole_exits import WAYS
from test_whole_faults import break_often, in_place
from test_whole_played import hear_through

TIMES = 20
BACK = 2.0
EXITS = 15
NEVER = -1


def test_five_minutes_equal_the_file(own_home: Path) -> None:
    hear_through(own_home, "5m", busy_from=NEVER)


def test_ten_minutes_under_full_load_have_no_gap(own_home: Path) -> None:
    hear_through(own_home, "10m", busy_from=0)


def test_an_hour_is_heard_as_planned(own_home: Path) -> None:
    hear_through(own_home, "60m", busy_from=NEVER)


@pytest.mark.parametrize("fault", FAULTS)
def test_twenty_times_sound_is_back_within_two_seconds(tmp_path: Path, fault: str) -> None:
    outcomes = break_often(tmp_path / "home", fault, TIMES, "10m")
    print(f"{fault}: back after {max(one.back for one in outcomes):.2f} s at most; late by", [one.late for one in outcomes])
    assert all(one.back < BACK and in_place(one) for one in outcomes), outcomes


@pytest.mark.parametrize("way", WAYS)
def test_a_hundred_exits_and_no_hang(sound_server: SoundServer, own_home: Path, way: str) -> None:
    took = [WAYS[way](sound_server, own_home) for _ in range(EXITS)]
    print(f"{way}: gone after {max(took):.2f} s at most")
    assert max(took) < BACK
