import numpy as np
import pytest
import soundfile

from voiceguide import library
from voiceguide.cli.main import run


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_soundscape_by_itself(here, capsys):
    assert run(["soundscapes", "render", "rain", "--seconds", "1.5", "--seed", "3", "-o", "x.wav"]) == 0
    assert capsys.readouterr().out == "x.wav\n"
    info = soundfile.info("x.wav")
    assert (info.frames, info.samplerate, info.channels) == (72_000, 48_000, 2)
    assert run(["soundscapes", "render", "rain", "--seconds", "1.5", "--seed", "3", "-o", "y.wav"]) == 0
    assert run(["soundscapes", "render", "rain", "--seconds", "1.5", "--seed", "4", "-o", "z.wav"]) == 0
    x, y, z = ((here / name).read_bytes() for name in ("x.wav", "y.wav", "z.wav"))
    assert x == y != z


def test_a_control_turns_it(here):
    for value in ("0", "1"):
        run(["soundscapes", "render", "rain", "--seconds", "1", "--control", f"intensity={value}", "-o", f"{value}.wav"])
    assert (here / "0.wav").read_bytes() != (here / "1.wav").read_bytes()


def test_a_recipe_by_path_and_the_name_of_the_file(here, capsys):
    (here / "mine.toml").write_bytes(library.soundscapes()["rain"].read_bytes())
    assert run(["soundscapes", "render", "./mine.toml", "--seconds", "0.5"]) == 0
    assert capsys.readouterr().out == "mine.wav\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("rian",), 2, "did you mean 'rain'?"),
        (("rain", "--control", "intensty=1"), 3, "did you mean 'intensity'?"),
        (("rain", "--control", "intensity=2"), 3, "0 to 1"),
        (("rain", "--control", "intensity=much"), 2, "write a number"),
        (("rain", "-o", "x.ogg"), 2, ".wav"),
        (("rain", "-o", "there.wav"), 5, "--force"),
        (("rain", "--seconds", "0"), 2, "--seconds"),
    ],
)
def test_what_cannot_be_is_refused(here, capsys, arguments, code, said):
    (here / "there.wav").write_bytes(b"mine")
    assert run(["soundscapes", "render", *arguments]) == code
    assert said in capsys.readouterr().err
    assert [path.name for path in here.iterdir()] == ["there.wav"]


@pytest.mark.slow
def test_a_picture_by_itself_and_beside_the_sound(here, capsys):
    assert run(["soundscapes", "render", "brown-noise", "--svg", "x.svg"]) == 0
    assert capsys.readouterr().out == "x.svg\n"
    assert run(["soundscapes", "render", "brown-noise", "--seconds", "1", "--svg", "y.svg", "-o", "y.wav"]) == 0
    assert capsys.readouterr().out == "y.wav\ny.svg\n"
    assert sorted(path.name for path in here.iterdir()) == ["x.svg", "y.svg", "y.wav"]
    assert (here / "x.svg").read_bytes() == (here / "y.svg").read_bytes()
    assert run(["soundscapes", "render", "brown-noise", "--svg", "x.svg"]) == 5
    assert "--force" in capsys.readouterr().err


def test_a_folder_of_recordings(here, capsys):
    (here / "garden").mkdir()
    noise = np.random.default_rng(1).standard_normal((4 * 48_000, 2)) * 0.1
    soundfile.write(here / "garden" / "a.flac", noise, 48_000)
    assert run(["soundscapes", "render", "./garden", "--seconds", "1"]) == 0
    assert capsys.readouterr().out == "garden.wav\n"


@pytest.mark.parametrize("given", [["brown-noise", "pink-noise", "warm-drone"], ["brown-noise"]])
def test_ten_seconds_of_each_in_a_row(here, capsys, given):
    assert run(["soundscapes", "preview", *given, "-o", "x.wav"]) == 0
    said = capsys.readouterr()
    assert said.out == "x.wav\n"
    starts = [f"0:{9 * number:02}  {name}" for number, name in enumerate(given)]
    assert said.err.splitlines()[-len(given) :] == starts
    assert soundfile.info("x.wav").frames == (9 * len(given) + 1) * 48_000


def test_a_preview_of_what_is_not_there(here, capsys):
    assert run(["soundscapes", "preview", "rian"]) == 2
    assert "did you mean 'rain'?" in capsys.readouterr().err
    assert list(here.iterdir()) == []
