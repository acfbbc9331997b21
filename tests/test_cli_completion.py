import os
import subprocess
import sys

import pytest

from voiceguide.cli.main import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell, capsys):
    assert run(["completion", shell]) == 0
    assert f"_VOICEGUIDE_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_another_shell_is_refused(capsys):
    assert run(["completion", "tcsh"]) == 2
    assert "'bash', 'zsh', 'fish'" in capsys.readouterr().err


def completed(*words: str) -> list[str]:
    asked = {"_VOICEGUIDE_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "voiceguide"], env=os.environ | asked, capture_output=True, text=True, check=False
    )
    return [line.partition(",")[2] for line in done.stdout.splitlines()]


@pytest.mark.slow
def test_commands_options_and_routines_complete():
    assert completed("voiceguide", "exp") == ["export"]
    assert completed("voiceguide", "export", "first") == ["first-back-massage"]
    assert "--force" in completed("voiceguide", "export", "x", "--fo")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("check", "brea"), "breathe"),
        (("export", "breathe", "--mix", "cl"), "clear"),
        (("export", "breathe", "--voice", "emm"), "emma"),
        (("show", "breathe", "--soundscape", "oc"), "ocean"),
        (("voices", "add", "emm"), "emma"),
        (("soundscapes", "render", "oc"), "ocean"),
    ],
)
def test_names_complete_wherever_one_is_asked_for(words, name):
    assert completed("voiceguide", *words) == [name]
