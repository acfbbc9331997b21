"""Sections voiced one by one become the session that a file would be; what cannot be said is a bell, and can be read."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from player_kit import TEXT, mute

from voiceguide.ambience.signals import ringing
from voiceguide.audio import RATE
from voiceguide.live.commands import Ask, Enough
from voiceguide.plan.timeline import Bed, Spoken, Timeline
from voiceguide.programme import Programme
from voiceguide.script.model import CheckIn
from voiceguide.session import Session, open_session
from voiceguide.speech.flac import decode
from voiceguide.speech.studio import Studio

SCENES = TEXT.replace("# Close", "[soundscape rain, fade 5s]\n\n# Close").replace(
    "[pause 2s]", "[soundscape calm 0.8 over 5s] [pause 2s]"
)


def opened(folder: Path, text: str = TEXT, **overrides: object) -> Session:
    path = folder / "small.md"
    path.write_text(text)
    chosen = {"voice": "tone", "cache_dir": str(folder / "cache"), **overrides}
    return open_session(path, length=90 * RATE, overrides=chosen)


def grown(programme: Programme) -> Timeline:
    timeline = programme.begin()
    for number in range(programme.sections):
        programme.voice(number)
        timeline = programme.place(timeline, number)
    return programme.finish(timeline)


def test_it_grows_to_the_timeline_of_the_file(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        programme = session.programme()
        assert grown(programme) == session.plan()
        assert (programme.title, programme.sections, programme.notes) == ("Small", 3, ())


def test_it_knows_every_word_whatever_the_guidance(tmp_path: Path) -> None:
    with opened(tmp_path, guidance="sparse") as less, opened(tmp_path) as full:
        assert [c.text for c in grown(less.programme()).cues] == [c.text for c in grown(full.programme()).cues]


def test_voices_that_the_first_section_needs_are_loaded_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[str] = []
    monkeypatch.setattr(Studio, "warm", lambda self, voice: warmed.append(voice))
    with opened(tmp_path) as session:
        programme = session.programme()
        assert set(warmed) == {"tone"}
        programme.voice(0)
    warmed.clear()
    with opened(tmp_path) as session:
        session.programme()
        session.plan()
    assert warmed == []


def test_words_sound_as_the_narrator_has_them(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        programme = session.programme()
        for cue in grown(programme).cues:
            if isinstance(cue.content, Spoken):
                sound = decode(programme.sound(cue.content))
                assert np.array_equal(sound, session.stage.narrator.samples(cue.content))
                assert len(sound) == cue.end - cue.start


START = """
import sys
from voiceguide.session import open_session
chosen = {"voice": sys.argv[3], "cache_dir": sys.argv[2]}
with open_session(sys.argv[1], length=90 * 48_000, overrides=chosen, soon=True) as session:
    programme = session.programme()
    programme.setting(0)
    programme.voice(0)
    timeline = programme.place(programme.begin(), 0)
    sounds = [programme.sound(cue.content) for cue in timeline.cues if cue.track == "voice"]
print(len(sounds), "numpy" in sys.modules)
"""


def passed_on(folder: Path, voice: str) -> list[str]:
    """How many words a player has passed on, and whether it has numpy."""
    command = [sys.executable, "-c", START, str(folder / "small.md"), str(folder / "cache"), voice]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.slow
def test_words_that_were_voiced_before_are_passed_on_without_numpy(tmp_path: Path) -> None:
    """Importing it takes a tenth of a second."""
    with opened(tmp_path, SCENES) as session:
        session.plan()
    count, numpy = passed_on(tmp_path, "tone")
    assert int(count) > 0
    assert numpy == "False"


@pytest.mark.slow
def test_words_are_voiced_and_passed_on_without_numpy(tmp_path: Path) -> None:
    (tmp_path / "small.md").write_text(SCENES, encoding="utf-8")
    count, numpy = passed_on(tmp_path, "heart")
    assert int(count) > 0
    assert numpy == "False"


def test_what_nobody_can_say_is_a_bell_that_is_noted_and_the_rest_is_spoken(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        mute(session.stage.narrator, "Lean in")
        programme = session.programme()
        timeline = grown(programme)
        silent = next(cue for cue in timeline.cues if cue.text.startswith("Lean in"))
        assert timeline.length == 90 * RATE
        assert isinstance(silent.content, Spoken)
        assert len(programme.sound(silent.content)) == ringing("soft") <= silent.end - silent.start
        assert set(programme.unsaid) == {silent.content}
        assert any("no breath" in note for note in programme.notes)


def test_when_nobody_can_say_anything_the_session_goes_on_by_bells(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        mute(session.stage.narrator, "")
        timeline = grown(session.programme())
    assert timeline.length >= 90 * RATE
    assert [cue.text for cue in timeline.cues if cue.track == "voice"]


def test_the_audio_process_learns_every_soundscape_and_how_loud_it_is(tmp_path: Path) -> None:
    with opened(tmp_path, SCENES) as session:
        setting = session.programme().setting(77)
        keys = {(bed.scene, bed.controls) for bed in grown(session.programme()).beds if bed.scene}
    assert setting.clock == 77
    assert keys <= set(setting.heard)
    assert {name for name, _ in setting.heard} == {"warm-drone", "rain"}


def test_without_a_bed_no_soundscape_is_needed(tmp_path: Path) -> None:
    with opened(tmp_path, mix="off") as session:
        assert not session.programme().setting(0).heard


def test_an_answer_is_voiced_and_placed_behind_what_is_heard(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        programme = session.programme()
        timeline = grown(programme)
        asked = next(stretch for stretch in timeline.stretches if isinstance(stretch.step, CheckIn))
        at = asked.start + 2 * RATE
        for given in (Ask("softer"), Enough()):
            programme.voice_lines(programme.lines_for(timeline, at, given))
            changed = programme.answered(timeline, at, given)
            assert changed != timeline
            assert [c for c in changed.cues if c.start < at] == [c for c in timeline.cues if c.start < at]
            assert not programme.unsaid


def test_it_can_be_fitted_anew_behind_what_is_heard(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        programme = session.programme()
        timeline = grown(programme)
        fitted = programme.refit(timeline, 3 * RATE, 80 * RATE)
    assert fitted.length == 80 * RATE
    assert fitted.beds[0] == Bed(0, 3 * RATE, "warm-drone")
