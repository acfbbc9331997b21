import io
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import pytest

from voiceguide.cli import screen

ROWS = [("rain", "Steady rain"), ("über", None), ("evil", "\x1b[2J[bold]red[/]")]


class Terminal(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@contextmanager
def terminal(**environment: str) -> Iterator[Terminal]:
    """Both streams are a terminal 30 columns wide."""
    shown, before = Terminal(), dict(os.environ)
    os.environ.pop("NO_COLOR", None)
    os.environ.update({"COLUMNS": "30", "LINES": "20", "TERM": "xterm-256color", **environment})
    try:
        with redirect_stdout(shown), redirect_stderr(shown):
            yield shown
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_in_a_pipe_a_row_is_a_line_and_nothing_is_cut(capsys):
    screen.table(("name", "title"), [*ROWS, ("long", "x" * 300)])
    assert capsys.readouterr().out.splitlines() == [
        "NAME  TITLE",
        "rain  Steady rain",
        "über",
        "evil  [2J[bold]red[/]",
        "long  " + "x" * 300,
    ]


def test_talk_goes_to_stderr(capsys):
    screen.table(("name", "title"), ROWS, talk=True)
    screen.say("done")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("done\n")


def test_an_empty_table_is_its_heading(capsys):
    screen.table(("name", "title"), [])
    assert capsys.readouterr().out == "NAME  TITLE\n"


def test_on_a_terminal_it_is_drawn_within_its_width():
    with terminal() as screened:
        screen.table(("name", "title"), [*ROWS, ("long", "many words that do not fit " * 4)])
    shown = screened.getvalue()
    assert "\x1b[1m" in shown
    assert "\x1b[2J" not in shown
    assert "[bold]red[/]" in shown
    plain = shown.replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert max(map(len, plain.splitlines())) <= 30


@pytest.mark.parametrize("name", ["foam-roller", "foam-roller-upper-back"])
def test_on_a_terminal_no_name_is_divided_and_no_path_is_cut(name):
    with terminal() as screened:
        screen.table(("name", "for", "about"), [(name, "partner", "in /some/where/rather/deep/down.onnx")])
    shown = screened.getvalue()
    assert f"{name} " in shown
    assert "…" not in shown
    assert "─" not in shown if len(name) > 15 else max(map(len, re.sub(r"\x1b\[\d+m", "", shown).splitlines())) <= 30


def test_no_color_is_honoured():
    with terminal(NO_COLOR="1") as shown, screen.progress() as report:
        screen.table(("name", "title"), ROWS)
        report("voicing", 1, 4)
    assert not re.search(r"\x1b\[(3|4|9|10)\d", shown.getvalue())


def test_plain_is_plain_on_a_terminal_too():
    with terminal() as shown, screen.progress(plain=True) as report:
        screen.table(("name", "title"), ROWS, plain=True)
        report("voicing", 1, 4)
    assert "\x1b" not in shown.getvalue()


def test_json_is_ascii_and_comes_back_the_same(capsys):
    value = [{"title": "Grüße \u202e\x1b", "n": 1.5, "none": None}]
    screen.emit(value)
    shown = capsys.readouterr().out
    assert shown.isascii()
    assert json.loads(shown) == value


def test_without_a_terminal_each_stage_is_one_line(capsys):
    with screen.progress() as report:
        for done in range(100):
            report("voicing", done, 100)
        report("mixing", 1, 2)
    assert capsys.readouterr() == ("", "voicing ...\nmixing ...\n")


def test_on_a_terminal_a_bar_comes_and_goes():
    with terminal() as shown, screen.progress() as report:
        report("voicing", 1, 4)
        report("voicing", 4, 4)
    assert "voicing" in shown.getvalue()
    assert "100%" in shown.getvalue()


def test_a_bar_gives_the_cursor_back_when_interrupted():
    def interrupted() -> None:
        with screen.progress() as report:
            report("mixing", 1, 4)
            raise KeyboardInterrupt

    with terminal() as shown, pytest.raises(KeyboardInterrupt):
        interrupted()
    assert shown.getvalue().rindex("\x1b[?25h") > shown.getvalue().rindex("\x1b[?25l")
