import pytest

from voiceguide.cli.main import run

COMMANDS = pytest.mark.parametrize(("command", "suffix"), [(("new",), ".md"), (("soundscapes", "new"), ".toml")])


@COMMANDS
@pytest.mark.parametrize("name", ["evening", "evening.txt"])
def test_a_name_without_the_suffix_gets_it(tmp_path, capsys, command, suffix, name):
    assert run([*command, str(tmp_path / name)]) == 0
    assert [path.name for path in tmp_path.iterdir()] == [name + suffix]
    assert f"check {tmp_path / name}{suffix}" in capsys.readouterr().err


@COMMANDS
def test_a_file_that_is_there_is_kept_unless_forced(tmp_path, capsys, command, suffix):
    path = tmp_path / f"mine{suffix}"
    path.write_text("mine")
    assert run([*command, str(path)]) == 5
    assert "--force" in capsys.readouterr().err
    assert path.read_text() == "mine"
    assert run([*command, str(path), "--force"]) == 0
    assert path.read_text() != "mine"


@COMMANDS
def test_a_folder_is_told_that_it_needs_a_name(capsys, command, suffix):
    assert run([*command, "."]) == 2
    assert f"such as {'evening' if suffix == '.md' else 'attic'}{suffix}" in capsys.readouterr().err
