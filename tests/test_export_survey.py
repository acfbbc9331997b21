from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mix_kit import SHORT, S, mixer, spoken, timeline

from voiceguide.export.survey import Survey
from voiceguide.loudness import true_peak
from voiceguide.mix.mixer import Stems
from voiceguide.plan.timeline import Timeline


def surveyed(line: Timeline, preset: str = "clear", size: int = 65_536) -> Survey:
    survey, mix = Survey(), mixer(preset)
    for start in range(0, line.length, size):
        stems = mix.stems(line, start, min(size, line.length - start))
        survey.hear(stems)
        survey.hear_mix(stems.sum())
    return survey


def test_margins_are_those_of_the_preset_for_every_spoken_cue() -> None:
    margins = surveyed(SHORT).margins(SHORT.cues)
    assert [margin.id for margin in margins] == [cue.id for cue in SHORT.cues if cue.track == "voice"]
    assert all(20 <= margin.margin < 30 for margin in margins)


@pytest.mark.slow
def test_words_for_one_ear_are_as_loud_as_that_ear_hears_them() -> None:
    both, one = (timeline(20 * S, replace(spoken(5 * S, 8 * S), ear=ear)) for ear in ("both", "left"))
    assert surveyed(one).speech_loudness == surveyed(both).speech_loudness
    assert surveyed(one).margins(one.cues) == surveyed(both).margins(both.cues)


def test_a_cue_over_silence_has_no_margin() -> None:
    line = timeline(20 * S, spoken(5 * S, 8 * S))
    assert surveyed(line, "off").margins(line.cues) == ()


def test_speech_is_measured_by_itself_and_the_peak_on_the_mix() -> None:
    line = timeline(20 * S, spoken(5 * S, 8 * S), spoken(12 * S, 16 * S))
    survey = surveyed(line, "lush")
    assert survey.speech_loudness == pytest.approx(-16, abs=0.5)
    assert survey.true_peak == pytest.approx(true_peak(mixer("lush").block(line, 0, line.length)), rel=1e-3)
    assert survey.loudness < survey.speech_loudness


def test_a_word_shorter_than_a_piece_is_measured_too() -> None:
    line = timeline(20 * S, spoken(5 * S + 100, 5 * S + 4000))
    assert len(surveyed(line).margins(line.cues)) == 1


@pytest.mark.slow
@settings(max_examples=10, deadline=None)
@given(st.integers(2000, 100_000))
def test_the_size_of_blocks_makes_no_difference(size: int) -> None:
    cue, whole, cut = spoken(S // 2, S), Survey(), Survey()
    noise = np.random.default_rng(0).standard_normal((2, 2 * S)).astype(np.float32).T * np.float32(0.01)
    for survey, step in ((whole, len(noise)), (cut, size)):
        for at in range(0, len(noise), step):
            block = noise[at : at + step]
            survey.hear(Stems(block * np.float32(10), block, block))
            survey.hear_mix(block)
    assert cut.margins([cue]) == whole.margins([cue])
    assert cut.margins([cue])[0].margin == pytest.approx(20, abs=0.01)
    assert (cut.loudness, cut.speech_loudness, cut.true_peak) == (whole.loudness, whole.speech_loudness, whole.true_peak)


def test_nothing_heard_is_silence() -> None:
    survey = Survey()
    assert (survey.loudness, survey.true_peak) == (-np.inf, 0)
