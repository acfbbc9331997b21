"""The documents against the code: everything is named, every example runs."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from voiceguide import library
from voiceguide.ambience.bells import BELLS
from voiceguide.cli import options
from voiceguide.cli.commands import commands
from voiceguide.examine import examine
from voiceguide.script.attributes import ATTRIBUTES
from voiceguide.script.directions import DIRECTIONS
from voiceguide.script.front import SETTINGS as FRONT
from voiceguide.script.parser import parse
from voiceguide.script.patterns import PATTERNS
from voiceguide.script.times import read_time
from voiceguide.session import open_session
from voiceguide.settings import SETTINGS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def fences(language: str) -> list:
    """Every fenced block of a language, with where it stands."""
    found = []
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for match in re.finditer(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            place = f"{path.relative_to(ROOT).as_posix()}:{text.count(chr(10), 0, match.start()) + 1}"
            found.append(pytest.param(match[1], id=place))
    return found


def commands_in(block: str) -> list[list[str]]:
    """Each `voiceguide ...` of a console block as words, without redirections, pipes and comments."""
    lines = (re.sub(r"^\$ ", "", line) for line in block.replace("\\\n", " ").splitlines())
    parts = (part for line in lines for part in re.split(r"&&|\||;|>", line))
    words = (shlex.split(part, comments=True) for part in parts)
    return [each[1:] for each in words if each and Path(each[0]).name == "voiceguide"]


def every_command(command: click.Command = commands, path: str = "voiceguide") -> list[str]:
    if not isinstance(command, click.Group):
        return [path]
    context = click.Context(command)
    inner = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
    return [path, *(line for name, one in inner if one for line in every_command(one, f"{path} {name}"))]


def every_option(command: click.Command = commands) -> Iterator[str]:
    """The long name of every option of every command that is shown in its help."""
    context = click.Context(command)
    for parameter in command.get_params(context):
        if isinstance(parameter, click.Option) and not parameter.hidden:
            yield max(parameter.opts, key=len)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            yield from every_option(command.get_command(context, name))


NAMED = {
    "script-format.md": [*DIRECTIONS, *ATTRIBUTES, *FRONT, *PATTERNS],
    "soundscapes.md": [*library.soundscapes(), *BELLS],
    "": [*every_command()[1:], *sorted({*every_option()}), *SETTINGS],
}


@pytest.mark.parametrize(("document", "name"), [(document, name) for document, names in NAMED.items() for name in names])
def test_everything_has_its_place_in_the_documents(document, name):
    pages = [path for path in DOCUMENTS if path.name == document] if document else DOCUMENTS
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.name)
def test_a_setting_is_documented_as_the_table_has_it(setting):
    default = {None: "", True: "true", False: "false"}.get(setting.default, f"`{setting.default}`")
    if isinstance(setting.default, int | float) and not isinstance(setting.default, bool):
        default = f"{setting.default:g}"
    row = f"| `{setting.name}` | {default} | {setting.kind.expects} | {setting.meaning} |".replace("|  |", "| |")
    assert row in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("block", fences("python"))
def test_python_examples_run(block, own_home, tmp_path, monkeypatch):
    """As written, in an empty folder; the person's own config.toml chooses the quick tone voice."""
    config = own_home / ".config" / "voiceguide" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('voice = "tone"\n')
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "<example>", "exec"), {"__name__": "example"})


@pytest.mark.parametrize("block", fences("markdown"))
def test_routines_in_the_documents_have_no_mistake(block):
    if block.startswith("---\n"):
        assert parse(block, "example.md").sections


SAVED = re.compile(r"^```markdown\n(.*?)^```\n\nSave it as `([\w.]+)`(.*?)\n\n", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if "Save it as `" in path.read_text(encoding="utf-8")], ids=lambda path: path.name
)
def test_a_routine_to_be_saved_is_right_and_can_be_had_as_is_said(path, tmp_path):
    for routine, name, said in SAVED.findall(path.read_text(encoding="utf-8")):
        (tmp_path / name).write_text(routine, encoding="utf-8")
        assert examine(tmp_path / name) == ()
        for length in (None, *map(read_time, re.findall(r"--for (\w+)", said))):
            open_session(tmp_path / name, length=length).close()


