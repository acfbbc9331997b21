from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mix_kit import SHORT, S, mixer

from voiceguide.audio import Block
from voiceguide.mix.horizon import settled
from voiceguide.mix.mixer import Stems
from voiceguide.mix.stream import mastered
from voiceguide.plan.timeline import Timeline


@cache
def whole() -> Block:
    return np.concatenate(list(mastered(mixer(), [SHORT], 65_536)))


def grown(*planned: int) -> list[Timeline]:
    """The short session as it is planned, up to each of these frames."""
    cues = [tuple(cue for cue in SHORT.cues if cue.start < end) for end in planned]
    halves = [Timeline(SHORT.length).joined(end, some, (), SHORT.beds, ()) for end, some in zip(planned, cues, strict=True)]
    return [*halves, SHORT]


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.integers(3_000, 300_000))
def test_the_size_of_blocks_makes_no_difference(size: int) -> None:
    assert np.array_equal(np.concatenate(list(mastered(mixer(), [SHORT], size))), whole())


def test_a_growing_timeline_sounds_like_the_whole_one() -> None:
    assert len(whole()) == SHORT.length
    assert np.array_equal(np.concatenate(list(mastered(mixer(), grown(10 * S, 17 * S), 50_000))), whole())


def test_nothing_is_mixed_before_what_comes_next_is_known() -> None:
    heard: list[int] = []
    blocks = mastered(mixer(), iter(grown(10 * S)), 50_000, lambda stems: heard.append(len(stems.voice)))
    next(blocks)
    assert 0 < sum(heard) <= settled(grown(10 * S)[0]) < 10 * S


def test_every_stem_is_heard_once() -> None:
    parts: list[Stems] = []
    list(mastered(mixer(), [replace(SHORT)], 65_536, parts.append))
    assert sum(len(stems.bed) for stems in parts) == SHORT.length
