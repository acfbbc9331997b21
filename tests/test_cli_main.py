"""Exit codes, signals and errors, as a shell sees them."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from voiceguide import errors
from voiceguide.cli import commands as group
from voiceguide.cli.main import run

ROOT = Path(__file__).parent.parent
HEAVY = {"numpy", "rich", "soundfile", "av", "onnxruntime", "ruamel", "markdown_it", "platformdirs"}


def started(*arguments: str, **options) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "voiceguide", *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


@pytest.fixture
def failing(monkeypatch):
    """A command that raises what it is given."""

    def make(error: BaseException) -> None:
        def fail() -> None:
            raise error

        command = click.Command("list", callback=fail)
        monkeypatch.setattr(group.Commands, "get_command", lambda self, context, name: command)

    return make


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (errors.VoiceError("no voice could speak"), 1, "error: no voice could speak\n"),
        (errors.UsageError("there is no routine 'x'"), 2, "error: there is no routine 'x'\n"),
        (errors.UsageError("pace cannot be 9\nmix cannot be 'x'"), 2, "error: pace cannot be 9\nerror: mix cannot be 'x'\n"),
        (errors.ScriptErrors([errors.Problem("a.md", 3, 5, "what", "why", "how")]), 3, "a.md:3:5: error: what; why; how\n"),
        (
            errors.ScriptErrors([errors.Problem("a.md", 3, 5, "what")], (errors.UsageError("there is no voice 'x'"),)),
            3,
            "a.md:3:5: error: what\nerror: there is no voice 'x'\n",
        ),
        (errors.CannotFit("can't be 5:00", 1, 2, 3), 3, "error: can't be 5:00\n"),
        (errors.MediaError("a.wav", "not a sound"), 3, "error: a.wav: not a sound\n"),
        (errors.RecipeError([errors.Problem("r.toml", 1, 1, "what")]), 3, "r.toml:1:1: error: what\n"),
        (errors.DeviceError("no sound device"), 4, "error: no sound device\n"),
        (errors.OutputError("the disk is full"), 5, "error: the disk is full\n"),
        (click.Abort(), 130, "stopped\n"),
        (click.UsageError("no such thing"), 2, "error: no such thing\ntry: voiceguide list --help\n"),
    ],
)
def test_what_goes_wrong_is_said_in_words_with_its_code(failing, capsys, error, code, said):
    failing(error)
    assert run(["list"]) == code
    assert capsys.readouterr() == ("", said)


def test_a_fault_of_ours_is_one_line_and_a_traceback_only_on_request(failing, capsys):
    failing(ZeroDivisionError("oops"))
    assert run(["list"]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("error: a fault in voiceguide itself (ZeroDivisionError: oops); please report")
    assert shown.count("\n") == 1
    with pytest.raises(ZeroDivisionError):
        run(["list", "--debug"])


def test_an_end_of_input_inside_is_a_fault_and_no_wish_to_stop(failing, capsys):
    failing(EOFError("cut short"))
    assert run(["list"]) == 1
    assert "a fault in voiceguide itself (EOFError: cut short)" in capsys.readouterr().err


def test_no_control_character_of_a_message_reaches_the_terminal(failing, capsys):
    failing(errors.UsageError("there is no \x1b]52;c;evil\x07 \u202egnp"))
    run(["list"])
    assert capsys.readouterr().err == "error: there is no ]52;c;evil gnp\n"


def test_a_wrong_option_names_the_nearest_and_the_help(capsys):
    assert run(["config", "--jason"]) == 2
    said = capsys.readouterr().err
    assert "--json" in said
    assert said.endswith("try: voiceguide config --help\n")


def test_a_path_in_pieces_is_told_to_need_quotes(capsys):
    assert run(["show", "My", "routine.md"]) == 2
    assert "extra argument (routine.md); a name or a path with spaces stands in quotes\n" in capsys.readouterr().err
    assert run(["config", "set"]) == 2
    assert "quotes" not in capsys.readouterr().err


def test_help_is_quick_and_loads_nothing_heavy():
    code = (
        "import sys, time\n"
        "from voiceguide.cli.main import run\n"
        "code = run(['--help'])\n"
        f"heavy = {HEAVY} & set(sys.modules)\n"
        "print(code, sorted(heavy), time.process_time(), file=sys.stderr)\n"
    )
    spent = []
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        ended, heavy, seconds = done.stderr.rsplit(maxsplit=2)[-3:]
        assert (ended, heavy) == ("0", "[]")
        spent.append(float(seconds))
    assert min(spent) < 0.25


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_command_with_one_line(tmp_path, number, code):
    """The command waits for a server that never answers: it is at work when the signal comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        elsewhere = {"HIBARI_HOME": str(tmp_path), "VOICEGUIDE_VOICES_URL": address, "no_proxy": "*"}
        with started("voices", "add", "emma", env=os.environ | elsewhere) as process, server.accept()[0]:
            process.send_signal(number)
            said = process.communicate(timeout=20)
    assert process.returncode == code
    assert said[0] == ""
    assert said[1].startswith("stopped")
    assert said[1].count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_signals_that_come_together_are_one_wish_and_a_later_one_ends_it_at_once():
    script = (
        "import os, signal, time; from voiceguide.cli import main\n"
        "def run(arguments):\n"
        "    try:\n"
        "        os.kill(os.getpid(), signal.SIGHUP)\n"
        "    finally:\n"
        "        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):\n"
        "            os.kill(os.getpid(), number)\n"
        "        print('cleaned', flush=True)\n"
        "        if {late}:\n"
        "            main.ONE_WISH_SECONDS = 0\n"
        "            os.kill(os.getpid(), signal.SIGTERM)\n"
        "main.run = run; main.main()\n"
    )
    for late, code in ((False, 128 + signal.SIGHUP), (True, -signal.SIGTERM)):
        command = [sys.executable, "-c", script.replace("{late}", str(late))]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout) == (code, "cleaned\n")


def test_a_reader_that_goes_away_is_no_crash():
    with started("config", "--json") as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


@pytest.mark.slow
def test_output_to_a_full_disk_is_no_crash():
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "voiceguide", "list", "--json"]
        done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 5
    assert done.stderr.startswith("error: there is no space left")
    assert done.stderr.count("\n") == 1


@pytest.mark.slow
def test_a_folder_that_is_gone_is_no_crash(tmp_path):
    script = "import os, sys; os.rmdir(os.getcwd()); from voiceguide.cli.main import run; sys.exit(run(sys.argv[1:]))"
    for number, (arguments, code) in enumerate([(["list"], 0), (["doctor"], 1), (["new", "x.md"], 5)]):
        gone = tmp_path / str(number)
        gone.mkdir()
        command = [sys.executable, "-c", script, *arguments]
        done = subprocess.run(
            command, cwd=gone, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": str(ROOT)}
        )
        assert (done.returncode, "fault" in done.stderr) == (code, False), done.stderr


def test_a_terminal_that_knows_no_unicode_still_gets_an_answer(tmp_path):
    (tmp_path / "grüße.md").write_text("# Grüße\n\nHallo.\n", encoding="utf-8")
    plain = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "COLUMNS": "20", "TERM": "dumb"}
    process = started("check", str(tmp_path / "grüße.md"), "nichts-wie-übel", env=plain)
    said = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "Traceback" not in said[1]
