import json
from datetime import datetime, timedelta

import pytest

from voiceguide.cli.main import run
from voiceguide.live import logbook
from voiceguide.live.logbook import Entry
from voiceguide.settings import config_path


def played(days: float, routine: str, *, complete: bool = True, pressure: tuple[str, ...] = ()) -> None:
    date = datetime.now().astimezone() - timedelta(days=days)
    logbook.add(Entry(date, routine, 18.0 if not complete else 20.0, 20.0, complete, pressure))


@pytest.fixture
def some(own_home):
    config_path().parent.mkdir(parents=True)
    config_path().write_text("log = true\n")
    played(20, "breathe")
    played(3, "first-back-massage", complete=False, pressure=("softer",))
    played(0, "first-back-massage")


def test_the_sessions_and_how_often(some, capsys):
    assert run(["log", "--plain"]) == 0
    out, err = capsys.readouterr()
    sessions, often = ([line.split("  ") for line in part.splitlines()] for part in out.split("\n\n"))
    shown = [[cell.strip() for cell in row if cell.strip()] for row in sessions[1:]]
    assert [row[1:] for row in shown] == [
        ["breathe", "20"],
        ["first-back-massage", "18 of 20", "softer"],
        ["first-back-massage", "20"],
    ]
    counted = [[cell.strip() for cell in row if cell.strip()] for row in often[1:]]
    assert counted == [
        ["breathe", "0", "1", "20 days ago"],
        ["first-back-massage", "2", "2", "today"],
        ["altogether", "2", "3", "today"],
    ]
    assert err == ""


def test_the_same_as_data(some, capsys):
    assert run(["log", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == {"logging", "sessions", "all", "routines", "damaged"}
    assert (shown["logging"], shown["damaged"]) == (True, [])
    assert shown["all"] == {"week": 2, "month": 3, "days_since": 0}
    assert shown["routines"]["breathe"] == {"week": 0, "month": 1, "days_since": 20}
    assert shown["sessions"][1]["pressure"] == ["softer"]


def test_a_note_goes_to_the_last_session(some, capsys):
    assert run(["log", "--note", "warm hands\x1b[31m"]) == 0
    assert "noted for first-back-massage" in capsys.readouterr().err
    assert run(["log", "--plain"]) == 0
    assert "warm hands[31m" in capsys.readouterr().out


def test_a_damaged_line_is_told_by_its_number(some, capsys):
    with logbook.path().open("a") as file:
        file.write('{"date": "2026-')
    assert run(["log"]) == 0
    out, err = capsys.readouterr()
    assert out.count("first-back-massage") == 3
    assert "sessions.jsonl:4: this line is damaged" in err


def test_clear_forgets_and_says_how_much(some, capsys):
    assert run(["log", "--clear"]) == 0
    assert "forgotten: 3 sessions" in capsys.readouterr().err
    assert not logbook.path().exists()


def test_it_is_off_until_it_is_turned_on(own_home, capsys):
    assert run(["log"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "no session is in the log" in err
    assert "`log = true` in" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--note", "x", "--clear"), "do not go together"), (("--note", "x"), "no session is in the log yet")],
)
def test_what_cannot_be_is_refused_in_words(own_home, capsys, arguments, said):
    assert run(["log", *arguments]) == 2
    assert said in capsys.readouterr().err
