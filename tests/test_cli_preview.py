import pytest
import soundfile
from whole_kit import SMALL, run

from voiceguide.audio import RATE
from voiceguide.cli import main, whole

SHORT = ("--voice", "tone", "--for", "2m30s")
TINY = """---
title: Tiny
minutes: 0.32
soundscape: off
---

# One

Rest your hands.
"""


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.md").write_text(SMALL)
    return "small.md"


@pytest.mark.slow
def test_a_file_of_a_minute_and_a_bit(small, capsys):
    assert main.run(["preview", small, *SHORT, "-o", "short.wav"]) == 0
    out, err = capsys.readouterr()
    assert out == "short.wav\n"
    assert err.startswith("voicing ...\nmixing ...\n")
    assert 60 <= soundfile.info("short.wav").frames / RATE <= 90


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("small.md", "-o", "there.wav"), 5, "--force"),
        (("small.md", "-o", "short.ogg"), 2, "must end in .mp3, .wav or .flac"),
        (("nothing-like-it", "-o", "short.mp3"), 2, "there is no routine"),
        (("small.md", "--device", "no such thing"), 2, "no such thing"),
    ],
)
def test_what_cannot_be_is_refused_in_words(small, sound_server, tmp_path, capsys, arguments, code, said):
    (tmp_path / "there.wav").write_bytes(b"mine")
    assert main.run(["preview", *SHORT, *arguments]) == code
    err = capsys.readouterr().err
    assert said in err
    assert "voicing" not in err
    assert (tmp_path / "there.wav").read_bytes() == b"mine"


@pytest.mark.slow
def test_played_it_says_a_line_for_each_sentence(tmp_path, own_home):
    (tmp_path / "tiny.md").write_text(TINY)
    done = run("preview", tmp_path / "tiny.md", "--voice", "tone", "--device", "null", home=own_home)
    assert [line.split()[1:] for line in done.stdout.splitlines()[:2]] == [["Chapter", "1:", "One"], ["Rest", "your", "hands."]]
    assert done.stdout.endswith("heard to the end\n")


def test_by_simpleaudio_it_is_heard_as_a_whole(small, monkeypatch):
    heard = []
    monkeypatch.setattr(whole, "play", lambda preview, plain: heard.append(preview.title))
    assert main.run(["preview", small, *SHORT, "--device", "simpleaudio"]) == 0
    assert heard == ["Small & kind (preview)"]
