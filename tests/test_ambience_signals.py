import pytest

from voiceguide.ambience import beats, bells
from voiceguide.ambience.signals import LENGTHS, ringing


def test_every_signal_rings_as_long_as_it_sounds() -> None:
    sounds = {name: bells.strike(name) for name in bells.BELLS} | {kind: beats.tick(kind) for kind in ("beat", "tick")}
    assert {name: len(sound) for name, sound in sounds.items()} == {name: ringing(name) for name in LENGTHS}


def test_a_signal_that_does_not_exist_has_no_length() -> None:
    with pytest.raises(KeyError):
        ringing("gong")
