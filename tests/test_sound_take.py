"""A take is the session as a file would have it, from any frame, however it is cut and however far it is planned."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from deck_kit import SHORT, SINE, S, drone, hum
from hypothesis import given, settings
from hypothesis import strategies as st
from live_kit import growing

from voiceguide.audio import Block, gain
from voiceguide.mix.horizon import settled
from voiceguide.mix.mixer import Mixer
from voiceguide.mix.stream import mastered
from voiceguide.plan.timeline import Timeline
from voiceguide.sound.aim import Levels
from voiceguide.sound.take import FOREVER, RISEN, SOFTLY, Take, levelled, resting

LINES = growing(SHORT, 80)
LINE = LINES[-1]


@cache
def file() -> Block:
    return np.concatenate(list(mastered(Mixer(hum, lambda bed: SINE, "clear"), [LINE], 65_536)))


def take(timeline: Timeline = LINE, position: int = 0, clock: int | None = None, levels: Levels = Levels()) -> Take:  # noqa: B008
    return Take(hum, lambda bed: SINE, "clear", levels, timeline, position, position if clock is None else clock)


def level(sound: Block) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))


@settings(max_examples=10)
@given(st.lists(st.integers(1, S), min_size=1, max_size=20))
def test_a_take_is_the_file_in_blocks_of_any_size(sizes: list[int]) -> None:
    made = take()
    sound = np.concatenate([made.render(size) for size in sizes])
    assert np.array_equal(sound, file()[: len(sound)])


@settings(max_examples=10)
@given(st.integers(0, LINE.length - 1), st.integers(1, 2 * S))
def test_a_take_from_any_frame_is_the_file_from_there(position: int, count: int) -> None:
    count = min(count, LINE.length - position)
    assert np.allclose(take(position=position).render(count), file()[position : position + count], atol=1e-6)


@pytest.mark.slow
@settings(max_examples=4, deadline=None)
@given(st.lists(st.integers(9_999, 9 * S), min_size=1, max_size=12))
def test_a_timeline_that_grows_sounds_like_the_whole(sizes: list[int]) -> None:
    made, sound, turn = take(LINES[0]), [], 0
    for line, following in pairwise([*LINES, LINE]):
        made.timeline = line
        left = settled(line) - sum(map(len, sound))
        while left > 0:
            sound.append(made.render(min(left, sizes[turn % len(sizes)])))
            left, turn = left - len(sound[-1]), turn + 1
        made.timeline = following
    assert np.array_equal(np.concatenate(sound), file())


def test_the_bed_goes_by_the_clock() -> None:
    ahead = take(position=20 * S, clock=23 * S + 77).render(S)
    mixed = Mixer(hum, lambda bed: SINE, "clear", 3 * S + 77).block(LINE, 20 * S, S)
    assert np.allclose(ahead, mixed, atol=1e-6)
    assert not np.allclose(ahead, take(position=20 * S).render(S), atol=1e-3)


def test_a_real_soundscape_is_the_same_in_any_take() -> None:
    scene = drone()
    early, late = (Take(hum, lambda bed: scene, "clear", Levels(), resting(LINE, 0), at, at) for at in (RISEN, RISEN + 70_000))
    assert np.allclose(early.render(80_000)[70_000:], late.render(10_000), atol=1e-6)


@pytest.mark.parametrize("part", ["voice", "bed", "signals"])
def test_each_part_has_its_level(part: str) -> None:
    stems = Mixer(hum, lambda bed: SINE, "clear").stems(LINE, 14 * S, 10 * S)
    softer = levelled(stems, Levels(**{part: -12.0}))
    assert np.array_equal(levelled(stems, Levels()), stems.sum())
    assert np.allclose(stems.sum() - softer, getattr(stems, part) * (1 - gain(-12)), atol=1e-6)


def test_rest_is_the_bed_alone_softer_and_without_an_end() -> None:
    line = resting(LINE, 20 * S)
    bed = Mixer(hum, lambda bed: SINE, "clear").stems(LINE, LINE.length - 14 * S, S).bed
    for start in (RISEN, RISEN + 3600 * S):
        assert level(take(line, start).render(S)) == pytest.approx(level(bed) * gain(SOFTLY), rel=0.01)
    assert line.length == FOREVER
    assert not line.cues


def test_after_the_end_there_is_silence() -> None:
    assert not take(resting(LINE, LINE.length), RISEN).render(S).any()
    assert not take(position=LINE.length).render(S).any()


def test_with_nothing_planned_there_is_silence() -> None:
    assert not take(resting(Timeline(60 * S), 0), RISEN).render(S).any()
