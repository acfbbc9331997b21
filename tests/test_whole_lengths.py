"""Real routines, a real voice, real files: exactly as long as asked, and every cue where the timeline says."""

import json
from pathlib import Path

import numpy as np
import pytest
from whole_kit import decoded, run

RATE = 48_000

SPOKEN_ONLY = """---
title: Spoken only
---

# Listen

Place both hands on the lower back. [pause 1500ms] Glide up slowly, and out over the shoulders.

Take a soft breath. [hold 5s-40s, say "Keep your elbows soft." at half]

# Thank you {each side}

Press the {side} palm down. [hold 4s-30s]

[check-in "Is that enough?", wait 6s]

Now rest.
"""


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lengths")


@pytest.mark.slow
@pytest.mark.parametrize(("asked", "frames", "kind"), [("12m", 12 * 60 * RATE, "wav"), ("12m1s", (12 * 60 + 1) * RATE, "mp3")])
def test_a_massage_lasts_as_long_as_asked_in_every_kind_of_file(shared_home: Path, asked: str, frames: int, kind: str) -> None:
    """An MP3 of 12 minutes would be whole blocks of its own by chance."""
    path = shared_home / f"massage.{kind}"
    run("export", "first-back-massage", "--for", asked, "-o", path, home=shared_home)
    assert len(decoded(path)) == frames
    path.unlink()


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [12, 20, 30])
def test_the_timeline_of_every_length_is_exact_and_says_so(shared_home: Path, minutes: int) -> None:
    told = json.loads(run("show", "first-back-massage", "--for", f"{minutes}m", "--json", home=shared_home).stdout)
    assert (told["rate"], told["frames"]) == (RATE, minutes * 60 * RATE)
    assert told["sections"][-1]["end"] == told["frames"]
    assert max(cue["end"] for cue in told["cues"] if cue["track"] == "voice") <= told["frames"] - 8 * RATE


@pytest.mark.slow
def test_what_cannot_fit_is_refused_with_what_could(shared_home: Path) -> None:
    done = run("export", "first-back-massage", "--for", "5m", "-o", shared_home / "no.wav", home=shared_home, code=3)
    assert "the shortest is" in done.stderr
    assert not (shared_home / "no.wav").exists()


@pytest.mark.slow
def test_every_cue_is_heard_within_five_milliseconds_of_its_place(shared_home: Path) -> None:
    (shared_home / "spoken.md").write_text(SPOKEN_ONLY.replace("1500ms", "1.5s"))
    path = shared_home / "spoken.mp3"
    options = ("--for", "1m20s", "--mix", "off")
    run("export", shared_home / "spoken.md", "-o", path, *options, home=shared_home)
    told = json.loads(run("show", shared_home / "spoken.md", *options, "--json", home=shared_home).stdout)
    sound = np.abs(decoded(path)).max(axis=1)
    cues = [cue for cue in told["cues"] if cue["track"] == "voice"]
    assert len(cues) >= 9
    for cue in cues:
        before = sound[cue["start"] - RATE // 5 : cue["start"] - RATE // 200]
        first = np.flatnonzero(sound[cue["start"] : cue["end"]] > 0.004)[0]
        assert before.max() < 0.004, f"{cue['text']} sounds before its start"
        assert first <= 0.010 * RATE, f"{cue['text']} begins {first / RATE * 1000:.1f} ms after its start"
