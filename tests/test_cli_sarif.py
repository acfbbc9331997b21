import json

from voiceguide.check.table import RULES
from voiceguide.cli.sarif import sarif
from voiceguide.errors import Problem

FOUND = (
    Problem("a b.md", 3, 5, "it presses", "bone has no padding", "move", "R05", "error"),
    Problem("a b.md", 1, 1, "no title"),
    Problem("a b.md", 9, 2, "again", rule="R34", severity="hint"),
)


def test_it_has_what_the_schema_asks_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    log = json.loads(json.dumps(sarif(FOUND, "1.0")))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["script", *RULES]
    assert all(rule["defaultConfiguration"]["level"] in ("error", "warning", "note") for rule in rules)
    first, second, third = run["results"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "R05"
    assert first["message"]["text"] == "it presses; bone has no padding; move"
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b.md"}, "region": {"startLine": 3, "startColumn": 5}}
    assert (second["ruleId"], second["level"], third["level"]) == ("script", "error", "note")


def test_a_file_elsewhere_keeps_its_whole_place(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    found = sarif([Problem(str(tmp_path / "a.md"), 1, 1, "x")], "1.0")["runs"][0]["results"][0]
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")
