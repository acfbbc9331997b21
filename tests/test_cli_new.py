import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.cli.main import run
from voiceguide.cli.new import written
from voiceguide.script.parser import parse


def test_the_starter_is_a_routine_without_a_mistake(tmp_path, capsys):
    path = tmp_path / "my-evening.md"
    assert run(["new", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    script = parse(path.read_bytes(), "my-evening.md")
    assert script.front.title == "My evening"
    assert [section.title for section in script.sections] == ["Arrive", "Breathe", "Rest", "Come back"]
    assert run(["check", str(path)]) == 0
    assert capsys.readouterr().out == ""


def test_what_it_says_to_type_next_can_be_typed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, typed in (("a soft evening", "'a soft evening.md'"), ("-evening.md", "./-evening.md")):
        assert run(["new", "--", name]) == 0
        assert capsys.readouterr().err.endswith(f": voiceguide check {typed}\n")


@pytest.mark.parametrize("name", ["no", "010", "12:30", "a: b", "- x", "{x}", '"', "#", "", "true"])
def test_any_file_name_gives_a_title_that_reads(name):
    assert parse(written(name), "x.md").front.title


@given(st.text(max_size=30))
def test_no_file_name_breaks_the_written(name):
    assert parse(written(name), "x.md").front.title
