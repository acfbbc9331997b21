import json

from voiceguide.cli import doctor
from voiceguide.cli.main import run


def findings(capsys) -> dict[str, dict[str, str]]:
    return {one["part"]: one for one in json.loads(capsys.readouterr().out)}


def test_here_everything_works_that_an_export_needs(capsys):
    assert run(["doctor", "--json"]) == 0
    found = findings(capsys)
    assert set(found) == set(doctor.CHECKS)
    for part in ("python", "config", "voices", "system voices", "sound files", "cache", "disk", "routines"):
        assert found[part]["state"] == "works", found[part]
    assert "heart" in found["voices"]["seen"]


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


def test_no_device_is_no_harm(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "_tried", lambda code: None if code == doctor.LIST_DEVICES else "")
    assert run(["doctor", "--json"]) == 0
    assert findings(capsys)["sound device"]["state"] == "optional"


def test_missing_file_libraries_are_broken(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "_tried", lambda code: None)
    assert run(["doctor", "--json"]) == 1
    assert "pip install" in findings(capsys)["sound files"]["remedy"]
