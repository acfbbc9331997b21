from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE
from voiceguide.desktop.nowplaying import TRACK, NowPlaying, microseconds, now_playing
from voiceguide.live.commands import Next, Seek
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Chapter, Timeline

LENGTH = 60 * RATE
CHAPTERS = (Chapter("Arrive", 0, 10 * RATE, 1), Chapter("Rest\x00", 10 * RATE, LENGTH, 2))
SESSION = Transport(Timeline(LENGTH, LENGTH, chapters=CHAPTERS))
HALFWAY = NowPlaying("Pause", length=LENGTH, position=LENGTH // 2)
INT64 = st.integers(-(2**63), 2**63 - 1)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, "Playing"),
        ({"holds": (("user", 0),)}, "Paused"),
        ({"holds": (("ready", 0),)}, "Paused"),
        ({"holds": (("device", 0),)}, "Playing"),
        ({"holds": (("device", 0), ("user", 0))}, "Paused"),
        ({"silent": 5}, "Stopped"),
        ({"over": True}, "Stopped"),
    ],
)
def test_the_big_button_does_what_the_status_promises(changes, status) -> None:
    assert now_playing("Pause", replace(SESSION, **changes)).status == status


def test_the_section_is_shown_and_nothing_that_no_bus_takes() -> None:
    assert now_playing("A\ud800 pause\n", replace(SESSION, position=10 * RATE)).told == ("A pause", "Rest", "Playing", LENGTH)
    assert now_playing("Pause", replace(SESSION, timeline=Timeline(LENGTH))).part == ""


@pytest.mark.parametrize(("seconds", "frame"), [(-10, 20), (10, 40), (-45, 0), (29.9, 59.9)])
def test_a_wish_to_move(seconds: float, frame: float) -> None:
    assert HALFWAY.sought(round(seconds * 1_000_000)) == Seek(round(frame * RATE))


def test_beyond_the_end_is_the_next_step() -> None:
    assert HALFWAY.sought(30_000_000) == Next()


@given(INT64)
def test_whatever_is_wished_stays_inside(wish: int) -> None:
    for command in (HALFWAY.sought(wish), HALFWAY.placed(TRACK, wish)):
        assert not isinstance(command, Seek) or 0 <= command.frame < LENGTH
    if not -60_000_001 < wish < 60_000_001:
        assert HALFWAY.sought(wish) is None
    if not 0 <= wish < 60_000_000:
        assert HALFWAY.placed(TRACK, wish) is None


@given(st.integers(0, LENGTH - 1))
def test_every_place_can_be_had(frame: int) -> None:
    command = HALFWAY.placed(TRACK, microseconds(frame) + 20)
    assert command in (Seek(frame), Seek(frame + 1), None)
    assert command is not None or frame == LENGTH - 1


def test_another_track_is_not_ours() -> None:
    assert HALFWAY.placed("/org/mpris/MediaPlayer2/TrackList/NoTrack", 5) is None


@pytest.mark.parametrize(
    ("status", "moved", "heard", "jumped"),
    [
        ("Playing", 10, 10, False),
        ("Playing", 10.5, 10, False),
        ("Playing", 12, 10, True),
        ("Playing", -3, 0.1, True),
        ("Paused", 0, 100, False),
        ("Paused", 20, 0.1, True),
    ],
)
def test_only_a_jump_is_one(status, moved: float, heard: float, jumped: bool) -> None:
    before = replace(HALFWAY, status=status)
    after = replace(before, position=before.position + round(moved * RATE), clock=round(heard * RATE))
    assert after.jumped(before) is jumped
