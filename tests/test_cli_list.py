import json

import click

from voiceguide.cli.main import run


def test_the_bundled_routines_as_data(capsys):
    assert run(["list", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    massage = found["first-back-massage"]
    assert (massage["title"], massage["for"]) == ("First back massage", "partner")
    assert massage["minutes"] == {"least": 12, "ideal": 20, "most": 30}
    assert massage["choices"]["position"] == ["prone", "seated"]
    assert "low back" in massage["areas"]
    assert all(one["title"] and one["summary"] and one["path"].endswith(f"{name}.md") for name, one in found.items())


def test_the_table_has_a_line_for_each(capsys):
    assert run(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["NAME", "FOR", "MINUTES", "ABOUT"]
    assert any(line.startswith("first-back-massage") and "12-30" in line for line in lines)


def test_a_terminal_of_eighty_columns_has_room_for_it(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert run(["list"]) == 0
    lines = click.unstyle(capsys.readouterr().out).splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) < 80


def test_a_persons_own_routine_with_a_mistake_is_listed_with_it(own_home, capsys):
    folder = own_home / ".local" / "share" / "voiceguide" / "scripts"
    folder.mkdir(parents=True)
    (folder / "mine.md").write_text("---\ntitle: Mine\n---\n\n# One\n\n[huold 5s]\n")
    (folder / "good.md").write_text("---\ntitle: Good\nminutes: 5\n---\n\n# One\n\nHello.\n")
    assert run(["list", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert "mine.md:7:" in found["mine"]["error"]
    assert found["good"]["minutes"] == {"least": 5, "ideal": 5, "most": 5}
    assert run(["list", "--plain"]) == 0
    shown = capsys.readouterr().out
    assert "huold" in shown
    assert "Good" in shown
