"""Soundscapes one after the other, each for a while, to choose from."""

from collections.abc import Iterable, Iterator

import numpy as np

from voiceguide.ambience.scene import Scene
from voiceguide.audio import Block, empty


def medley(scenes: Iterable[Scene], each: int, fade: int) -> Iterator[Block]:
    """Every scene for `each` frames from its beginning, crossing over into the next with equal power over `fade` frames.

    Gives a block for every scene and one for the last fade, `lasting` frames in all; a scene is asked for when its turn comes.
    """
    rising = np.sin((np.arange(fade) + 0.5) / fade * np.pi / 2).astype(np.float32)
    before = empty(fade)
    for scene in scenes:
        sound = scene.render(0, each)
        sound.T[:, :fade] *= rising
        sound.T[:, each - fade :] *= rising[::-1]
        sound[:fade] += before
        before = sound[each - fade :].copy()
        yield sound[: each - fade]
    yield before


def lasting(count: int, each: int, fade: int) -> int:
    """Frames of a medley of `count` scenes."""
    return count * (each - fade) + fade
