"""The whole program in odd places: closed streams, full disks, no home, no folder, the plainest terminal."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile
from whole_kit import command, environment

TONE = ("--voice", "tone", "--for", "30s")
ROUTINE = "---\ntitle: T\nsoundscape: rain\n---\n\n# One\n\nHello there. Grüße.\n\n[hold 5s-60s]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a person's own."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "ok.md").write_text(ROUTINE)
    return folder


def ended(*arguments: str, here: Path, before: Callable[[], None] | None = None, **given: object) -> tuple[int, str]:
    """How a process of its own ends, and what it says on stderr."""
    more = given.pop("env", {})
    assert isinstance(more, dict)
    done = subprocess.run(
        given.pop("start", command(*arguments)),
        cwd=here,
        env=environment(here.parent / "home", **more),
        preexec_fn=before,
        stdout=given.pop("stdout", subprocess.PIPE),
        stderr=given.pop("stderr", subprocess.PIPE),
        timeout=60,
        check=False,
    )
    said = (done.stderr or b"").decode(errors="replace")
    assert "Traceback" not in said
    return done.returncode, said


@pytest.mark.slow
@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
def test_a_closed_stream_takes_nothing_into_a_file(here: Path, closed: tuple[int, ...]) -> None:
    def close() -> None:
        for number in closed:
            os.close(number)

    assert ended("export", "ok.md", *TONE, "-o", "a.wav", here=here, before=close)[0] == 0
    assert soundfile.info("a.wav").frames == 30 * 48_000


@pytest.mark.slow
def test_talk_that_nobody_can_hear_fails_nothing(here: Path) -> None:
    with Path("/dev/full").open("w") as full:
        assert ended("check", "nothing", here=here, stderr=full)[0] == 2
        assert ended("new", "a.md", here=here, stderr=full)[0] == 0


@pytest.mark.slow
def test_a_disk_that_takes_no_more_leaves_nothing(here: Path) -> None:
    limit = (300_000, 300_000)
    code, said = ended(
        "export", "ok.md", *TONE, "-o", "a.wav", here=here, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    )
    assert (code, [path.name for path in here.iterdir()]) == (5, ["ok.md"])
    assert "a.wav: cannot be written" in said


@pytest.mark.slow
def test_a_picture_that_finds_no_room_leaves_the_old_one(here: Path) -> None:
    (here / "old.svg").write_text("mine")
    (here / "short.md").write_text(ROUTINE.replace("Hello there. Grüße.", "Hi."))
    for limit, named in ((2_000, "finds no room"), (12_000, "old.svg: cannot be written")):
        code, said = ended(
            *("show", "short.md", *TONE, "--svg", "old.svg", "--force"),
            here=here,
            before=lambda limit=limit: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
            env={"PYTHONDONTWRITEBYTECODE": "1"},
        )
        assert code == 5, said
        assert named in said
        assert (here / "old.svg").read_text() == "mine"
        assert sorted(path.name for path in here.iterdir()) == ["ok.md", "old.svg", "short.md"]


PLACES = {
    "the plainest terminal": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "TERM": "dumb", "COLUMNS": "20"},
    "a home that is a file": {"HOME": "/etc/passwd"},
    "warnings as errors": {"PYTHONWARNINGS": "error", "PYTHONDEVMODE": "1"},
    "without asserts": {"PYTHONOPTIMIZE": "2"},
}


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_it_works_in_odd_places(here: Path, place: str) -> None:
    cache = {} if "home" in place else {"XDG_CACHE_HOME": str(here.parent / "cache")}
    (here / "grüße.md").write_text(ROUTINE)
    code, said = ended("export", "grüße.md", *TONE, "-o", "a.mp3", here=here, env={**PLACES[place], **cache})
    assert code == 0, said
    assert ended("list", here=here, env=PLACES[place])[0] == 0
    assert ended("check", "grüße.md", here=here, env=PLACES[place])[0] == 0


@pytest.mark.slow
def test_a_folder_that_is_gone_and_a_reader_that_goes_away(here: Path) -> None:
    (here / "gone").mkdir()
    start = "import os, sys; os.chdir('gone'); os.rmdir('../gone'); from voiceguide.cli.main import main; main()"
    target, script = here / "a.wav", here / "ok.md"
    code, said = ended(here=here, start=[sys.executable, "-c", start, "export", str(script), *TONE, "-o", str(target)])
    assert (code, target.is_file()) == (0, True), said
    shell = ["sh", "-c", f"{' '.join(command('show', 'ok.md', *TONE, '--json'))} | head -1"]
    assert ended(here=here, start=shell)[0] == 0
