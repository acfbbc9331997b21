import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.speech import tone


@given(st.text(max_size=200), st.floats(0.3, 3.0))
def test_the_length_is_known_from_the_text(text, speed):
    sound = tone.load("").speak(text, speed)
    assert len(sound) == round(len(text) * tone.FRAMES_A_CHARACTER / speed)
    assert np.abs(sound).max(initial=0) <= 0.25
