import json

import pytest

from voiceguide.cli.main import run
from voiceguide.settings import SETTINGS


@pytest.fixture
def written(own_home):
    path = own_home / ".config" / "voiceguide" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('voice = "emma"\ntaper = false\n', encoding="utf-8")
    return path


def test_every_setting_with_its_value_and_where_it_was_written(written, capsys):
    assert run(["config", "--json"]) == 0
    shown = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(shown) == list(SETTINGS)
    assert shown["voice"] == {"name": "voice", "value": "emma", "source": f"{written}:1"}
    assert shown["taper"]["value"] is False
    assert shown["pace"] == {"name": "pace", "value": 125.0, "source": "default"}


def test_the_table_says_what_each_one_means(written, capsys):
    assert run(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(SETTINGS) + 1
    shown = dict(line.split()[:2] for line in lines[1:])
    assert [shown[name] for name in ("voice", "pace", "taper")] == ["emma", "125", "false"]
    assert "who speaks" in lines[1]


def test_the_path_is_shown_before_there_is_a_file(own_home, capsys):
    assert run(["config", "--path"]) == 0
    assert capsys.readouterr().out == f"{own_home}/.config/voiceguide/config.toml\n"


def test_a_wrong_setting_ends_with_2(written, capsys):
    written.write_text("pase = 110\n", encoding="utf-8")
    assert run(["config"]) == 2
    assert f"{written}:1: there is no setting 'pase'; did you mean 'pace'?" in capsys.readouterr().err
