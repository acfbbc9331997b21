from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE
from voiceguide.cli.picture import LANES, LEFT, RIGHT, WIDTH, picture
from voiceguide.plan.timeline import Breath, Chapter, Cue, Signal, Spoken, Timeline
from voiceguide.script.model import Place, Say

SVG = "{http://www.w3.org/2000/svg}"
LENGTH = 600 * RATE


def cue(start: float, end: float, track: str, content, text: str = "Rest.") -> Cue:
    kind = "bell" if track == "signal" else "instruction"
    return Cue("x", int(start * RATE), int(end * RATE), track, kind, text, content, 0, 1)


def session(*cues: Cue, chapters: tuple[Chapter, ...] = (), length: int = LENGTH) -> Timeline:
    return Timeline(length).joined(length, cues, chapters, (), ())


def drawn(timeline: Timeline, title: str = "Title", level=lambda at: np.zeros(len(at))) -> ElementTree.Element:
    return ElementTree.fromstring(picture(title, timeline, level))


SAID = cue(60, 120, "voice", Spoken(Say("Rest.", Place("a.md", 1))))


def test_a_cue_stands_where_it_sounds_and_shows_its_words():
    rect = next(one for one in drawn(session(SAID)).iter(f"{SVG}rect") if one.get("rx"))
    scale = (WIDTH - LEFT - RIGHT) / 600
    assert float(rect.get("x")) == pytest.approx(LEFT + 60 * scale, abs=0.1)
    assert float(rect.get("width")) == pytest.approx(60 * scale, abs=0.1)
    assert rect.find(f"{SVG}title").text == "1:00 Rest."


def test_lanes_chapters_and_the_axis_are_labelled():
    chapters = (
        Chapter("Arrive", 0, LENGTH // 2, 1),
        Chapter("Within", 0, 5, 2, level=2),
        Chapter("End", LENGTH // 2, LENGTH, 3),
    )
    texts = ["".join(one.itertext()) for one in drawn(session(chapters=chapters)).iter(f"{SVG}text")]
    assert set(LANES) <= set(texts)
    assert {"1", "2", "0:00", "5:00", "10:00"} <= set(texts)
    assert [text for text in texts if "Arrive" in text or "End" in text] == ["1  Arrive 0:00", "2  End 5:00"]
    assert not any("Within" in text for text in texts)


def test_breath_rises_and_falls():
    paths = drawn(session(cue(0, 4, "breath", Breath("in")), cue(4, 10, "breath", Breath("out")))).iter(f"{SVG}path")
    ends = [[float(path.get("d").split(",")[number].split("C")[0]) for number in (1, -1)] for path in paths]
    assert ends[0][0] > ends[0][1]
    assert ends[1][0] < ends[1][1]


def test_a_bell_is_a_dot():
    assert len(list(drawn(session(cue(5, 17, "signal", Signal("bowl")))).iter(f"{SVG}circle"))) == 1


def bed(level) -> list[float]:
    points = next(drawn(session(), level=level).iter(f"{SVG}polygon")).get("points").split()
    return [float(point.split(",")[1]) for point in points[1:-1]]


def test_the_bed_is_a_hill_that_makes_way():
    heights = bed(lambda at: np.where(at < LENGTH / 2, -30.0, -36.0))
    assert heights[0] < heights[-1]
    silent = bed(lambda at: np.full(len(at), -np.inf))
    assert len(set(silent)) == 1
    assert silent[0] > heights[-1]


@pytest.mark.slow
@given(st.text(max_size=50), st.text(max_size=50))
def test_any_text_is_escaped(title, text):
    chapter = Chapter(text, 0, LENGTH, 1)
    assert drawn(session(cue(0, 1, "voice", SAID.content, text), chapters=(chapter,)), title).tag == f"{SVG}svg"


@pytest.mark.slow
@given(st.integers(0, 8 * 3600 * RATE))
def test_any_length_has_an_axis_that_can_be_read(length):
    ticks = [one for one in drawn(session(length=length)).iter(f"{SVG}line") if one.get("x1") == one.get("x2")]
    assert 1 <= len(ticks) <= 18


def test_the_same_timeline_is_the_same_picture():
    assert picture("A", session(SAID), lambda at: at * 0) == picture("A", session(SAID), lambda at: at * 0)
