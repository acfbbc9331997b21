import numpy as np
import pytest
from pydub import AudioSegment
from pydub.generators import Sine

from voiceguide.audio import RATE
from voiceguide.errors import UsageError
from voiceguide.interop import as_sound, to_audio_segment


def test_blocks_become_one_segment_of_the_same_length() -> None:
    ramp = np.linspace(-1, 1, 10_001, dtype=np.float32)
    block = np.stack([ramp, -ramp], axis=1)
    segment = to_audio_segment([block[:4_000], block[4_000:]])
    assert (segment.frame_rate, segment.channels, segment.frame_count()) == (RATE, 2, 10_001)
    back = as_sound(segment, "back")
    assert np.abs(back - block).max() < 1e-4


@pytest.mark.parametrize(("rate", "width"), [(44_100, 2), (22_050, 2), (48_000, 1), (48_000, 4)])
def test_a_segment_of_any_kind_comes_in_at_48_khz(rate: int, width: int) -> None:
    segment = Sine(440, sample_rate=rate).to_audio_segment(duration=1000, volume=-6.0).set_sample_width(width)
    sound = as_sound(segment, "tone")
    assert sound.shape == (pytest.approx(RATE, abs=60), 2)
    loudest = np.abs(np.fft.rfft(sound[2000:46_000, 0])).argmax() * RATE / 44_000
    assert loudest == pytest.approx(440, abs=2)
    assert np.abs(sound).max() == pytest.approx(0.5, abs=0.02)


def test_mono_arrays_sound_on_both_sides_and_nonsense_is_cleaned() -> None:
    sound = as_sound(np.array([0.5, np.nan, np.inf], np.float32), "mine")
    assert sound.tolist() == [[0.5, 0.5], [0.0, 0.0], [1.0, 1.0]]


@pytest.mark.parametrize("nonsense", ["text", np.zeros((0, 2)), np.zeros((5, 9)), np.zeros((2, 2, 2))])
def test_what_is_no_sound_is_refused(nonsense: object) -> None:
    with pytest.raises(UsageError, match=r"AudioSegment|shape"):
        as_sound(nonsense, "mine")


def test_silence_stays_silence() -> None:
    assert not as_sound(AudioSegment.silent(100, frame_rate=RATE), "none").any()
