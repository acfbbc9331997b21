import json

import pytest

from voiceguide.cli import doctor
from voiceguide.cli.main import run


def findings(capsys) -> dict[str, dict[str, str]]:
    return {one["part"]: one for one in json.loads(capsys.readouterr().out)}


@pytest.mark.slow
def test_here_everything_works_that_an_export_needs(capsys):
    assert run(["doctor", "--json"]) == 0
    found = findings(capsys)
    assert set(found) == set(doctor.CHECKS)
    for part in ("python", "config", "voices", "system voices", "sound files", "cache", "disk", "routines"):
        assert found[part]["state"] == "works", found[part]
    assert "heart" in found["voices"]["seen"]


@pytest.mark.slow
def test_it_says_so_in_words(capsys):
    assert run(["doctor"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(doctor.CHECKS) + 1
    assert lines[1].startswith("python")


def test_a_broken_config_is_found_and_ends_with_1(own_home, capsys):
    folder = own_home / ".config" / "voiceguide"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("pase = 1\n")
    assert run(["doctor", "--json"]) == 1
    found = findings(capsys)
    assert found["config"]["state"] == "broken"
    assert "did you mean 'pace'" in found["config"]["seen"]


def test_a_cache_that_cannot_be_written_is_told(own_home, capsys):
    folder = own_home / ".config" / "voiceguide"
    folder.mkdir(parents=True)
    (own_home / "file").write_text("in the way")
    (folder / "config.toml").write_text(f'cache_dir = "{own_home}/file/cache"\n')
    assert run(["doctor", "--json"]) == 0
    assert findings(capsys)["cache"]["state"] == "optional"


def test_a_part_that_hangs_or_fails_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(doctor, "DEADLINE", 0.2)
    assert doctor._tried("while True: pass") is None
    assert doctor._tried("raise SystemExit(1)") is None
    monkeypatch.setattr(doctor, "DEADLINE", 20)
    assert doctor._tried("print('seen')") == "seen"


@pytest.mark.slow
def test_every_sound_device_is_named(sound_server, capsys):
    sound_server.create_sink("kitchen")
    assert run(["doctor", "--json"]) == 0
    assert findings(capsys)["sound device"] == {
        "part": "sound device",
        "state": "works",
        "seen": "main (the default), kitchen",
        "remedy": "",
    }


@pytest.mark.slow
def test_no_device_is_no_harm(sound_server, capsys):
    sound_server.remove_sink("main")
    assert run(["doctor", "--json"]) == 0
    found = findings(capsys)["sound device"]
    assert found["state"] == "optional"
    assert "connect one" in found["seen"]


@pytest.mark.slow
@pytest.mark.parametrize(("device", "state"), [("kitchen", "optional"), ("MAIN", "works"), ("null", "works")])
def test_a_device_of_ones_own_choice_is_looked_for(sound_server, own_home, monkeypatch, capsys, device, state):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own_home / "config"))
    folder = own_home / "config" / "voiceguide"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f'device = "{device}"\n')
    assert run(["doctor", "--json"]) == 0
    assert findings(capsys)["sound device"]["state"] == state


@pytest.mark.slow
def test_a_desktop_is_told(desktop_bus, monkeypatch, capsys):
    assert run(["doctor", "--json"]) == 0
    assert findings(capsys)["desktop"]["state"] == "works"
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS")
    assert run(["doctor", "--json"]) == 0
    assert findings(capsys)["desktop"]["state"] == "optional"
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    assert run(["doctor", "--json"]) == 0
    assert "pip install 'voiceguide[desktop]'" in findings(capsys)["desktop"]["remedy"]


def test_missing_file_libraries_are_broken(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "_tried", lambda code: None)
    assert run(["doctor", "--json"]) == 1
    assert "pip install" in findings(capsys)["sound files"]["remedy"]
