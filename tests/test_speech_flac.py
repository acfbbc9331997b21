import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.speech.flac import decode, encode, length


@settings(max_examples=25)
@given(st.integers(1, 2_000), st.integers(0, 99))
def test_flac_keeps_every_sixteen_bit_step_and_is_the_same_each_time(count, seed):
    sound = np.random.default_rng(seed).uniform(-1, 1, count).astype(np.float32)
    data = encode(sound)
    assert data == encode(sound)
    assert length(data) == count
    again = decode(data)
    assert np.abs(again - sound).max() <= 2**-15
    assert encode(again) == data
    assert not again.flags.writeable


def test_libsndfile_never_calls_back_where_an_interrupt_would_be_lost(monkeypatch):
    monkeypatch.setattr("soundfile.SoundFile._init_virtual_io", None)
    sound = np.zeros(480, np.float32)
    assert length(encode(sound)) == len(decode(encode(sound))) == 480
