import json

import pytest

from voiceguide.ambience import reading
from voiceguide.cli.main import run
from voiceguide.cli.recipes import written


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_starter_is_a_recipe_and_has_no_mistake(here, capsys):
    assert run(["soundscapes", "new", "rain-on-the_attic"]) == 0
    assert capsys.readouterr().out == "rain-on-the_attic.toml\n"
    assert run(["soundscapes", "check", "rain-on-the_attic.toml"]) == 0
    assert capsys.readouterr() == ("", "1 checked, nothing wrong\n")
    assert reading.read((here / "rain-on-the_attic.toml").read_bytes(), "x").title == "Rain on the attic"


def test_what_the_starter_has_asleep_is_right_as_well():
    awake = "\n".join(line.removeprefix("# ") if _asleep(line) else line for line in written("x").splitlines())
    recipe = reading.read(awake.encode(), "x")
    assert [layer.id for layer in recipe.layers] == ["bed", "drops", "water", "garden"]


def _asleep(line):
    return line.startswith("# [[") or (line.startswith("# ") and " = " in line)


@pytest.mark.parametrize("name", ["{title}", "...", "é ü"])
def test_any_name_makes_a_right_recipe(name):
    assert reading.read(written(name).encode(), "x").title


BAD = """titel = "Bad"
[[layer]]
id = "bed"
type = "nose"
"""


def test_every_mistake_with_its_line_and_what_to_write(here, capsys):
    (here / "bad.toml").write_text(BAD)
    (here / "good.toml").write_text(written("good"))
    assert run(["soundscapes", "check", "bad.toml", "good.toml"]) == 3
    said = capsys.readouterr()
    assert [line.split(" error: ")[0] for line in said.out.splitlines()] == [
        "bad.toml:1:1:",
        "bad.toml:1:1:",
        "bad.toml:4:1:",
    ]
    assert "did you mean 'title'?" in said.out
    assert "did you mean 'noise'?" in said.out
    assert said.err == "2 checked, 3 errors\n"


def test_mistakes_as_data_and_bundled_ones_by_name(here, capsys):
    (here / "bad.toml").write_text(BAD)
    assert run(["soundscapes", "check", "rain", "bad.toml", "--json"]) == 3
    found = json.loads(capsys.readouterr().out)
    assert {(one["file"], one["rule"], one["severity"]) for one in found} == {("bad.toml", "recipe", "error")}
    assert [one["line"] for one in found] == [1, 1, 4]


def test_what_is_not_there(here, capsys):
    assert run(["soundscapes", "check", "rian"]) == 2
    assert "did you mean 'rain'?" in capsys.readouterr().err
