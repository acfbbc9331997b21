import json
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_kit import STATUS, at, cue, timeline

from voiceguide.audio import RATE
from voiceguide.console.lines import Lines, as_json, plain
from voiceguide.live.commands import Changed, ChapterBegan, CueBegan, Event, Finished, StateChanged
from voiceguide.plan.timeline import Chapter, Cue, Signal

PLANNED = timeline()
SQUEEZE = cue(PLANNED, "Squeeze")
BELL = Cue("b", 3 * RATE, 5 * RATE, "signal", "bell", "[chime]", Signal("chime"), 0, 7)
EVENTS: list[Event] = [
    CueBegan(SQUEEZE),
    CueBegan(BELL),
    ChapterBegan(1, PLANNED.chapters[1]),
    StateChanged("paused", "user"),
    Changed("voice +2 dB"),
    Finished(True),
]


def test_a_sentence_is_a_line_with_its_time() -> None:
    minutes, seconds = divmod(SQUEEZE.start // RATE, 60)
    assert plain(CueBegan(SQUEEZE)) == f"{minutes}:{seconds:02}  Squeeze the left shoulder, and let it go again."


def test_chapters_states_changes_and_the_end_are_said() -> None:
    assert plain(CueBegan(BELL)) == "0:03  (bell)"
    assert plain(ChapterBegan(0, PLANNED.chapters[0])) == "0:00  Chapter 1: Arrive"
    assert plain(StateChanged("paused", "user")) == "resting: your pause"
    assert plain(StateChanged("playing", "")) == "playing"
    assert plain(StateChanged("waiting", "ready"), any_key=True) == "press any key when you are ready"
    assert plain(StateChanged("waiting", "ready", 120 * RATE)) == (
        "press space when you are ready; it goes on by itself in 2 minutes"
    )
    assert plain(Changed("once more")) == "once more"
    assert plain(Finished(True)) == "heard to the end"
    assert plain(Finished(False)) == "stopped before the end"


def test_tones_and_ticks_are_no_lines() -> None:
    tones = [each for each in PLANNED.cues if each.track == "breath"]
    assert tones
    assert {plain(CueBegan(tone)) for tone in tones} == {None}


@given(st.text())
def test_no_text_can_move_the_cursor_or_begin_a_line(text: str) -> None:
    for event in (Changed(text), ChapterBegan(0, Chapter(text, 0, 1, 1))):
        line = plain(event)
        assert line is not None
        assert not any(unicodedata.category(character) in ("Cc", "Cf") for character in line)
        assert json.loads(as_json(event)) is not None
        assert as_json(event).isascii()
        assert "\n" not in as_json(event)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_as_json_every_event_names_itself(event: Event) -> None:
    assert json.loads(as_json(event))["event"] in ("cue", "chapter", "state", "changed", "finished")


def test_a_cue_as_json_has_the_keys_of_show() -> None:
    facts = json.loads(as_json(CueBegan(SQUEEZE)))
    assert set(facts) == {"event", "id", "start", "end", "track", "kind", "text", "section", "line"}
    assert facts["start"] == SQUEEZE.start
    playing = {"event": "state", "state": "playing", "reason": None, "opens_in": None}
    assert json.loads(as_json(StateChanged("playing", ""))) == playing
    assert json.loads(as_json(StateChanged("waiting", "ready", 90)))["opens_in"] == 90


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_the_keys_of_an_event_are_documented_as_they_come(event: Event) -> None:
    name, *keys = json.loads(as_json(event)).items()
    row = f"| `{name[1]}` | {', '.join(f'`{key}`' for key, _ in keys)} | "
    assert row in (Path(__file__).parents[1] / "docs" / "keys-and-screen.md").read_text(encoding="utf-8")


def test_whoever_watches_by_lines_is_told_what_is_worth_a_line() -> None:
    told: list[str] = []
    warned: list[str] = []
    watcher = Lines(told.append, plain, warned.append)
    for event in EVENTS:
        watcher.event(event, at(PLANNED, 0))
        watcher.show(at(PLANNED, 0), replace(STATUS, warnings=("no keys",)))
    assert told == [line for event in EVENTS if (line := plain(event))]
    assert warned == ["! no keys"]
