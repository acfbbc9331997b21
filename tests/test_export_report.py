import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from mix_kit import SHORT, S, breathing, mixer, spoken, timeline

from voiceguide.export.report import Report, report
from voiceguide.export.survey import Survey
from voiceguide.plan.timeline import Timeline


def made(line: Timeline, fallbacks: tuple[str, ...] = ()) -> Report:
    survey = Survey()
    stems = mixer().stems(line, 0, line.length)
    survey.hear(stems)
    survey.hear_mix(stems.sum())
    return report("Shoulders", "wav", line, survey, line.length, fallbacks=fallbacks)


def test_a_report_has_every_number_a_person_asks_for() -> None:
    told = made(replace(SHORT, dropped=("Neck",), notes=("a.md:3: no room",)), ("a.md:5: 'x' was spoken by system",))
    assert (told.frames, told.reread_frames) == (SHORT.length, SHORT.length)
    assert told.speech_share == pytest.approx(4 / 24, abs=1e-3)
    assert told.words == 8
    assert told.worst_margin == min(told.margins, key=lambda margin: margin.margin)
    assert (told.dropped, told.notes, len(told.fallbacks)) == (("Neck",), ("a.md:3: no room",), 1)
    words = dict(told.rows())
    assert words["length"] == "0:24"
    assert words["dropped"] == "Neck"
    assert "LUFS" in words["speech loudness"]
    assert "LU at least (line 1)" in words["bed under speech"]


def test_pace_counts_a_sentence_with_a_short_pause_after_it() -> None:
    passage = timeline(24 * S, spoken(5 * S, 6 * S), spoken(7 * S, 8 * S), spoken(12 * S, 13 * S))
    assert made(passage).words_per_minute == pytest.approx(12 / ((2 + 2.2 + 2.2) / 60), rel=1e-3)


def test_prompts_and_countdowns_do_not_count_for_the_pace() -> None:
    prompted = timeline(20 * S, spoken(5 * S, 6 * S, kind="prompt"), spoken(8 * S, 9 * S, kind="countdown"))
    assert made(prompted).words_per_minute is None
    assert made(prompted).words == 8


def test_overlapping_speech_is_counted_once() -> None:
    assert made(timeline(20 * S, spoken(5 * S, 9 * S), spoken(6 * S, 7 * S))).speech_share == 0.2


def test_a_session_without_words_says_so_in_json_and_in_the_table() -> None:
    told = made(timeline(20 * S, breathing("in", 5 * S, 9 * S)))
    assert (told.words_per_minute, told.speech_loudness, told.worst_margin) == (None, None, None)
    assert dict(told.rows())["pace"] == "–"
    assert dict(told.rows())["bed under speech"] == "no bed"
    assert json.loads(told.to_json())["speech_loudness"] is None


def test_json_keeps_everything_and_the_rate() -> None:
    told = made(SHORT)
    read = json.loads(told.to_json())
    assert read["rate"] == S
    assert read["worst_margin"]["margin"] == told.worst_margin.margin
    assert len(read["margins"]) == len(told.margins)
    assert told.to_json().endswith("}\n")


def test_the_page_on_exporting_explains_every_line_and_every_key() -> None:
    page = (Path(__file__).parents[1] / "docs" / "exporting.md").read_text(encoding="utf-8")
    told = made(replace(SHORT, dropped=("Neck",), notes=("a note",)), ("a fallback",))
    for name in [*(what for what, _ in told.rows()), *(field.name for field in fields(Report)), "rate"]:
        assert f"`{name}`" in page, name
