"""Clumsy and hostile use of the whole program: one clear refusal with its exit code, quickly, and nothing touched."""

import io
import json
import os
import shutil
import struct
import time
from collections.abc import Callable
from pathlib import Path

import mutagen
import numpy as np
import pytest
import soundfile

from voiceguide.cli.main import run

CPU_SECONDS = 1.0
TONE = ("--voice", "tone", "--for", "30s")
ROUTINE = "---\ntitle: T\n{front}---\n\n# One\n\nHello there. {body}\n\n[hold 5s-60s]\n"
UNSEEN = [*map(chr, range(10)), *map(chr, range(11, 32)), "\x7f", "\x85", "\x9b", "\u202e", "\u2066", "\u2028"]


def routine(body: str = "", front: str = "") -> str:
    return ROUTINE.format(body=body, front=front)


def wav(
    *, rate: int = 48_000, channels: int = 1, bits: int = 16, promised: int | None = None, data: bytes = bytes(200)
) -> bytes:
    """A WAV file that says what it is told to say."""
    length = len(data) if promised is None else promised
    frame = min(0xFFFF, channels * bits // 8)
    form = struct.pack("<IHHIIHH", 16, 1, channels, rate, rate * frame & 0xFFFFFFFF, frame, bits)
    return (
        b"RIFF" + struct.pack("<I", 36 + length & 0xFFFFFFFF) + b"WAVEfmt " + form + b"data" + struct.pack("<I", length) + data
    )


def noise(kind: str = "WAV", factor: float = 0.1, subtype: str | None = None) -> bytes:
    file = io.BytesIO()
    values = np.random.default_rng(1).standard_normal((48_000 * 5, 1)) * factor
    soundfile.write(file, values.astype(np.float32), 48_000, format=kind, subtype=subtype)
    return file.getvalue()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of a person's own, and a home with nothing in it."""
    for kind in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / "home" / kind))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "ok.md").write_text(routine())
    (folder / "same.svg").symlink_to("ok.md")
    (folder / "good.wav").write_bytes(noise())
    (tmp_path / "outside.wav").write_bytes(noise())
    return folder


Refused = Callable[..., str]


@pytest.fixture
def refused(here: Path, capsys: pytest.CaptureFixture[str]) -> Refused:
    """Runs a command that must be refused with a code, in little time, in words, leaving everything as it was."""

    def refuse(*arguments: str, code: int, lines: int = 2) -> str:
        before, began = listed(here), time.process_time()
        ended = run(arguments)
        spent = time.process_time() - began
        out, err = capsys.readouterr()
        said = out + err
        assert ended == code, said
        assert spent < CPU_SECONDS
        assert "Traceback" not in said
        assert "a fault in voiceguide" not in said
        assert 1 <= said.count("\n") <= lines, said
        assert not any(sign in said for sign in UNSEEN)
        assert listed(here) == before
        return said

    return refuse


def listed(folder: Path) -> dict[str, tuple[int, int]]:
    facts = ((path, path.lstat()) for path in folder.rglob("*"))
    return {str(path): (fact.st_size, fact.st_mtime_ns) for path, fact in facts}


