import json

import pytest

from voiceguide import library
from voiceguide.cli.main import run


def test_the_bundled_ones_as_data(capsys):
    assert run(["soundscapes", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(found) == list(library.soundscapes())
    for one in found.values():
        assert one["title"]
        assert one["tags"]
        assert set(one["controls"]) <= {"intensity", "calm", "distance", "width"}
        assert -40 < one["loudness"] < -14


def test_the_table(capsys):
    assert run(["soundscapes", "--plain"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["NAME", *library.soundscapes()]


def test_one_of_ones_own_with_a_mistake_is_listed_with_it(own_home, capsys):
    folder = own_home / ".local" / "share" / "voiceguide" / "soundscapes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('title = "Mine"\nloudnes = -20\n')
    assert run(["soundscapes", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert "mine.toml:" in found["mine"]["error"]


def test_those_with_a_tag(capsys):
    assert run(["soundscapes", "list", "--tag", "water", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"rain", "ocean", "stream"} <= {one["name"] for one in found} < set(library.soundscapes())
    assert all("water" in one["tags"] for one in found)


def test_a_tag_that_nothing_has(capsys):
    assert run(["soundscapes", "list", "--tag", "waters"]) == 2
    assert "did you mean 'water'?" in capsys.readouterr().err


@pytest.mark.parametrize("listing", [["soundscapes"], ["soundscapes", "list"]])
def test_who_made_the_recordings_is_listed(own_home, capsys, listing):
    folder = own_home / ".local" / "share" / "voiceguide" / "soundscapes"
    folder.mkdir(parents=True)
    layer = '[[layer]]\nid = "a"\ntype = "recording"\nfile = "a.flac"\nauthor = "Ann"\nlicense = "CC0-1.0"\n'
    (folder / "mine.toml").write_text('title = "Mine"\ntags = ["own"]\n' + layer)
    assert run([*listing, "--plain"]) == 0
    assert "own; a.flac: by Ann, CC0-1.0" in capsys.readouterr().out
    assert run([*listing, "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert found["mine"]["credits"] == ["a.flac: by Ann, CC0-1.0"]
    assert found["rain"]["credits"] == []


def test_an_option_of_the_list_is_refused_where_it_would_do_nothing(capsys):
    assert run(["soundscapes", "--json", "list"]) == 2
    assert "--json before 'list' does nothing" in capsys.readouterr().err
    assert run(["soundscapes", "list", "--json"]) == 0
