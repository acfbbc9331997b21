"""What takes too long for every day (`make soak`): as the tests of the same names, but long, often, and with figures."""

import os
import pty
import time
from pathlib import Path
from random import Random

import pytest
from deck_kit import as_floats, bursts
from faults_kit import FAULTS
from played_kit import ROUTINE, Played
from sound_server import Capture, SoundServer
from test_whole_exits import WAYS
from test_whole_faults import break_often, in_place, move_often
from test_whole_played import hear_through

TIMES = 20
BACK = 2.0
EXITS = 15
NEVER = -1

KEYS = [b" ", b"n", b"b", b"\x1b[C", b"\x1b[D", b"\x1b[A", b"\x1b[B", *(bytes([key]) for key in b"al+-[]gms123<>")]
PRESSES, APART = 1000, 0.2
CLICK = 10 ** (-50 / 20)


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


def test_twenty_times_it_goes_on_where_it_is_sent(tmp_path: Path) -> None:
    outcomes = move_often(tmp_path / "home", TIMES, "10m")
    print(f"moved: there after {max(one.back for one in outcomes):.2f} s at most; late by", [one.late for one in outcomes])
    assert all(one.back < BACK and in_place(one) for one in outcomes), outcomes


@pytest.mark.parametrize("way", WAYS)
def test_a_hundred_exits_and_no_hang(sound_server: SoundServer, own_home: Path, way: str) -> None:
    took = [WAYS[way](sound_server, own_home) for _ in range(EXITS)]
    print(f"{way}: gone after {max(took):.2f} s at most")
    assert max(took) < BACK


def test_a_thousand_keys_and_no_click(sound_server: SoundServer, own_home: Path) -> None:
    """Over a drone and a hum, which have nothing above 8 kHz, as a click has."""
    chance = Random(1)
    person, program = pty.openpty()
    played = Played(sound_server, own_home, "--for", "30m", "--repeat", "9", routine=ROUTINE.replace("rain", "warm-drone"))
    played.stdin = program
    try:
        with Capture(sound_server) as heard, played:
            played.wait_for(event="cue")
            for _ in range(PRESSES):
                os.write(person, chance.choice(KEYS))
                time.sleep(chance.uniform(0, 2 * APART))
            audio = played.audio()
            os.write(person, b"q")
            assert played.wait(10) == 0, played.told()
            assert audio
            changes = {event.facts.get("reason") for event in played.events if event.facts["event"] == "state"}
            assert not changes & {"device", "error"}
            click = bursts(as_floats(heard.samples.tobytes()))
        print(f"the loudest above 8 kHz: {click:.5f}")
        assert click < CLICK
    finally:
        os.close(person)
        os.close(program)
