from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mix_kit import S, Steady, breathing, level, spoken, timeline, voice

from voiceguide import library
from voiceguide.ambience.scene import Scene, load_scene
from voiceguide.audio import Block
from voiceguide.mix.horizon import settled
from voiceguide.mix.mixer import Mixer
from voiceguide.mix.tides import DRAWN_BACK, RETURN, tidal, tides
from voiceguide.plan.breathing import phases
from voiceguide.plan.timeline import Bed, Cue, Timeline
from voiceguide.script.model import Pattern

SIX = Pattern("six", 5 * S, 0, 5 * S)
BOX = Pattern("box", 4 * S, 4 * S, 4 * S, 4 * S)
SEA = Bed(0, 3 * S, "ocean", breathes=True)
STANDING = {"intensity": 0.5, "calm": 0.5, "width": 0.7}


def breaths(pattern: Pattern, count: int, start: int) -> tuple[Cue, ...]:
    found = phases(pattern, count, start, count * pattern.period)
    return tuple(breathing(phase.kind, phase.start, phase.end) for phase in found)


def made(line: Timeline, start: int = 0, end: int = 10**9) -> list[tuple[int, int, float]]:
    """Start, length and intensity of every bed but the first."""
    found = tidal(line, start, end, lambda bed: STANDING)
    return [(bed.start // S, bed.fade // S, dict(bed.controls).get("intensity", 0.5)) for bed in found[1:]]


def test_each_breath_in_rises_each_breath_out_falls_and_the_end_goes_back() -> None:
    line = timeline(60 * S, *breaths(SIX, 2, 10 * S), beds=(SEA,))
    rise, fall, back = (5, 0.85), (5, pytest.approx(0.15)), (RETURN // S, 0.5)
    assert made(line) == [(10, *rise), (15, *fall), (20, *rise), (25, *fall), (30, *back)]


def test_a_hold_keeps_what_was_reached() -> None:
    line = timeline(60 * S, *breaths(BOX, 1, 10 * S), beds=(SEA,))
    assert [(start, length) for start, length, _ in made(line)] == [(10, 4), (18, 4), (26, RETURN // S)]


def test_only_a_bed_that_was_asked_to_follows() -> None:
    cues = breaths(SIX, 3, 10 * S)
    plain = timeline(60 * S, *cues, beds=(Bed(0, 3 * S, "ocean"),))
    assert tidal(plain, 0, 60 * S, lambda bed: STANDING) == plain.beds
    late = timeline(60 * S, *cues, beds=(Bed(0, 3 * S, "ocean"), Bed(24 * S, 2 * S, "ocean", breathes=True)))
    assert [start for start, _, _ in made(late)] == [24, 25, 30, 35, 40]
    silent = timeline(60 * S, *cues, beds=(Bed(0, 3 * S, None, breathes=True),))
    assert made(silent) == []


def test_the_top_is_as_loud_as_the_bed_and_the_bottom_lower() -> None:
    high, low = tides(Bed(0, 0, "ocean", (("width", 0.2),), -3.0, breathes=True), STANDING)
    assert (high.level, low.level) == (-3.0, -3.0 + DRAWN_BACK)
    assert dict(high.controls) == {"width": 0.2, "calm": 1.0, "intensity": 0.85}


def test_what_the_routine_sets_is_kept_and_a_scene_without_controls_moves_its_level_alone() -> None:
    high, low = tides(Bed(0, 0, "ocean", (("calm", 0.1), ("intensity", 0.9))), STANDING | {"intensity": 0.9})
    assert dict(high.controls) == {"calm": 0.1, "intensity": 1.0}
    assert dict(low.controls) == {"calm": 0.1, "intensity": pytest.approx(0.55)}
    high, low = tides(Bed(0, 0, "garden.flac"), {"distance": 0.0})
    assert (high.controls, low.controls, low.level) == ((), (), DRAWN_BACK)


class Turning(Steady):
    """The steady bed with a control, so that the two tides are two beds."""

    controls = {"intensity": 0.5}  # noqa: RUF012


STEADY = Turning()
MIXER = Mixer(speech=voice, scene=lambda bed: STEADY if bed.scene else None, preset="clear")
FOLLOWING = (Bed(0, 3 * S, "steady", breathes=True),)
LINE = timeline(60 * S, spoken(9 * S, 12 * S), *breaths(SIX, 2, 10 * S), *breaths(BOX, 1, 32 * S), beds=FOLLOWING)
LIVE = Mixer(speech=voice, scene=lambda bed: STEADY if bed.scene else None, preset="clear", ahead=5 * S + 77)


@cache
def whole(mixer: Mixer, seconds: int) -> Block:
    return mixer.stems(LINE, 0, seconds * S).bed


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, 54 * S), st.integers(1, S))
def test_any_block_is_a_slice_of_the_whole_in_a_file_and_live(start: int, count: int) -> None:
    assert np.array_equal(MIXER.stems(LINE, start, count).bed, whole(MIXER, 60)[start : start + count])
    assert np.array_equal(LIVE.stems(LINE, start, count).bed, whole(LIVE, 55)[start : start + count])


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4), st.integers(0, 3), st.integers(0, 20 * S), st.sampled_from([SIX, BOX]))
def test_breaths_planned_later_change_nothing_that_is_settled(early: int, later: int, gap: int, pattern: Pattern) -> None:
    known = breaths(SIX, early, 4 * S)
    planned = max(8 * S, 4 * S + early * SIX.period)
    first = Timeline(90 * S).joined(planned, known, (), FOLLOWING)
    whole = first.joined(90 * S, breaths(pattern, later, planned + gap))
    end = settled(first)
    start = max(0, end - 2 * S)
    before, after = (MIXER.stems(line, start, end - start).bed for line in (first, whole))
    assert np.array_equal(before, after)


def ocean(bed: Bed) -> Scene:
    key = bed.controls
    if key not in OPENED:
        OPENED[key] = load_scene("ocean", seed=4, controls=key, find=lambda name: library.find("soundscapes", name))
    return OPENED[key]


OPENED: dict[tuple[tuple[str, float], ...], Scene] = {}
FLOW = Mixer(speech=voice, scene=ocean, preset="clear")
COUNT = 8


def sea(breathes: bool) -> Block:
    """The sea and its breath tones over eight breaths of ten seconds, shape (breaths, frames, 2)."""
    beds = (Bed(0, 3 * S, "ocean", breathes=breathes),)
    tones = breaths(SIX, COUNT, 10 * S) if breathes else ()
    line = timeline(110 * S, *tones, beds=beds)
    heard = [FLOW.stems(line, start, S).bed for start in range(10 * S, 10 * S + COUNT * SIX.period, S)]
    return np.concatenate(heard).reshape(COUNT, SIX.period, 2)


@pytest.mark.slow
def test_the_sea_is_high_when_the_breath_is_in_and_low_when_it_is_out() -> None:
    following, free = sea(True), sea(False)
    top, bottom = slice(4 * S, 6 * S), slice(9 * S, 10 * S)
    rises, chances = ([level(breath[top]) - level(breath[bottom]) for breath in heard] for heard in (following, free))
    assert np.mean(rises) > 6
    assert min(rises) > 2
    assert min(chances) < 0


@pytest.mark.slow
def test_words_are_twenty_db_over_the_sea_at_its_highest() -> None:
    cues = [spoken(start, start + 4 * S) for start in range(12 * S, 82 * S, 10 * S)]
    line = timeline(110 * S, *cues, *breaths(SIX, COUNT, 10 * S), beds=(Bed(0, 3 * S, "ocean", breathes=True),))
    for cue in cues:
        stems = FLOW.stems(line, cue.start, cue.end - cue.start)
        assert level(stems.voice) - level(stems.bed) >= 20


def test_nothing_clicks_and_nothing_startles_while_it_follows() -> None:
    steps = np.abs(np.diff(whole(MIXER, 60)[4 * S :], axis=0)).reshape(-1)
    gains = np.abs(whole(MIXER, 60)[4 * S :]).max()
    assert steps.max() < 2 * gains
    tenths = 10 * np.log10(np.mean(whole(MIXER, 60)[4 * S : 56 * S].reshape(-1, S // 10, 2) ** 2, axis=(1, 2)))
    assert np.abs(np.diff(tenths)).max() < 3.5
