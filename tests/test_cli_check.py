import json
import os

import pytest

from voiceguide.cli.main import run

GOOD = "---\ntitle: Good\nvariables:\n  name: {ask: Who is it?}\n---\n\n# One\n\nHello {name}. [pause 2s]\n"
BAD = "---\ntitle: Bad\nsoundscaep: rain\n---\n\n# One\n\nHello. [huold 5s]\n\n[pause 5]\n"


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "bad.md").write_text(BAD)
    return tmp_path


def test_a_good_routine_ends_with_0_even_with_blanks_to_fill(files, capsys):
    assert run(["check", "good.md"]) == 0
    assert capsys.readouterr() == ("", "1 checked, nothing wrong\n")


def test_bundled_routines_are_checked_by_name():
    assert run(["check", "first-back-massage", "breathe"]) == 0


def test_every_mistake_stands_on_its_own_line(files, capsys):
    assert run(["check", "good.md", "bad.md"]) == 3
    out, err = capsys.readouterr()
    assert err == "2 checked, 3 mistakes\n"
    lines = out.splitlines()
    assert [line.split(": ")[0].split(":")[:2] for line in lines] == [["bad.md", "3"], ["bad.md", "8"], ["bad.md", "10"]]
    assert all(": error: " in line for line in lines)
    assert "'soundscape'" in lines[0]
    assert "'hold'" in lines[1]
    assert "5s" in lines[2]


def test_the_same_as_data(files, capsys):
    assert run(["check", "--json", "bad.md", "good.md"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["line"], one["severity"]) for one in found] == [("bad.md", line, "error") for line in (3, 8, 10)]
    assert all(set(one) == {"file", "line", "column", "rule", "severity", "message", "fix"} for one in found)


def test_nothing_wrong_as_data_is_an_empty_list(files, capsys):
    assert run(["check", "--json", "good.md"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize(
    ("front", "body", "told"),
    [
        ("soundscape: rainn", "Rest.", "rain"),
        ("voice: hart", "Rest.", "heart"),
        ("minutes: 5", "Rest.", "the longest"),
        ("for: self", "Rest.\n\n[soundscape oceann]", "own.md:10:1: error: [soundscape oceann]"),
        ("for: self", "Rest.\n\n[play lost.flac]", "own.md:10:1: error: [play lost.flac]"),
    ],
)
def test_what_a_script_names_and_promises_is_checked_too(files, capsys, front, body, told):
    (files / "own.md").write_text(f"---\ntitle: Own\n{front}\n---\n\n# One\n\n{body}\n")
    assert run(["check", "own.md"]) == 3
    assert told in capsys.readouterr().out


def test_a_file_that_is_not_there_is_a_usage_error(files, capsys):
    assert run(["check", "god.md"]) == 2
    assert "there is no routine 'god.md'" in capsys.readouterr().err


def test_a_fifo_does_not_block(files, capsys):
    os.mkfifo("pipe.md")
    assert run(["check", "pipe.md"]) == 2
    assert "pipe.md" in capsys.readouterr().err


def test_mistakes_in_what_is_included_are_found(files, capsys):
    (files / "main.md").write_text("---\ntitle: Main\n---\n\n# One\n\n[include bad]\n\n[include nothing-like-it]\n")
    assert run(["check", "main.md"]) == 3
    shown = capsys.readouterr().out
    assert "bad.md:8:" in shown or "main.md:7:" in shown
    assert "main.md:9:" in shown
