"""Soundscapes in a row."""

from functools import partial

import numpy as np
import pytest

from voiceguide import library
from voiceguide.ambience.medley import lasting, medley
from voiceguide.ambience.scene import load_scene
from voiceguide.audio import RATE

SCENES = [load_scene(name, seed=1, find=partial(library.find, "soundscapes")) for name in ("brown-noise", "pink-noise")]
EACH, FADE = 4 * RATE, RATE


def test_each_is_heard_unchanged_between_its_fades() -> None:
    sound = np.concatenate(list(medley(SCENES, EACH, FADE)))
    assert len(sound) == lasting(2, EACH, FADE) == 7 * RATE
    assert np.array_equal(sound[FADE : 3 * RATE], SCENES[0].render(FADE, 2 * RATE))
    assert np.array_equal(sound[4 * RATE : 6 * RATE], SCENES[1].render(FADE, 2 * RATE))


def test_it_begins_and_ends_in_silence_and_never_dips() -> None:
    sound = np.concatenate(list(medley(SCENES, EACH, FADE)))
    assert max(np.abs(sound[:10]).max(), np.abs(sound[-10:]).max()) < 1e-4
    levels = 10 * np.log10(np.mean(sound[RATE:-RATE].reshape(-1, RATE // 2, 2) ** 2, axis=(1, 2)))
    assert levels.max() - levels.min() < 4


def test_a_scene_is_opened_when_its_turn_comes() -> None:
    asked = []

    def one_by_one():  # type: ignore[no-untyped-def]
        for scene in SCENES:
            asked.append(scene)
            yield scene

    blocks = medley(one_by_one(), EACH, FADE)
    next(blocks)
    assert len(asked) == 1
    assert sum(map(len, blocks)) == lasting(2, EACH, FADE) - EACH + FADE


@pytest.mark.parametrize("count", [1, 2, 5])
def test_it_lasts_as_long_as_it_says(count: int) -> None:
    assert sum(map(len, medley(SCENES[:1] * count, EACH, FADE))) == lasting(count, EACH, FADE)
