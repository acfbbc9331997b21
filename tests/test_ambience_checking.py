"""A recipe is checked with everything that it names."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voiceguide import library
from voiceguide.ambience.checking import mistakes
from voiceguide.audio import RATE
from voiceguide.errors import MediaError

FIND = partial(library.find, "soundscapes")
WITH = """title = "With"
[[layer]]
id = "{id}"
type = "{type}"
{key} = "{named}"
{more}
"""


def found(folder: Path, key: str, named: str, more: str = "") -> list[tuple[int, str]]:
    kind = "recording" if key == "file" else "scene"
    (folder / "with.toml").write_text(WITH.format(id="a", type=kind, key=key, named=named, more=more))
    return [(problem.line, problem.message) for problem in mistakes(folder / "with.toml", FIND)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sound = np.random.default_rng(1).standard_normal((3 * RATE, 2)) * 0.1
    soundfile.write(tmp_path / "good.flac", sound, RATE)
    soundfile.write(tmp_path / "short.flac", sound[:RATE], RATE)
    (tmp_path / "broken.toml").write_text("title = 3\n")
    return tmp_path


def test_what_can_be_opened_is_right(folder: Path) -> None:
    assert found(folder, "file", "good.flac") == []
    assert found(folder, "use", "rain", "controls = { calm = 0.2 }") == []


@pytest.mark.parametrize(
    ("key", "named", "more", "words"),
    [
        ("file", "missing.flac", "", "no such file"),
        ("file", "../good.flac", "", "leads out"),
        ("file", "short.flac", "", "too short"),
        ("use", "rian", "", "no soundscape 'rian'"),
        ("use", "with.toml", "", "does one use itself?"),
        ("use", "broken.toml", "", "broken.toml:1"),
        ("use", "rain", "controls = { clam = 0.2 }", "did you mean 'calm'?"),
    ],
)
def test_what_cannot_is_told_at_the_line_that_names_it(folder: Path, key: str, named: str, more: str, words: str) -> None:
    ((line, message),) = found(folder, key, named, more)
    assert line == 5
    assert words in message
    assert "\n" not in message


def test_mistakes_of_the_recipe_itself_come_first(folder: Path) -> None:
    (folder / "bad.toml").write_text('title = "x"\nlayer = 3\n')
    assert [problem.line for problem in mistakes(folder / "bad.toml", FIND)] == [2]
    with pytest.raises(MediaError):
        mistakes(folder / "missing.toml", FIND)


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(library.bundled("soundscapes").glob("*.toml")), ids=lambda path: path.stem)
def test_the_bundled_ones_have_no_mistake(path: Path) -> None:
    assert mistakes(path, FIND) == ()
