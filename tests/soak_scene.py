"""What takes too long for every day (`make soak`): every control of every soundscape, at the ends that the tests leave out."""

import pytest
from test_ambience_scene import ENDS, turned


@pytest.mark.parametrize(("name", "control", "value"), [(name, control, 1 - value) for name, control, value in ENDS])
def test_a_control_at_its_other_end_changes_the_sound_and_not_the_loudness(name: str, control: str, value: float) -> None:
    turned(name, control, value)
