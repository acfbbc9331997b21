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
    assert err == "2 checked, 3 errors\n"
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


SPINE = "---\ntitle: Spine\n---\n\n# One\n\nPress on the spine.\n"
LEFT = (
    "---\ntitle: Left\nfor: partner\ncautions: [fever]\n---\n\n# One\n\n"
    "[to giver] Look at the left shoulder. Stop for pain, and not with a fever.\n"
)
UNEVEN = "---\ntitle: Uneven\n---\n\n# Left arm\n\n[hold 1m]\n\n# Right arm\n\nRest. [hold 40s]\n"


def test_a_rule_says_its_number_why_and_what_to_try(files, capsys):
    (files / "spine.md").write_text(SPINE)
    assert run(["check", "spine.md"]) == 3
    told = capsys.readouterr().out
    assert told.startswith("spine.md:7:1: R05 error: this presses on the spine, because bone has no padding")
    assert "; try: move to the muscle beside it" in told


def test_warnings_alone_end_with_0_unless_strict(files, capsys):
    (files / "left.md").write_text(LEFT)
    assert run(["check", "left.md"]) == 0
    assert " R18 warning: " in capsys.readouterr().out
    assert run(["check", "left.md", "--strict"]) == 3


def test_rules_as_data_have_their_number_and_severity(files, capsys):
    (files / "spine.md").write_text(SPINE)
    run(["check", "--json", "spine.md"])
    assert ("R05", "error", 7) in [(one["rule"], one["severity"], one["line"]) for one in json.loads(capsys.readouterr().out)]


def test_one_rule_explained(files, capsys):
    assert run(["check", "--explain", "r06"]) == 0
    told = capsys.readouterr().out
    for field in ("rule", "severity", "looks for", "because", "try", "sources", "speaks up at", "leaves alone"):
        assert f"{field}:\n" in told
    assert run(["check", "--explain", "R6"]) == 2
    assert "there is no rule 'R6'" in capsys.readouterr().err


def test_a_file_for_code_hosts(files, capsys):
    (files / "spine.md").write_text(SPINE)
    assert run(["check", "spine.md", "--sarif", "out.sarif"]) == 3
    results = json.loads((files / "out.sarif").read_text())["runs"][0]["results"]
    assert "R05" in [result["ruleId"] for result in results]
    assert run(["check", "spine.md", "--sarif", "out.sarif"]) == 5
    assert "--force" in capsys.readouterr().err
    assert run(["check", "spine.md", "--sarif", "out.sarif", "--force"]) == 3


def test_no_routine_is_lost_to_a_file_for_code_hosts(files, capsys):
    (files / "spine.md").write_text(SPINE)
    (files / "other.md").write_text(SPINE)
    for target in ("spine.md", "other.md"):
        assert run(["check", "spine.md", "--sarif", target, "--force"]) == 2
        assert (files / target).read_text() == SPINE
    assert "must end in .sarif or .json" in capsys.readouterr().err
    (files / "odd.json").write_text(SPINE)
    assert run(["check", "odd.json", "--sarif", "odd.json", "--force"]) == 5
    assert (files / "odd.json").read_text() == SPINE


def test_mending_changes_one_thing_and_shows_it(files, capsys):
    (files / "uneven.md").write_bytes(UNEVEN.replace("\n", "\r\n").encode())
    run(["check", "--fix", "uneven.md"])
    assert (files / "uneven.md").read_bytes() == UNEVEN.replace("40s", "60s").replace("\n", "\r\n").encode()
    told = capsys.readouterr().err
    assert "-Rest. [hold 40s]" in told
    assert "+Rest. [hold 60s]" in told


def test_only_a_file_named_by_its_path_is_mended(files, capsys):
    assert run(["check", "--fix", "breathe"]) == 2
    assert "path" in capsys.readouterr().err


def test_nothing_to_check_is_a_usage_error(capsys):
    assert run(["check"]) == 2
    assert "name a routine" in capsys.readouterr().err
