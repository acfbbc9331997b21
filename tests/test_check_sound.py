from dataclasses import replace

import pytest

from voiceguide.audio import RATE
from voiceguide.check.sound import SOUND_RULES, Sound, listened

GOOD = Sound("clear", -16.2, -1.4, 21.0, 12, 12 * RATE, 15 * RATE)


def test_a_good_sound_is_left_alone_and_so_is_one_without_speech():
    assert list(listened(GOOD)) == []
    assert list(listened(Sound("off", None, None, None, 0, 12 * RATE, None))) == []


@pytest.mark.parametrize(
    ("number", "change"),
    [
        ("A1", {"margin": 18.0}),
        ("A2", {"speech": -19.0}),
        ("A2", {"speech": -14.5}),
        ("A3", {"peak": -0.4}),
        ("A4", {"fade": 5 * RATE}),
        ("A5", {"after_words": 3 * RATE}),
    ],
)
def test_what_is_off_is_told_with_its_number_and_what_was_measured(number, change):
    (told,) = listened(replace(GOOD, **change))
    assert told.startswith(f"{number}: ")
    assert SOUND_RULES[number].reason in told
    assert SOUND_RULES[number].fix in told


def test_a_lush_bed_may_be_closer():
    assert list(listened(replace(GOOD, mix="lush", margin=15.0))) == []
