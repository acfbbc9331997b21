from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mix_kit import SCENES, SESSION, S, breathing, level, loudest, mixer, signal, spoken, timeline, voice

from voiceguide.ambience.bells import BELLS
from voiceguide.audio import Block, decibels
from voiceguide.mix.mixer import Mixer, Stems
from voiceguide.plan.timeline import END_FADE, Bed, Cue, Played, Timeline
from voiceguide.script.model import Place


@cache
def whole() -> Stems:
    return mixer().stems(SESSION, 0, SESSION.length)


def stems(line: Timeline, preset: str = "clear") -> Stems:
    return mixer(preset).stems(line, 0, line.length)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.integers(0, SESSION.length - 1), st.integers(1, 3 * S))
@example(0, 1)
@example(SESSION.length - 1, 1)
def test_any_block_is_a_slice_of_the_whole(start: int, count: int) -> None:
    count = min(count, SESSION.length - start)
    piece = mixer().stems(SESSION, start, count)
    for name in ("voice", "bed", "signals"):
        assert np.array_equal(getattr(piece, name), getattr(whole(), name)[start : start + count]), name
    assert np.array_equal(mixer().block(SESSION, start, count), whole().sum()[start : start + count])


def test_blocks_do_not_depend_on_what_is_planned_later() -> None:
    known = 30 * S
    early = tuple(cue for cue in SESSION.cues if cue.start < known)
    grown = Timeline(SESSION.length).joined(known, early, (), SESSION.beds, ())
    assert np.array_equal(mixer().block(grown, 0, known - 8 * S), whole().sum()[: known - 8 * S])


def test_speech_is_where_it_belongs_at_its_gain_in_the_middle() -> None:
    cue = SESSION.between(5 * S, 6 * S)[0]
    assert np.array_equal(whole().voice[cue.start : cue.end, 0], voice(cue))
    assert np.array_equal(whole().voice[:, 0], whole().voice[:, 1])
    assert not whole().voice[8 * S : 9 * S].any()
    assert level(whole().voice[9 * S : 12 * S]) == pytest.approx(-17.5, abs=0.1)


def test_recorded_cues_are_heard_as_they_are() -> None:
    recorded = Cue("r", 4 * S, 6 * S, "voice", "recording", "[a.flac]", Played("a.flac", Place("routine.md", 3)), 0, 3)
    made = stems(timeline(30 * S, recorded))
    assert np.array_equal(made.voice[4 * S : 6 * S, 1], voice(recorded))
    assert level(made.bed[4 * S : 6 * S]) < -36


@pytest.mark.parametrize(("preset", "between", "under"), [("clear", -30, -36), ("lush", -25, -30)])
def test_the_bed_keeps_its_distance_from_speech(preset: str, between: float, under: float) -> None:
    made = stems(timeline(60 * S, spoken(20 * S, 26 * S), breathing("in", 21 * S, 25 * S)), preset)
    assert level(made.bed[8 * S : 18 * S]) == pytest.approx(between, abs=0.3)
    assert loudest(made.bed[20 * S : 26 * S]) <= under
    assert level(made.bed[30 * S : 40 * S]) == pytest.approx(between, abs=0.3)


@pytest.mark.parametrize("gain", [-2.0, 0.0, 1.0])
def test_the_bed_follows_a_softer_voice(gain: float) -> None:
    made = stems(timeline(30 * S, spoken(8 * S, 14 * S, gain=gain)))
    assert level(made.voice[8 * S : 14 * S]) - level(made.bed[8 * S : 14 * S]) >= 20


def test_without_a_bed_breath_and_metronome_stay() -> None:
    made = stems(SESSION, "off")
    assert not made.bed[: 5 * S].any()
    assert level(made.bed[21 * S : 25 * S]) > -36
    assert made.bed[27 * S : 28 * S].any()
    assert not made.bed[50 * S :].any()


def test_the_ends_are_silent_and_the_fade_is_long() -> None:
    made = stems(timeline(60 * S))
    bed = np.abs(made.bed).max(axis=1)
    assert bed[:10].max() < 1e-4
    assert bed[-10:].max() < 1e-4
    assert level(made.bed[3 * S : 10 * S]) == pytest.approx(-30, abs=0.3)
    assert END_FADE >= 10 * S
    steps = [level(made.bed[at : at + S]) for at in range(60 * S - END_FADE, 60 * S, S)]
    assert (np.diff(steps) < 0.1).all()


