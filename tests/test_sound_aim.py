"""An aim goes from one process to another whole, and says by itself only what plays the session as it is in a file."""

import pickle
from dataclasses import FrozenInstanceError

import pytest
from live_kit import whole

from voiceguide.sound.aim import Aim, Levels


def test_it_arrives_as_it_was_sent() -> None:
    line = whole()
    sent = Aim(7, line, 48_000, True, line.length, Levels(voice=-3.0), "lush", 960, 144_000)
    arrived = pickle.loads(pickle.dumps(sent))
    assert arrived == sent
    assert arrived.timeline.between(0, 48_000 * 9) == line.between(0, 48_000 * 9)


def test_unless_told_otherwise_nothing_is_led_over_or_faded_out() -> None:
    aim = Aim(1, whole(), 0, True, 10)
    assert (aim.fade, aim.out, aim.levels) == (0, None, Levels())
    with pytest.raises(FrozenInstanceError):
        aim.fade = 5  # type: ignore[misc]
