"""The command as a person uses it: on a device that nobody hears, in real time, with Ctrl-C, and once more with --resume."""

import json
import signal
import subprocess
import time
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest
from whole_kit import command, environment, run

from voiceguide.audio import RATE
from voiceguide.cli import main, play
from voiceguide.live import bookmark
from voiceguide.terminal import NO_TERMINAL

TINY = """---
title: Tiny
for: self
soundscape: brown-noise
---

# One

Rest your hands. [pause 2s] Let go.

# Two

Thank you.
"""
QUICK = ("--voice", "tone", "--for", "26s", "--device", "null")


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.md"
    path.write_text(TINY)
    return path


def started(*arguments: str | Path, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command("play", *arguments),
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def line_with(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, subprocess.Popen[str], subprocess.Popen[str]]]:
    """Two sessions at the same time: the home of one that is read as JSON, it, and one whose reader has gone away."""
    homes = [tmp_path_factory.mktemp(name) for name in ("read", "unread")]
    for home in homes:
        (home / "tiny.md").write_text(TINY)
    read, unread = (home / "tiny.md" for home in homes)
    with (
        started(read, *QUICK, "--json", home=homes[0]) as heard,
        started(unread, *QUICK, "--plain", home=homes[1]) as alone,
    ):
        line_with(alone, "Chapter 1")
        assert alone.stdout is not None
        alone.stdout.close()
        yield homes[0], heard, alone


def events(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "ROUTINE"),
        (("breathe", "--resume"), 2, "--resume alone"),
        (("nothing-like-it", "--device", "null"), 2, "there is no routine"),
        (("breathe", "--delay", "soon", "--device", "null"), 2, "soon"),
        (("breathe", "--guidance", "lots", "--device", "null"), 2, "one of full, some, sparse"),
        (("--resume", "--device", "null"), 2, "no session was left in the middle"),
        (("--resume", "--device", "simpleaudio"), 2, "without --resume"),
        (("breathe", "--repeat", "1", "--device", "simpleaudio"), 2, "--repeat"),
    ],
)
def test_what_cannot_be_played_is_refused_in_words(arguments, code, said, own_home, capsys):
    assert main.run(["play", *arguments]) == code
    assert said in capsys.readouterr().err


@pytest.mark.slow
def test_a_session_is_heard_to_its_end_and_leaves_no_bookmark(both):
    home, heard, _ = both
    said, talk = heard.communicate(timeout=60)
    assert (heard.returncode, "Traceback" in talk) == (0, False)
    told = events(said)
    assert [one["title"] for one in told if one["event"] == "chapter"] == ["One", "Two"]
    words = [one["text"] for one in told if one["event"] == "cue" and one["track"] == "voice"]
    assert words == ["Rest your hands.", "Let go.", "Thank you."]
    assert told[-1] == {"event": "finished", "complete": True}
    run("play", "--resume", "--device", "null", home=home, code=2)


@pytest.mark.slow
def test_a_reader_who_goes_away_stops_nothing(both):
    _, _, alone = both
    assert alone.wait(timeout=60) == 0


@pytest.mark.slow
def test_ctrl_c_keeps_the_place_and_resume_goes_on_from_there(tiny, own_home):
    with started(tiny, *QUICK, "--plain", home=own_home) as playing:
        line_with(playing, "Let go.")
        playing.send_signal(signal.SIGINT)
        _, talk = playing.communicate(timeout=5)
    assert playing.returncode == 130
    assert "voiceguide play --resume" in talk
    assert [line for line in talk.splitlines() if line.startswith("! ")] == [f"! {NO_TERMINAL}"]
    again = events(run("play", "--resume", "--device", "null", "--json", home=own_home).stdout)
    words = [one["text"] for one in again if one["event"] == "cue" and one["track"] == "voice"]
    assert words == ["Let go.", "Thank you."]
    assert again[-1] == {"event": "finished", "complete": True}


@pytest.mark.slow
def test_a_session_to_be_heard_more_than_once_is_resumed_with_the_times_that_are_left(tiny, own_home):
    for arguments in ((tiny, *QUICK, "--repeat", "2"), ("--resume", "--device", "null")):
        with started(*arguments, "--plain", home=own_home) as playing:
            line_with(playing, "Let go.")
            playing.terminate()
            playing.communicate(timeout=5)
        assert bookmark.read().repeats == 2


def kept(**options: object) -> None:
    """As a session left it that was to be heard twice more."""
    bookmark.write(bookmark.Bookmark("tiny.md", "0" * 64, 5 * RATE, options={"routine": "tiny.md", **options}, repeats=2))


def test_a_time_to_end_at_is_shared_by_all_the_times_it_is_heard():
    _, asked, ends = play.begun("tiny.md", {"until": 190 * RATE}, delay=10 * RATE, repeats=2)
    assert asked == {"routine": "tiny.md", "until": 60 * RATE}
    assert ends == pytest.approx(time.time() + 190, abs=5)


def test_a_promised_end_is_kept_after_a_crash_until_it_is_past(own_home, capsys):
    kept(length=26 * RATE, ends=time.time() + 60)
    place, asked, ends = play.resumed({"until": None, "voice": None}, None)
    assert place.repeats == 2
    assert asked == {"routine": "tiny.md", "until": None, "voice": None, "length": 26 * RATE}
    assert ends == pytest.approx(time.time() + 60, abs=5)
    kept(ends=time.time() - 60)
    assert play.resumed({"until": None}, None)[2] is None
    assert "is past; it goes on at its own length" in capsys.readouterr().err


def test_how_often_and_until_when_can_be_said_anew_when_resuming(own_home):
    kept(ends=time.time() - 60)
    place, asked, ends = play.resumed({"until": 30 * RATE}, 0)
    assert (place.repeats, asked["until"]) == (0, None)
    assert ends == pytest.approx(time.time() + 30, abs=5)


@pytest.mark.slow
def test_a_routine_that_was_changed_is_not_resumed(tiny, own_home):
    with started(tiny, *QUICK, "--plain", home=own_home) as playing:
        line_with(playing, "Rest your hands.")
        playing.terminate()
        playing.communicate(timeout=5)
    assert playing.returncode == 143
    tiny.write_text(TINY.replace("Let go.", "Let it go."))
    refused = run("play", "--resume", "--device", "null", home=own_home, code=2)
    assert "was changed since" in refused.stderr


@pytest.mark.slow
def test_a_delay_waits_with_the_bed_and_then_begins(tiny, own_home):
    with started(tiny, *QUICK, "--delay", "2s", "--json", home=own_home) as playing:
        began = time.monotonic()
        assert playing.stdout is not None
        lines = [json.loads(line) for line in takewhile(lambda line: "Rest your hands." not in line, playing.stdout)]
        assert time.monotonic() - began > 2
        playing.terminate()
        playing.communicate(timeout=5)
    states = [(one["state"], one["opens_in"]) for one in lines if one["event"] == "state"]
    assert states == [("waiting", 2 * RATE), ("playing", None)]