@pytest.mark.slow
@pytest.mark.parametrize("preset", ["clear", "lush", "off"])
@pytest.mark.parametrize("name", [*BELLS, "tick"])
@pytest.mark.parametrize("start", [15 * S, 25 * S + S // 2, 27 * S])
def test_signals_are_never_louder_than_speech_nor_a_shock(preset: str, name: str, start: int) -> None:
    made = stems(timeline(60 * S, spoken(20 * S, 25 * S), signal(name, start, start + 16 * S)), preset)
    rung = made.signals[start : start + 16 * S]
    assert -50 < loudest(rung) <= -18
    if preset != "off":
        assert loudest(rung) <= level(made.sum()[start - 2 * S : start]) + 12


def test_a_sound_longer_than_its_cue_ends_without_a_click() -> None:
    made = stems(timeline(60 * S, signal("bowl", 10 * S, 12 * S)))
    assert not made.signals[12 * S :].any()
    assert np.abs(np.diff(made.signals[:, 0])).max() == np.abs(np.diff(made.signals[: 11 * S, 0])).max()


def test_scenes_cross_without_a_hole() -> None:
    line = timeline(60 * S, beds=(Bed(0, 0, "steady"), Bed(20 * S, 4 * S, "other")))
    made = stems(line)
    assert min(level(made.bed[at : at + S]) for at in range(18 * S, 26 * S, S)) > -30.5


def test_silence_is_a_bed_too() -> None:
    line = timeline(60 * S, beds=(Bed(0, 0, "steady"), Bed(20 * S, 4 * S, None)))
    assert not stems(line).bed[24 * S :].any()


def test_a_bed_at_its_own_level_is_louder_between_and_not_under() -> None:
    made = stems(timeline(60 * S, spoken(20 * S, 26 * S), beds=(Bed(0, 0, "steady", (), 5.0),)))
    assert level(made.bed[8 * S : 18 * S]) == pytest.approx(-25, abs=0.3)
    assert level(made.bed[20 * S : 26 * S]) <= -36


def test_the_drawn_level_is_the_level_that_sounds() -> None:
    at = np.arange(0, SESSION.length, S // 10).astype(float)
    drawn = mixer().bed_level(SESSION, at)
    assert drawn[at == 0] == -np.inf
    quiet = Mixer(voice, lambda bed: SCENES.get(bed.scene), "clear").stems(timeline_without_tones(), 0, SESSION.length)
    for second in (4, 7, 15, 35, 55):
        heard = level(quiet.bed[second * S : (second + 1) * S])
        assert heard == pytest.approx(np.mean(drawn[(at >= second * S) & (at < (second + 1) * S)]), abs=1.0)


def test_words_for_one_ear_are_heard_there_as_loud_and_the_bed_in_both() -> None:
    cues = [replace(spoken(10 * S, 12 * S), ear="left"), replace(spoken(20 * S, 22 * S), ear="right"), spoken(30 * S, 32 * S)]
    made = stems(timeline(60 * S, *cues))
    left, right, both = (made.voice[at * S : (at + 2) * S] for at in (10, 20, 30))
    assert np.array_equal(left[:, 0], both[:, 0])
    assert np.array_equal(right[:, 1], both[:, 1])
    assert not left[:, 1].any()
    assert not right[:, 0].any()
    assert level(made.bed[20 * S : 22 * S]) == pytest.approx(level(made.bed[30 * S : 32 * S]), abs=0.5)


def timeline_without_tones() -> Timeline:
    voices = tuple(cue for cue in SESSION.cues if cue.track == "voice")
    return Timeline(SESSION.length).joined(SESSION.length, voices, (), SESSION.beds, ())


def test_the_bed_slope_in_the_sound_stays_calm() -> None:
    line = timeline(30 * S, spoken(10 * S, 13 * S))
    bed: Block = stems(line).bed
    steps = [decibels(float(np.sqrt(np.mean(bed[at : at + S // 10] ** 2)))) for at in range(8 * S, 17 * S, S // 10)]
    assert np.abs(np.diff(steps)).max() * 10 < 32
