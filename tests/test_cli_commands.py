import re
import shlex
from datetime import datetime
from pathlib import Path

import click
import pytest

from voiceguide.cli import options
from voiceguide.cli.commands import NAMES, commands
from voiceguide.cli.main import run
from voiceguide.live.logbook import Entry, add
from voiceguide.settings import SETTINGS


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


def examples(command: click.Command) -> list[list[str]]:
    """What the help of a command shows to type: the words of each call, without what other programs do with it."""
    lines = (command.epilog or command.help or "").splitlines()
    parts = (part for line in lines for part in re.split(r"&&|\|| {4,}", line.split("Example: ")[-1]))
    return [shlex.split(part)[1:] for part in parts if part.strip().startswith("voiceguide ")]


EXAMPLES = [words for _, command in every_command() for words in examples(command)]
SOUNDING = ("play", "preview", "export")
ELSEWHERE = ("emma", "devices", "doctor")
"""A voice that has to be fetched, and what depends on the machine; they have tests of their own."""


@pytest.fixture
def scratch(tmp_path, monkeypatch, own_home):
    """A folder with what the examples call their own, and a voice that is quick."""
    monkeypatch.chdir(tmp_path)
    (own_home / ".config" / "voiceguide").mkdir(parents=True)
    (own_home / ".config" / "voiceguide" / "config.toml").write_text('voice = "tone"\nlog = true\n')
    assert run(["new", "evening.md"]) == 0
    assert run(["soundscapes", "new", "attic.toml"]) == 0
    add(Entry(datetime.now().astimezone(), "breathe", 5.0, 5.0, complete=True))
    return tmp_path


@pytest.mark.parametrize("words", [pytest.param(each, id=" ".join(each)) for each in EXAMPLES])
def test_what_the_help_shows_opens_as_it_is_printed(scratch, words):
    """Every session that an example asks for can be had: nothing is voiced for that."""
    command, rest = commands, list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        command = command.get_command(click.Context(command), name)
        assert command, f"there is no command {name}"
    asked = command.make_context("example", rest).params
    if asked.get("routine"):
        own = {"routine", "length", "until", "variables", "avoid", *SETTINGS}
        wishes = {name: value for name, value in asked.items() if name in own}
        with options.opened(**wishes | {"voice": "tone"}) as session:
            assert session.length


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [pytest.param(each, id=" ".join(each)) for each in EXAMPLES if each[0] not in SOUNDING and not {*ELSEWHERE} & {*each}],
)
def test_what_the_help_shows_runs_as_it_is_printed(scratch, words):
    for made in (scratch / name for name in words if "new" in words):
        made.unlink(missing_ok=True)
    assert run(words) == 0


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


def test_a_routine_without_a_command_is_told_how_it_is_heard(capsys):
    assert run(["my evening.md"]) == 2
    assert "to hear it: voiceguide play 'my evening.md'" in capsys.readouterr().err


def test_an_unknown_command_is_a_usage_error(capsys):
    assert run(["exprot"]) == 2
    assert "there is no command 'exprot'; did you mean 'export'?" in capsys.readouterr().err
    assert run(["xyz"]) == 2
    assert "xyz" in capsys.readouterr().err
