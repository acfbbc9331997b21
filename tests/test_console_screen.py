import io
import os
import select
import threading
import time
from contextlib import suppress

import pytest
from rich.text import Text
from screen_kit import STATUS, at, cue, timeline
from terminal_kit import child, terminal

from voiceguide.console.screen import Screen, drawable
from voiceguide.live.commands import Changed

ENDS = """
import os, sys
from voiceguide.console.screen import Screen
from voiceguide.live.state import Transport
from voiceguide.live.view import Status
from voiceguide.plan.timeline import Timeline
stream = os.fdopen(os.open(sys.argv[1], os.O_RDWR), "w", encoding="utf-8")
with Screen(stream) as screen:
    screen.show(Transport(Timeline(0)), Status())
"""

PLANNED = timeline()
SQUEEZE = cue(PLANNED, "Squeeze")
NOW = at(PLANNED, SQUEEZE.start)

HANGING = 5.0
"""Seconds: whoever waits for a terminal that takes nothing waits for ever."""


class Sheet:
    """A terminal that remembers what was drawn on it, as long as somebody reads it."""

    def __init__(self, person: int, program: int) -> None:
        self.person = os.dup(person)  # a number of its own: one that is given again would be read by the thread of an old sheet
        self.stream = os.fdopen(os.dup(program), "w", encoding="utf-8")
        self.drawn = b""
        self.grown = threading.Condition()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        while True:
            try:
                more = os.read(self.person, 4096)
            except OSError:
                os.close(self.person)
                return
            with self.grown:
                self.drawn += more
                self.grown.notify_all()

    def has(self, text: str) -> bool:
        with self.grown:
            return self.grown.wait_for(lambda: text.encode() in self.drawn, 10)


@pytest.fixture(autouse=True)
def size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_what_is_shown_is_drawn_and_the_newest_stays() -> None:
    with terminal() as (person, program):
        sheet = Sheet(person, program)
        with Screen(sheet.stream) as screen:
            screen.show(NOW, STATUS)
            assert sheet.has(SQUEEZE.text)
            screen.show(at(PLANNED, PLANNED.length, over=True), STATUS)
        assert sheet.has("the session is over")
        assert sheet.has("\x1b[?25h")
        assert sheet.drawn.rindex(b"\x1b[?25h") > sheet.drawn.rindex(b"\x1b[?25l")
        assert b"\x1b[?1049" not in sheet.drawn
        sheet.stream.close()


def test_what_a_key_did_is_seen_until_it_is_old_and_the_time_of_day_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal() as (person, program):
        sheet = Sheet(person, program)
        with Screen(sheet.stream) as screen:
            screen.event(Changed("voice +2 dB"), NOW)
            screen.show(NOW, STATUS)
            assert sheet.has("voice +2 dB")
            assert sheet.has(" · ends ")
            monkeypatch.setattr("voiceguide.console.screen.SAID_SECONDS", 0.0)
            screen.show(NOW, STATUS)
            drawn = screen._newest
        assert drawn
        assert drawn[1].said == ""
        sheet.stream.close()


def test_no_color_takes_the_colours_away() -> None:
    for colours in (True, False):
        with terminal() as (person, program), pytest.MonkeyPatch.context() as patch:
            if not colours:
                patch.setenv("NO_COLOR", "1")
            sheet = Sheet(person, program)
            with Screen(sheet.stream) as screen:
                screen.show(NOW, STATUS)
                assert sheet.has("q stop")
            assert (b"\x1b[32m" in sheet.drawn) is colours
            sheet.stream.close()


def fill(program: int) -> None:
    """Write until the terminal takes no more, as when its window is frozen."""
    os.set_blocking(program, False)
    while select.select([], [program], [], 1.0)[1]:
        with suppress(BlockingIOError):
            while True:
                os.write(program, b"." * 4096)
    os.set_blocking(program, True)


@pytest.mark.slow
def test_a_terminal_that_takes_nothing_holds_nobody_up() -> None:
    person, program = os.openpty()
    fill(program)
    with os.fdopen(program, "w", encoding="utf-8") as stream:
        begun = time.monotonic()
        with Screen(stream) as screen:
            for _ in range(1000):
                screen.show(NOW, STATUS)
            shown = time.monotonic()
        assert screen._thread.is_alive()
        assert shown - begun < HANGING
        assert time.monotonic() - begun < HANGING
        os.close(person)
        screen._thread.join(10)
    assert not screen._thread.is_alive()


@pytest.mark.slow
def test_a_program_ends_though_its_terminal_takes_nothing() -> None:
    with terminal() as (_, program):
        fill(program)
        with child(ENDS, program) as begun:
            assert begun.wait(10) == 0


def test_a_terminal_that_is_gone_is_no_fault() -> None:
    person, program = os.openpty()
    with os.fdopen(program, "w", encoding="utf-8") as stream, Screen(stream) as screen:
        os.close(person)
        screen.show(NOW, STATUS)
        screen._thread.join(10)
        assert not screen._thread.is_alive()
        screen.show(NOW, STATUS)


def test_nothing_shown_is_nothing_drawn() -> None:
    with terminal() as (person, program):
        sheet = Sheet(person, program)
        with Screen(sheet.stream):
            pass
        assert sheet.has("\x1b[?25h")
        assert Text.from_ansi(sheet.drawn.decode()).plain.strip() == ""
        sheet.stream.close()


def test_only_a_terminal_that_can_is_drawn_on(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not drawable(io.StringIO())
    with terminal() as (_, program), os.fdopen(os.dup(program), "w", encoding="utf-8") as stream:
        assert drawable(stream)
        monkeypatch.setenv("TERM", "dumb")
        assert not drawable(stream)
    with terminal() as (_, program), os.fdopen(os.dup(program), "w", encoding="ascii") as stream:
        monkeypatch.setenv("TERM", "xterm")
        assert not drawable(stream)