SOUNDS = {
    "1 Hz": (wav(rate=1), "1 Hz; 8 to 192 kHz"),
    "0 Hz": (wav(rate=0), "no sound file"),
    "4 GHz": (wav(rate=4_000_000_000), "no sound file"),
    "no channels": (wav(channels=0), "0 channels; 1 to 8"),
    "200 channels": (wav(channels=200, data=bytes(4_000)), "200 channels; 1 to 8"),
    "silent": (wav(data=bytes(400_000)), "silent"),
    "no data": (wav(promised=0), "holds no sound"),
    "only a head": (wav(data=b""), "holds no sound"),
    "empty": (b"", "no sound file"),
    "text": (b"hello\n" * 100, "no sound file"),
    "zeros": (bytes(1_000_000), "no sound file"),
    "NaN": (wav(bits=32, data=b"").replace(b"\x01\0\x01\0", b"\x03\0\x01\0", 1) + b"\0\0\xc0\x7f", ""),
    "a playlist": (b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\ngood.wav\n#EXT-X-ENDLIST\n", "no sound file"),
    "a list of files": (b"ffconcat version 1.0\nfile good.wav\n", "no sound file"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", SOUNDS)
def test_a_sound_that_is_none_is_refused_as_a_cue_and_as_a_bed(here: Path, refused: Refused, kind: str) -> None:
    data, reason = SOUNDS[kind]
    (here / "odd.wav").write_bytes(data)
    (here / "cue.md").write_text(routine("[play odd.wav]"))
    (here / "bed.md").write_text(routine(front="soundscape: odd.wav\n"))
    (here / "change.md").write_text(routine("[soundscape odd.wav]"))
    for name, place in (
        ("cue.md", "cue.md:7:14: error:"),
        ("bed.md", "bed.md:3:13: error:"),
        ("change.md", "change.md:7:14: error:"),
    ):
        said = refused("check", name, code=3)
        assert place in said
        assert reason in said
    refused("export", "bed.md", *TONE, "-o", "a.wav", code=3)
    refused("soundscapes", "render", "./odd.wav", "-o", "a.wav", code=3)


@pytest.mark.slow
@pytest.mark.parametrize("data", [wav(promised=0xFFFFFFF0, data=noise()[44:]), noise(factor=1e37, subtype="FLOAT")])
def test_an_odd_sound_that_can_be_heard_is_heard(here: Path, capsys: pytest.CaptureFixture[str], data: bytes) -> None:
    """A header that lies about the length; samples beyond all measure."""
    (here / "odd.wav").write_bytes(data)
    (here / "cue.md").write_text(routine("[play odd.wav]", "soundscape: odd.wav\n"))
    assert run(["export", "cue.md", "--voice", "tone", "--for", "40s", "-o", "a.wav", "--report", "a.json"]) == 0
    assert json.loads((here / "a.json").read_text())["true_peak"] < -1


NAMES = {
    "pipe.wav": "not a regular file",
    "zero.wav": "lies outside",
    "folder.wav": "not a regular file",
    "out.wav": "lies outside",
    "loop.wav": "no such file",
    "missing.wav": "no such file",
    "../outside.wav": "leads out",
    "/etc/passwd": "lies outside",
    "~/x.wav": "leads out",
    "http://127.0.0.1:9/x.wav": "address or protocol",
    "file:good.wav": "address or protocol",
    "concat:good.wav": "address or protocol",
    "..\\\\outside.wav": "leads out",
}


@pytest.mark.parametrize("name", NAMES)
def test_only_files_beside_the_routine_are_opened(here: Path, refused: Refused, name: str) -> None:
    os.mkfifo(here / "pipe.wav")
    (here / "folder.wav").mkdir()
    for link, target in (("zero.wav", "/dev/zero"), ("out.wav", "../outside.wav"), ("loop.wav", "loop.wav")):
        (here / link).symlink_to(target)
    (here / "cue.md").write_text(routine(f"[play {name}]"))
    (here / "bed.md").write_text(routine(front=f'soundscape: "{name}"\n'))
    assert NAMES[name] in refused("check", "cue.md", code=3)
    refused("check", "bed.md", code=3)
    refused("export", "cue.md", *TONE, "-o", "a.wav", code=3)


RECIPES = {
    "nothing": b"",
    "noise": bytes(range(256)),
    "not TOML": b"[[[",
    "deep": b"a=" + b"[" * 5000 + b"]" * 5000,
    "large": b"#" * 100_000,
    "a huge number": b"loudness = " + b"9" * 5000,
    "NaN": b'title="x"\nloudness=nan\n[[layer]]\ntype="noise"\nid="a"\n',
    "escapes": b'title="a\\u001b[31m\\u202e"\n"\\u001b[2J"=1\n[[layer]]\ntype="noise"\nid="a"\n',
    "itself": b'title="x"\nloudness=-40\n[[layer]]\ntype="scene"\nid="a"\nuse="odd"\n',
    "a file elsewhere": b'title="x"\nloudness=-40\n[[layer]]\ntype="recording"\nid="a"\nfile="../outside.wav"\n',
}


@pytest.mark.parametrize("kind", RECIPES)
def test_a_recipe_that_is_none_is_refused(here: Path, refused: Refused, kind: str) -> None:
    (here / "odd.toml").write_bytes(RECIPES[kind])
    (here / "bed.md").write_text(routine(front="soundscape: odd\n"))
    refused("check", "bed.md", code=3)
    refused("soundscapes", "render", "./odd.toml", "-o", "a.wav", code=3, lines=6)


TEXTS = {
    "aliases": (routine(front="a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"), 3),
    "merges": (routine(front="a: &a {x: 1}\nb: {<<: *a}\n"), 3),
    "tags": (routine(front='a: !!python/object/apply:os.system ["touch pwned"]\n'), 3),
    "nested": (routine(front="a: " + "[" * 10_000 + "]" * 10_000 + "\n"), 3),
    "a surrogate": (routine(front='summary: "\\ud800"\n'), 3),
    "10 MB": (routine("x " * 5_000_000), 2),
    "a line of 10 MB": (routine("x" * 10_000_000), 2),
    "a line of 1 MB": (routine("x" * 1_000_000), 3),
    "brackets": (routine("\n\n" + "[" * 900_000), 3),
    "links": (routine("\n\n" + "[](" * 300_000), 3),
    "emphasis": (routine("\n\n" + "_a " * 300_000), 3),
    "quotes": (routine("\n\n" + ">" * 900_000), 3),
    "headings": (routine("\n\n" + "# a\n\nx\n\n" * 80_000), 3),
    "repeats": (routine("\n\n## x {repeat 1000000000}\n\ny"), 3),
    "long holds": (routine("\n\n" + "[hold 8h]\n\n" * 1_000), 3),
    "UTF-16": (routine().encode("utf-16"), 3),
    "Latin-1": (routine("é").encode("latin-1"), 3),
    "NUL": (routine("\0"), 3),
    "a terminal's commands": (routine("\x1b]52;c;AAAA\x07"), 3),
    "another order": (routine("a \u202etxt.exe"), 3),
    "an include out": (routine("\n\n[include ../ok]"), 3),
    "an include too large": (routine("\n\n[include large]"), 3),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_that_is_no_routine_is_refused(here: Path, refused: Refused, kind: str) -> None:
    text, code = TEXTS[kind]
    (here / "large.md").write_bytes(b"x" * (1 << 21))
    (here / "odd.md").write_bytes(text if isinstance(text, bytes) else text.encode())
    said = refused("check", "odd.md", code=code, lines=5)
    assert "odd.md" in said
    refused("export", "odd.md", *TONE, "-o", "a.wav", code=code, lines=5)


def test_all_wrong_sounds_are_found_at_once_also_those_of_another_round(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = "[play a.wav]\n\n[again] Once more. [soundscape b.wav]\n\n## Two {when minutes >= 99}\n\n[play c.wav]"
    (here / "odd.md").write_text(routine(body))
    assert run(["check", "odd.md", "--json"]) == 3
    told = json.loads(capsys.readouterr().out)
    assert [(one["line"], one["message"].split("]")[0]) for one in told] == [
        (7, "[play a.wav"),
        (9, "[soundscape b.wav"),
        (13, "[play c.wav"),
    ]


EXPORTS = [
    (("--for", "0s"), 3),
    (("--for", "9h"), 2),
    (("--for", "-5m"), 2),
    (("--for", "nan"), 2),
    (("--for", ""), 2),
    (("--for", "1m-2m"), 2),
    (("--pace", "1e9"), 2),
    (("--pace", "nan"), 2),
    (("--seed", "-1"), 2),
    (("--seed", "9" * 30), 2),
    (("--jobs", "0"), 2),
    (("--set", "x"), 2),
    (("--set", "x=1"), 2),
    (("--set", "giver=\x1b[31m"), 2),
    (("--set", "giver=\udcff"), 2),
    (("--set", "giver=" + "x" * 100_000), 2),
    (("--mix", ""), 2),
    (("--voice", "../../etc/passwd"), 2),
    (("--voice", "\x1b[31m"), 2),
    (("--soundscape", "../x"), 3),
    (("--soundscape", "\x1b[31m"), 3),
    (("--ends-at", "25:00"), 2),
    (("--cover", "pipe.png"), 3),
    (("--cover", "/dev/zero"), 3),
    (("--cover", "ok.md"), 3),
    (("-o", ""), 2),
    (("-o", "/dev/full"), 2),
    (("-o", "pipe.wav"), 5),
    (("-o", "folder.wav"), 5),
    (("-o", "link.wav"), 5),
    (("-o", "x" * 300 + ".wav"), 5),
    (("-o", "good.wav"), 5),
    (("-o", "no/a.wav"), 5),
    (("--report", "/dev/full"), 5),
    (("--report", "pipe.wav"), 5),
    (("--report", "a.wav"), 5),
    (("--report", "ok.md", "--force"), 5),
]


@pytest.mark.parametrize(("options", "code"), EXPORTS, ids=lambda value: str(value)[:40])
def test_an_option_that_cannot_be_is_refused(here: Path, refused: Refused, options: tuple[str, ...], code: int) -> None:
    os.mkfifo(here / "pipe.wav")
    os.mkfifo(here / "pipe.png")
    (here / "folder.wav").mkdir()
    (here / "link.wav").symlink_to("good.wav")
    refused("export", "ok.md", *TONE, "-o", "a.wav", *options, code=code)


OTHERS = [
    (("soundscapes", "render", "rain", "--seconds", "nan", "-o", "a.wav"), 2),
    (("soundscapes", "render", "rain", "--seed", "-1", "-o", "a.wav"), 2),
    (("soundscapes", "render", "rain", "--control", "calm=nan", "-o", "a.wav"), 3),
    (("soundscapes", "render", "./good.wav", "-o", "good.wav", "--force"), 5),
    (("soundscapes", "render", "/", "-o", "a.wav"), 3),
    (("soundscapes", "render", "http://127.0.0.1:9/x", "-o", "a.wav"), 2),
    (("show", "ok.md", *TONE, "--svg", "ok.md", "--force"), 2),
    (("show", "ok.md", *TONE, "--svg", "/dev/full"), 2),
    (("show", "ok.md", *TONE, "--svg", "same.svg", "--force"), 5),
    (("new", "."), 2),
    (("new", ""), 2),
    (("new", "no/x"), 5),
    (("new", "ok.md"), 5),
    (("check", "/dev/zero"), 2),
    (("check", "."), 2),
    (("check", "a\nerror: b"), 2),
    (("voices", "add", "../x"), 2),
    (("voices", "remove", "/etc/passwd"), 2),
    (("list", "\x1b[31m"), 2),
]


@pytest.mark.parametrize(("arguments", "code"), OTHERS, ids=lambda value: str(value)[:60])
def test_the_other_commands_refuse_as_clearly(refused: Refused, arguments: tuple[str, ...], code: int) -> None:
    refused(*arguments, code=code)


def test_the_file_a_bed_is_made_from_is_never_written_over(here: Path, refused: Refused) -> None:
    (here / "bed.md").write_text(routine(front="soundscape: good.wav\n"))
    assert "would be lost" in refused("export", "bed.md", *TONE, "-o", "good.wav", "--force", code=5)


CONFIGS = {
    "a huge number": "bitrate = " + "9" * 5000,
    "NUL": 'cache_dir = "\\u0000"',
    "an unknown key": '"\\u001b[31m" = 3',
    "not TOML": "\x1b[31m",
    "large": "#" * 100_000,
}


@pytest.mark.parametrize("kind", CONFIGS)
def test_a_config_that_is_none_is_refused(here: Path, refused: Refused, kind: str) -> None:
    config = here.parent / "home" / "CONFIG" / "voiceguide" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(CONFIGS[kind])
    assert "config.toml" in refused("config", code=2)


def test_what_is_no_file_in_a_persons_own_folders_is_not_waited_for(here: Path, refused: Refused) -> None:
    home = here.parent / "home"
    for folder in ("CONFIG/voiceguide", "DATA/voiceguide/scripts", "DATA/voiceguide/soundscapes"):
        (home / folder).mkdir(parents=True)
    os.mkfifo(home / "DATA/voiceguide/scripts/pipe.md")
    os.mkfifo(home / "DATA/voiceguide/soundscapes/pipe.toml")
    (home / "DATA/voiceguide/soundscapes/zero.toml").symlink_to("/dev/zero")
    (home / "DATA/voiceguide/soundscapes/folder.toml").mkdir()
    assert run(["list"]) == 0
    assert run(["soundscapes"]) == 0
    refused("check", "pipe", code=2, lines=40)
    os.mkfifo(home / "CONFIG/voiceguide/config.toml")
    assert "not a regular file" in refused("config", code=2)


@pytest.mark.slow
def test_names_that_are_no_text_are_no_crash(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = os.fsdecode(b"\xff\x1b")
    (here / f"{odd}.md").write_text(routine())
    shutil.copy("good.wav", f"{odd}.wav")
    assert run(["export", f"{odd}.md", *TONE, "-o", "a.mp3", "--report", "a.json"]) == 0
    assert run(["show", f"{odd}.md", *TONE, "--svg", "a.svg"]) == 0
    assert run(["soundscapes", "render", f"./{odd}.wav", "--seconds", "1", "-o", "b.mp3"]) == 3
    said = "".join(capsys.readouterr())
    for text in (said, mutagen.File("a.mp3").tags.pprint(), (here / "a.json").read_text(), (here / "a.svg").read_text()):
        assert not any(sign in text for sign in UNSEEN)
