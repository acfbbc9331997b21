import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import say
from rich.cells import cell_len
from screen_kit import STATUS, at, cue, one, shown, timeline

from voiceguide.audio import RATE
from voiceguide.console.drawing import draw
from voiceguide.console.letters import large as large_letters
from voiceguide.live.state import Transport
from voiceguide.live.view import Status
from voiceguide.plan.timeline import Breath, Chapter, Cue, Signal, Stretch, Timeline
from voiceguide.script.model import Pause, Place, Wait
from voiceguide.sound.aim import Levels

PLANNED = timeline()
SQUEEZE = cue(PLANNED, "Squeeze")
NOW = at(PLANNED, SQUEEZE.start + RATE // 2, levels=Levels(voice=2, bed=-4))
CALM = Status(title="First back massage", chapters=3, ends="15:50")
LONG = " ".join(["Let your shoulders sink a little deeper into the table, slowly and without any hurry,"] * 5)[:400]


def flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


@pytest.mark.parametrize("width", [60, 80, 120])
def test_everything_a_person_asks_for_is_there(width: int) -> None:
    seen = flat(shown(draw(NOW, STATUS, width), width))
    for item in (
        "First back massage",
        "playing",
        "2 of 3 The shoulders · Left side",
        SQUEEZE.text,
        "next in 1:",
        "Softer, firmer, or just right?",
        "left · ends 15:50",
        "voice +2 dB · bed -4 dB · bells 0 dB · mix clear · guidance full",
        "Kitchen speakers",
        "voice 60% ready",
        "! 2 gaps in the sound",
        "! the sound was started again once",
        "! the voice heart failed; emma speaks",
        "q stop",
    ):
        assert item in seen


def test_a_small_terminal_keeps_what_matters() -> None:
    lines = shown(draw(NOW, STATUS, 40, 10), 40)
    assert len(lines) <= 10
    seen = flat(lines)
    for item in ("playing", SQUEEZE.text, "next in 1:", "left · ends 15:50", "! the voice heart failed", "q stop"):
        assert item in seen


def test_ten_lines_have_room_for_the_levels_too_when_nothing_is_wrong() -> None:
    assert "bed -4 dB" in flat(shown(draw(NOW, CALM, 40, 10), 40))


def test_words_are_never_cut_inside_a_word() -> None:
    planned = one(say(LONG))
    here = at(planned, planned.cues[0].start)
    for width in range(16, 90):
        assert LONG in flat(shown(draw(here, CALM, width, 200), width))


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("text", ["\x1b[2J\x1b]0;owned\x07", "left\u202eright\u2066", "a\u200bb\u2028c", "[bold]not markup[/]"])
def test_no_text_can_redraw_the_terminal(text: str, large: bool) -> None:
    here = at(one(say(text)), RATE)
    status = Status(title=text, device=text, ends=text, warnings=(text,))
    seen = "\n".join(shown(draw(here, status, 80, large=large), 80))
    assert not {character for character in seen if unicodedata.category(character) in ("Cc", "Cf")} - {"\n"}
    if text.startswith("[") and not large:
        assert text in seen


def test_a_breath_has_a_bar_that_grows_and_shrinks() -> None:
    inward, out = (next(each for each in PLANNED.cues if each.content == Breath(phase)) for phase in ("in", "out"))

    def full(frame: int, *, large: bool = False) -> int:
        lines = shown(draw(at(PLANNED, frame), Status(), 80, large=large), 80)
        line = next(line for line in lines if "breathe" in line)
        return line.count("━") + line.count("█")

    for large in (False, True):
        growing = [full(frame, large=large) for frame in range(inward.start, inward.end, RATE)]
        falling = [full(frame, large=large) for frame in range(out.start, out.end, RATE)]
        assert growing == sorted(growing)
        assert falling == sorted(falling, reverse=True)
        assert growing[0] == 0
        assert max(growing[-1], falling[0]) > 40


def test_a_hold_without_breath_has_a_bar_and_its_time() -> None:
    hold = next(each for each in PLANNED.stretches if each.start >= SQUEEZE.end)
    lines = shown(draw(at(PLANNED, hold.end - 30 * RATE), CALM, 80), 80)
    line = next(line for line in lines if line.startswith("hold "))
    assert line.endswith("30 s")
    assert line.count("━") > line.count("─")


@pytest.mark.parametrize("large", [False, True])
def test_why_it_rests_is_said(large: bool) -> None:
    for reason, words in (("user", "resting: your pause"), ("device", "waiting for the sound device")):
        here = at(PLANNED, SQUEEZE.start, holds=((reason, 0),))
        seen = "\n".join(shown(draw(here, CALM, 60, 60, large=large), 60))
        wanted = large_letters(words, 60) if large else [words]
        assert wanted is not None
        assert all(line in seen for line in wanted)


def test_a_gate_asks_for_any_key_where_any_will_do() -> None:
    here = at(PLANNED, 0, holds=(("ready", 0),))
    lines = shown(draw(here, CALM, 80, any_key=True), 80)
    assert "press any key when you are ready" in lines[0]
    assert lines[-1] == "any key: rest, go on · q: stop"


@pytest.mark.parametrize("large", [False, True])
def test_an_open_question_shows_the_keys_that_answer_it(large: bool) -> None:
    question = cue(PLANNED, "Softer, firmer, or just right?")
    for frame, keys in ((question.start - 1, "space/enter rest, go on"), (question.end, "</> softer, firmer · e enough")):
        line = shown(draw(at(PLANNED, frame), CALM, 40, 40, large=large), 40)[-1]
        assert line.startswith(keys)
        assert line.endswith("q stop")


def test_a_delay_is_counted_down_in_place_of_the_words() -> None:
    assert "It begins in 1:30" in flat(shown(draw(at(PLANNED, 0), Status(delay=90 * RATE), 80), 80))


@pytest.mark.parametrize("large", [False, True])
def test_what_a_key_did_is_seen(large: bool) -> None:
    status = Status(said="there is nothing to make longer here")
    assert status.said in flat(shown(draw(NOW, status, 80, large=large), 80))


def test_large_means_large() -> None:
    lines = shown(draw(NOW, CALM, 80, 24, large=True), 80)
    seen = "\n".join(lines)
    for text in (SQUEEZE.text, "next 1:"):
        drawn = large_letters(text, 79)
        assert drawn is not None
        assert all(line in seen for line in drawn)
    assert "left · ends 15:50" in seen
    assert len(lines) <= 24


def test_large_words_too_long_for_the_screen_are_written_small_and_whole() -> None:
    planned = one(say(LONG))
    lines = shown(draw(at(planned, planned.cues[0].start), CALM, 60, 20, large=True), 60)
    assert LONG in flat(lines)
    assert len(lines) <= 20


TEXTS = st.one_of(st.text(max_size=60), st.just(LONG), st.just("Rest."), st.just("x" * 400), st.just("深く息を吸って" * 9))
CONTENTS = st.sampled_from([Breath("in"), Breath("sip"), Breath("hold"), Breath("out"), Breath("rest"), Signal("chime")])


@st.composite
def transports(draw_: st.DrawFn) -> Transport:
    length = draw_(st.integers(0, 600 * RATE))
    starts = st.integers(0, length)
    cues = []
    for number in range(draw_(st.integers(0, 6))):
        start = draw_(starts)
        end = start + draw_(st.integers(0, 20 * RATE))
        track = draw_(st.sampled_from(["voice", "breath", "signal"]))
        cues.append(Cue(str(number), start, end, track, "instruction", draw_(TEXTS), draw_(CONTENTS), 0, 1))
    chapters = tuple(
        Chapter(draw_(TEXTS), start, length, 1, draw_(st.sampled_from([1, 2])))
        for start in sorted(draw_(st.lists(starts, max_size=3)))
    )
    place = Place("kit.md", 1)
    stretches = tuple(
        Stretch(start, length, draw_(st.sampled_from([Pause(RATE, place), Wait(RATE, place)])))
        for start in sorted(draw_(st.lists(starts, max_size=2)))
    )
    planned = Timeline(length).joined(draw_(starts), tuple(cues), chapters, stretches=stretches)
    holds = draw_(st.sampled_from([(), (("user", 0),), (("device", 0),), (("error", 0), ("ready", 0))]))
    return Transport(planned, draw_(starts), draw_(st.integers(0, 9 * RATE)), holds, opens=draw_(st.none() | starts))


@pytest.mark.slow
@given(transports(), TEXTS, st.integers(8, 200), st.integers(1, 60), st.booleans(), st.booleans())
def test_any_session_fits_any_terminal(
    transport: Transport, text: str, width: int, height: int, large: bool, any_key: bool
) -> None:
    status = Status(text, 0, text, text, 0.5, 0, 1, 2, (text, "second"))
    picture = draw(transport, status, width, height, large=large, any_key=any_key)
    assert len(picture.renderables) <= height
    assert all(cell_len(str(line)) <= width for line in picture.renderables)
    assert len(shown(picture, width)) == len(picture.renderables)


def test_rich_is_not_loaded_until_a_screen_is_drawn() -> None:
    loaded = ", ".join(f"voiceguide.console.{name}" for name in ("screen", "lines", "keyboard"))
    code = f"import sys, {loaded}; print('rich' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
