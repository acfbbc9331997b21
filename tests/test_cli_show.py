import json
from xml.etree import ElementTree

import pytest
from cli_kit import LENGTH, SMALL, TONE

from voiceguide.audio import RATE
from voiceguide.cli.main import run


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.md").write_text(SMALL)
    return "small.md"


def test_the_timeline_as_data(small, capsys):
    assert run(["show", small, *TONE, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == {"rate", "frames", "sections", "cues", "dropped"}
    assert (shown["rate"], shown["frames"], shown["dropped"]) == (RATE, LENGTH * RATE, [])
    assert [one["title"] for one in shown["sections"]] == ["Arrive", "Shoulders", "Finish"]
    assert all(set(one) == {"title", "start", "end"} for one in shown["sections"])
    assert [one["end"] for one in shown["sections"]] == [*(one["start"] for one in shown["sections"][1:]), LENGTH * RATE]
    for cue in shown["cues"]:
        assert set(cue) == {"id", "start", "end", "track", "text", "to", "section", "line"}
        assert 0 <= cue["start"] < cue["end"] <= LENGTH * RATE
        section = shown["sections"][cue["section"]]
        assert section["start"] <= cue["start"] < section["end"]
    assert {cue["track"] for cue in shown["cues"]} == {"voice", "breath", "signal"}
    assert len({cue["id"] for cue in shown["cues"]}) == len(shown["cues"])
    sit = next(cue for cue in shown["cues"] if cue["text"].startswith("Sit down"))
    assert sit["line"] == SMALL.splitlines().index("Sit down. [pause 2s] Nothing to do yet.") + 1


def test_the_table_is_in_order_of_time(small, capsys):
    assert run(["show", small, *TONE, "--plain"]) == 0
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].split() == ["START", "LENGTH", "TRACK", "WHAT"]
    assert lines[1].split() == ["0:00", lines[1].split()[1], "#", "Arrive"]
    starts = [line.split()[0] for line in lines[1:]]
    assert starts == sorted(starts)
    assert err.endswith("Small & kind: 0:50\n")


def test_the_picture_is_a_file_of_its_own(small, tmp_path, capsys):
    assert run(["show", small, *TONE, "--svg", "small.svg"]) == 0
    assert capsys.readouterr().out == "small.svg\n"
    root = ElementTree.parse(tmp_path / "small.svg").getroot()
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Small & kind"
    assert run(["show", small, *TONE, "--svg", "small.svg"]) == 5
    assert run(["show", small, *TONE, "--svg", "small.png"]) == 2


def test_a_length_that_cannot_be_says_what_can(small, capsys):
    assert run(["show", small, "--voice", "tone", "--for", "20s"]) == 3
    said = capsys.readouterr().err
    assert "the shortest is" in said
    assert "the longest" in said
