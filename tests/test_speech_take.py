import subprocess
import sys

import numpy as np
import pytest

from voiceguide.audio import RATE
from voiceguide.errors import VoiceError
from voiceguide.loudness import speech_level
from voiceguide.speech.clip import LEVEL
from voiceguide.speech.flac import decode
from voiceguide.speech.take import take


class Says:
    """A voice with one thing to say."""

    rate, lanes = 16_000, 1

    def __init__(self, sound):
        self.sound = sound

    def speak(self, text, speed):
        return self.sound


HUM = 0.1 * np.sin(np.arange(2 * Says.rate) * 0.1)


@pytest.mark.parametrize("sound", [HUM, HUM.astype(np.float32)[None, :], HUM.tolist()], ids=["float64", "one row", "a list"])
def test_what_a_voice_says_becomes_a_finished_clip(sound):
    clip, lowered = take(Says(sound), "Rest.", 1.0, 2.0)
    assert speech_level(decode(clip)) == pytest.approx(LEVEL, abs=0.3)
    assert len(decode(clip)) == pytest.approx(2 * RATE, rel=0.02)
    assert lowered == 0


@pytest.mark.parametrize(("sound", "expected", "reason"), [(HUM * 0, 2.0, "silence"), (HUM, 20.0, "words are missing")])
def test_what_is_no_speech_is_refused(sound, expected, reason):
    with pytest.raises(VoiceError, match=reason):
        take(Says(sound), "Rest.", 1.0, expected)


def test_practice_is_all_that_a_take_needs():
    known = "import sys; from voiceguide.speech import take, tone; take.practise(); before = set(sys.modules)"
    first = "take.take(tone.Tone(), 'Rest.', 1.0, 0.4); print(set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", f"{known}; {first}"], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
