"""Who and what sounds: made when first needed, lengths that agree with the sound, faults that name their place."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from voiceguide.audio import RATE
from voiceguide.errors import ScriptErrors, UsageError
from voiceguide.plan.timeline import Bed, Spoken
from voiceguide.script.model import Place, Recording, Say
from voiceguide.script.parser import parse
from voiceguide.settings import Layer, settle
from voiceguide.stage import Stage

SCRIPT = "---\ntitle: Own\n---\n\n# One\n\nRest.\n"
LINE = Spoken(Say("Rest both hands in your lap.", Place("own.md", 7)))


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    settings = settle(Layer("test", {"voice": "tone", "cache_dir": str(tmp_path / "cache")}))
    return Stage(parse(SCRIPT, "own.md"), settings, tmp_path, {})


def test_real_lengths_are_those_of_the_samples(stage: Stage) -> None:
    stage.voice([LINE], None)
    assert stage.real.speech(LINE) == len(stage.narrator.samples(LINE))
    assert stage.estimated.speech(LINE) == pytest.approx(stage.real.speech(LINE), rel=0.2)


def test_a_sentence_no_voice_can_say_is_told_at_its_place(stage: Stage) -> None:
    with pytest.raises(ScriptErrors, match=r"own\.md:9:4: no voice for 'en' can say '😀'"):
        stage.estimated.speech(Spoken(Say("😀", Place("own.md", 9, 4))))


def test_controls_are_tried_on_the_soundscape_that_they_move(stage: Stage) -> None:
    steps = (
        "[soundscape ocean, intensity 0.3]\n\n[soundscape calm 0.4, clam 1]\n\n[soundscape oceann]\n\n[soundscape calm 0.4]\n"
    )
    body = parse(f"{SCRIPT}\n{steps}", "own.md").sections
    assert [(one.line, one.message.split(";")[0]) for one in stage.faults(body)] == [
        (11, "[soundscape ocean]: ocean:1:1: the soundscape 'ocean' has no control 'clam'"),
        (13, "[soundscape oceann]: there is no soundscape 'oceann'"),
    ]


def test_progress_is_told_as_voicing(stage: Stage) -> None:
    told: list[tuple[str, float, float]] = []
    stage.voice([LINE], lambda *step: told.append(step))
    assert told[-1] == ("voicing", 1, 1)


def test_a_recording_is_found_beside_the_script_that_names_it(stage: Stage, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    soundfile.write(inner / "mine.wav", 0.1 * np.sin(np.arange(RATE) * 0.05), RATE)
    at = Place(str(inner / "guest.md"), 3)
    assert stage.real.recording(Recording("mine.wav", at)) == RATE
    with pytest.raises(ScriptErrors, match=r"own\.md:3:1: \[play mine\.wav\]"):
        stage.real.recording(Recording("mine.wav", Place(str(tmp_path / "own.md"), 3)))


def test_soundscapes_are_opened_once_and_silence_is_none(stage: Stage) -> None:
    rain = Bed(0, 0, "rain")
    assert stage.scene(rain) is stage.scene(Bed(5, 9, "rain"))
    assert stage.scene(Bed(0, 0, None)) is None
    with pytest.raises(UsageError, match=r"did you mean .rain."):
        stage.scene(Bed(0, 0, "rainn"))


def test_signals_have_the_length_they_ring(stage: Stage) -> None:
    assert stage.real.signal("closing") > 2 * RATE > stage.real.signal("tick") > 0


def test_closing_starts_nothing(stage: Stage) -> None:
    stage.close()
    assert "narrator" not in stage.__dict__


@pytest.mark.slow
def test_who_made_a_recording_is_in_the_notes_once(stage: Stage) -> None:
    soundfile.write(stage.folder / "garden.flac", np.random.default_rng(1).standard_normal((3 * RATE, 2)) * 0.1, RATE)
    layer = '[[layer]]\nid = "a"\ntype = "recording"\nfile = "garden.flac"\nauthor = "Ann"\nlicense = "CC0-1.0"\n'
    recipe = 'title = "Own"\n[controls.width]\nmaps = { "scene.width" = [0, 1.2] }\n' + layer
    (stage.folder / "own.toml").write_text(recipe)
    for controls in ((), (("width", 0.2),)):
        stage.scene(Bed(0, 0, "own.toml", controls))
    assert stage.notes == ("garden.flac: by Ann, CC0-1.0",)