@pytest.mark.parametrize("block", fences("toml"))
def test_toml_examples_are_toml(block):
    assert tomllib.loads(block)


@pytest.mark.parametrize(
    "words", [pytest.param(each, id=" ".join(each)) for block in fences("console") for each in commands_in(block.values[0])]
)
def test_commands_in_the_documents_are_commands(words):
    """Parsed to the last option, not run."""
    command, context = commands, click.Context(commands, info_name="voiceguide")
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        command = command.get_command(context, name)
        assert command, f"there is no command {name}"
        context = click.Context(command, info_name=name, parent=context)
    if "--help" not in words and "--version" not in words:
        command.make_context(context.info_name, list(words), parent=context.parent, resilient_parsing=False)


ROUTINES = {path.stem for path in library.bundled("scripts").glob("*.md")}
SESSIONS = [each for block in fences("console") for each in commands_in(block.values[0]) if {*each} & ROUTINES]


@pytest.mark.parametrize("words", [pytest.param(each, id=" ".join(each)) for each in SESSIONS])
def test_sessions_in_the_documents_can_be_had(words, own_home, tmp_path, monkeypatch):
    """Of the bundled routines, as long and in the variant that is asked for; nothing is voiced for that."""
    monkeypatch.chdir(tmp_path)
    command = commands.get_command(click.Context(commands), words[0])
    asked = command.make_context("example", list(words[1:]), resilient_parsing=True).params
    own = {"routine", "length", "variables", "avoid", *SETTINGS}
    wishes = {name: value for name, value in asked.items() if name in own}
    if asked.get("routine"):
        with options.opened(**wishes | {"until": None, "voice": "tone"}) as session:
            assert session.length


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path):
    for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_the_rooms_are_listed_in_the_order_that_the_contract_holds():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][0]
    floors = [[name.strip().removeprefix("voiceguide.") for name in layer.split("|")] for layer in contract["layers"]]
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## The rooms")[1].split("### Inside them")[0]
    rows = [re.findall(r"`(\w+)/?`", row.split("|")[1]) for row in page.splitlines() if row.startswith("| `")]
    floor_of = {room: number for number, floor in enumerate(floors) for room in floor}
    places = [floor_of[room] for row in rows for room in row]
    assert places == sorted(places)
    assert {room for row in rows for room in row} == set(floor_of)
    modules = (path.stem for path in (ROOT / "voiceguide").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists())
    assert set(floor_of) == set(modules) - {"__init__", "__main__"}


def test_every_file_of_a_room_stands_in_its_row_once():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("### Inside them")[1].split("\n## ")[0]
    rows = [row.split("|")[1:3] for row in page.splitlines() if row.startswith("| `")]
    rooms = {path.parent for path in (ROOT / "voiceguide").glob("*/__init__.py")} - {ROOT / "voiceguide" / "cli"}
    assert sorted(room.strip(" `/") for room, _ in rows) == sorted(path.name for path in rooms)
    for room, files in rows:
        there = {path.stem for path in (ROOT / "voiceguide" / room.strip(" `/")).glob("*.py")} - {"__init__"}
        assert sorted(re.findall(r"`(\w+)`", files)) == sorted(there), room


def test_every_soundscape_has_its_picture_and_its_numbers():
    page, pictures = ROOT / "docs" / "soundscapes.md", list((ROOT / "docs" / "soundscapes").iterdir())
    names = [path.stem for path in library.bundled("soundscapes").glob("*.toml")]
    assert {path.name for path in pictures} == {f"{name}.svg" for name in names}
    assert sum(path.stat().st_size for path in pictures) < 2_000_000
    part = page.read_text(encoding="utf-8").split("<!-- pictures -->")[1]
    for name in names:
        assert f"](soundscapes/{name}.svg)" in part
        assert re.search(rf"^\| `{name}` (\| -?\d+\.\d ){{6}}\|$", part, re.MULTILINE)


def test_every_decision_has_a_number_of_its_own_and_the_same_three_parts():
    notes = sorted((ROOT / "docs" / "decisions").iterdir())
    assert [path.name[:5] for path in notes] == [f"{number:04}-" for number in range(1, len(notes) + 1)]
    for path in notes:
        parts = re.findall(r"^\*\*(\w+)\.\*\* ", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert parts == ["Context", "Choice", "Consequence"], path.name
