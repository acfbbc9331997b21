import json

import pytest
import soundfile
from cli_kit import LENGTH, SMALL, TONE

from voiceguide.audio import RATE
from voiceguide.cli.main import run


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.md").write_text(SMALL)
    return "small.md"


@pytest.mark.slow
def test_a_file_of_exactly_that_length_and_a_report(small, tmp_path, capsys):
    assert run(["export", small, *TONE, "-o", "a.wav", "--report", "a.json"]) == 0
    out, err = capsys.readouterr()
    assert out == "a.wav\n"
    assert err.startswith("voicing ...\nmixing ...\n")
    for word in ("length", "0:50", "LUFS", "dBTP", "words a minute"):
        assert word in err
    assert soundfile.info("a.wav").frames == LENGTH * RATE
    report = json.loads((tmp_path / "a.json").read_text())
    assert (report["frames"], report["reread_frames"], report["rate"]) == (LENGTH * RATE, LENGTH * RATE, RATE)


@pytest.mark.slow
def test_options_reach_the_file(small):
    assert (
        run(["export", small, *TONE, "-o", "a.flac", "--bits", "24", "--mix", "off", "--soundscape", "ocean", "--seed", "5"])
        == 0
    )
    assert soundfile.info("a.flac").subtype == "PCM_24"


@pytest.mark.slow
def test_without_a_name_it_takes_the_title(small, tmp_path, capsys):
    assert run(["export", small, *TONE]) == 0
    assert capsys.readouterr().out == "small-kind.mp3\n"
    assert (tmp_path / "small-kind.mp3").stat().st_size > 100_000


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing-like-it",), 2, "there is no routine"),
        (("small.md", "-o", "a.ogg"), 2, "must end in .mp3, .wav or .flac"),
        (("small.md", "-o", "there.wav"), 5, "--force"),
        (("small.md", "-o", "no/folder/a.wav"), 5, "there is no folder"),
        (("small.md", "-o", "a.wav", "--report", "there.wav"), 5, "--force"),
        (("small.md", "--for", "10s"), 3, "the shortest is"),
        (("small.md", "--pace", "500"), 2, "write a number from 80 to 220"),
        (("small.md", "--mix", "loud"), 2, "one of clear, lush, off"),
        (("small.md", "--bits", "20"), 2, "one of 16, 24"),
        (("small.md", "--set", "nmae=Sam"), 2, "nmae"),
        (("small.md", "--soundscape", "rian"), 2, "rian"),
        (("small.md", "--cover", "none.png", "-o", "a.wav"), 3, "none.png"),
        (("bad.md",), 3, "bad.md:5:"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(small, tmp_path, capsys, arguments, code, said):
    (tmp_path / "there.wav").write_bytes(b"mine")
    (tmp_path / "bad.md").write_text("---\ntitle: Bad\n---\n\n[huold 5s]\n")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert run(["export", "--voice", "tone", *arguments]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert "Traceback" not in err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.slow
def test_force_replaces(small, tmp_path):
    (tmp_path / "a.wav").write_bytes(b"old")
    assert run(["export", small, *TONE, "-o", "a.wav", "--force"]) == 0
    assert (tmp_path / "a.wav").stat().st_size > 1_000_000
