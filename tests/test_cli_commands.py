import re
from pathlib import Path

import click
import pytest

from voiceguide.cli.commands import NAMES, commands
from voiceguide.cli.main import run


def every_command(command: click.Command = commands, path: tuple[str, ...] = ()):
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from every_command(command.get_command(context, name), (*path, name))


@pytest.mark.parametrize(
    ("path", "command"), [pytest.param(*found, id=" ".join(found[0]) or "voiceguide") for found in every_command()]
)
def test_every_command_helps_with_an_example(capsys, path, command):
    assert run([*path, "--help"]) == 0
    shown = capsys.readouterr().out
    assert re.search(r"voiceguide [a-z]+", shown.split("Options:")[-1] if path else shown)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help


def test_alone_it_says_what_it_can_do(capsys):
    assert run([]) == 0
    shown = capsys.readouterr().out
    assert [name for name in NAMES if re.search(rf"^  {name}\s", shown, re.MULTILINE)] == list(NAMES)
    assert "..." not in shown.split("Commands:")[1]


def test_every_command_has_its_file():
    folder = Path(run.__code__.co_filename).parent
    assert all((folder / f"{name}.py").is_file() for name in NAMES)


def test_the_version_is_the_packages(capsys):
    assert run(["--version"]) == 0
    assert re.search(r"\d+\.\d+", capsys.readouterr().out)


def test_an_unknown_command_is_a_usage_error(capsys):
    assert run(["exprot"]) == 2
    assert "there is no command 'exprot'; did you mean 'export'?" in capsys.readouterr().err
    assert run(["xyz"]) == 2
    assert "xyz" in capsys.readouterr().err
