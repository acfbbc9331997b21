"""Sections are voiced in order, ahead of what is heard; answers between them; what goes wrong is told, never lost."""

from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest
from player_kit import playing

from voiceguide.audio import RATE
from voiceguide.live.commands import Ask, Enough
from voiceguide.live.planner import Planner, Ready
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Timeline
from voiceguide.script.model import CheckIn


def whole(planner: Planner, posted: "SimpleQueue[Any]", timeline: Timeline, count: int) -> Timeline:
    for _ in range(count):
        timeline = planner.used(posted.get(timeout=20), Transport(timeline))
    return timeline


def test_sections_come_in_order_and_make_the_session(tmp_path: Path) -> None:
    posted: SimpleQueue[Any] = SimpleQueue()
    with playing(tmp_path) as it:
        planner = Planner(it.programme, posted.put)
        planner.start()
        assert planner.share == 0
        timeline = whole(planner, posted, it.programme.begin(), 3)
        assert planner.share == 1
        assert timeline == it.session.plan()


def test_sections_that_are_there_already_are_left_out(tmp_path: Path) -> None:
    posted: SimpleQueue[Any] = SimpleQueue()
    with playing(tmp_path) as it:
        it.programme.voice(0)
        begun = it.programme.place(it.programme.begin(), 0)
        planner = Planner(it.programme, posted.put, 1)
        planner.start()
        assert whole(planner, posted, begun, 2) == it.session.plan()


def test_an_answer_comes_before_the_next_section(tmp_path: Path) -> None:
    posted: SimpleQueue[Any] = SimpleQueue()
    with playing(tmp_path, waits_at=1) as it:
        planner = Planner(it.programme, posted.put)
        planner.start()
        timeline = whole(planner, posted, it.programme.begin(), 1)
        planner.ask(Enough(), Transport(timeline, 5 * RATE))
        it.programme.speak.set()
        got = [posted.get(timeout=20) for _ in range(3)]
        assert [(each.section, each.answer) for each in got] == [(1, None), (None, Enough()), (2, None)]
        for ready in got:
            timeline = planner.used(ready, Transport(timeline, 5 * RATE))
        assert timeline.closing
        assert [part.title for part in timeline.parts] == ["Arrive"]


def test_an_answer_is_placed_no_sooner_than_it_can_be_heard(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        timeline = it.session.plan()
        asked = next(stretch for stretch in timeline.stretches if isinstance(stretch.step, CheckIn))
        it.programme.voice_lines(it.programme.lines_for(timeline, asked.start + 1, Ask("softer")))
        later = Transport(timeline, asked.start + 4 * RATE)
        changed = Planner(it.programme, print).used(Ready(answer=Ask("softer"), at=asked.start + 1), later)
        before = later.position + RATE
        assert changed.length > timeline.length
        assert [c for c in changed.cues if c.start < before] == [c for c in timeline.cues if c.start < before]


def test_what_goes_wrong_in_the_thread_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    posted: SimpleQueue[Any] = SimpleQueue()
    with playing(tmp_path) as it:
        wrong = OSError("the disk is gone")

        def fails(number: int) -> None:
            raise wrong

        monkeypatch.setattr(it.programme, "voice", fails)
        Planner(it.programme, posted.put).start()
        assert posted.get(timeout=20) is wrong
