import numpy as np
import pytest

from voiceguide.errors import VoiceError
from voiceguide.speech.checks import check

RATE = 24_000


def hum(seconds, level=0.2):
    return (level * np.sin(np.arange(int(RATE * seconds)) * 0.05)).astype(np.float32)


@pytest.mark.parametrize("seconds", [1.0, 2.0, 5.9])
def test_speech_of_about_the_expected_length_passes(seconds):
    check(hum(seconds), RATE, 2.0)


def test_one_short_word_may_be_shorter_than_expected():
    check(hum(0.15), RATE, 0.5)


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (hum(0), "no sound"),
        (hum(2, 0.001), "silence"),
        (hum(2, 1.5), "beyond full scale"),
        (np.where(np.arange(2 * RATE) == 7, np.nan, hum(2)), "no numbers"),
        (np.where(np.arange(2 * RATE) == 7, np.inf, hum(2)), "no numbers"),
        (hum(0.4), "words are missing"),
        (hum(6.5), "6.5 s where about 2.0 s"),
    ],
)
def test_anything_else_is_refused_with_its_reason(sound, reason):
    with pytest.raises(VoiceError, match=reason):
        check(sound, RATE, 2.0)
