import json

import pytest
import soundfile

from voiceguide import library
from voiceguide.cli.main import run


def test_the_bundled_ones_as_data(capsys):
    assert run(["soundscapes", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert list(found) == list(library.soundscapes())
    for one in found.values():
        assert one["title"]
        assert one["tags"]
        assert set(one["controls"]) <= {"intensity", "calm", "distance", "width"}
        assert -40 < one["loudness"] < -14


def test_the_table(capsys):
    assert run(["soundscapes", "--plain"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["NAME", *library.soundscapes()]


def test_one_of_ones_own_with_a_mistake_is_listed_with_it(own_home, capsys):
    folder = own_home / ".local" / "share" / "voiceguide" / "soundscapes"
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('title = "Mine"\nloudnes = -20\n')
    assert run(["soundscapes", "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)}
    assert "mine.toml:" in found["mine"]["error"]


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
