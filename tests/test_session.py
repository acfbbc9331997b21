"""The façade on a real routine with the tone voice: exact lengths, the same samples for any block size, clear refusals."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from deck_kit import PerfectBooth
from mix_kit import level
from whole_kit import SMALL, TALK

from voiceguide.audio import RATE
from voiceguide.errors import CannotFit, OutputError, ScriptErrors, UsageError
from voiceguide.live.bookmark import mark
from voiceguide.live.state import Transport
from voiceguide.plan.audience import Audience
from voiceguide.session import Session, open_session
from voiceguide.sound.aim import Levels


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.md"
    path.write_text(SMALL)
    return path


def opened(path: Path, seconds: float | None = 80, **overrides: object) -> Session:
    chosen = {"voice": "tone", "cache_dir": str(path.parent / "cache"), **overrides}
    return open_session(path, length=None if seconds is None else round(seconds * RATE), overrides=chosen)


def whole(blocks: Iterator[np.ndarray]) -> np.ndarray:
    return np.concatenate(list(blocks))


@pytest.mark.parametrize("frames", [80 * RATE, pytest.param(84 * RATE + 47_999, marks=pytest.mark.slow)])
def test_a_session_is_as_long_as_promised_to_the_frame(small: Path, frames: int) -> None:
    with opened(small, frames / RATE) as session:
        assert session.length == frames
        assert sum(len(block) for block in session.blocks()) == frames
        assert session.plan().length == frames


@pytest.mark.slow
def test_sounding_section_by_section_is_the_same_as_planning_first(small: Path) -> None:
    with opened(small) as streamed, opened(small) as planned:
        timeline = planned.plan()
        assert list(streamed.timelines())[-1] == timeline
        assert np.array_equal(whole(streamed.blocks(30_000)), whole(planned.blocks(65_536)))


def test_sides_work_equally_long(small: Path) -> None:
    with opened(small) as session:
        timeline = session.plan()
    change = next(cue for cue in timeline.cues if cue.kind == "change")
    squeezes = [cue.start for cue in timeline.cues if cue.text.startswith("Squeeze the")]
    shoulders = next(chapter for chapter in timeline.chapters if chapter.title == "Shoulders")
    first = change.start - squeezes[0]
    assert len(squeezes) == 2
    assert abs((shoulders.end - 2 * RATE - squeezes[1]) - first) <= session.stage.narrator.gap("sentence") + 1
    assert sum("elbow" in cue.text for cue in timeline.cues) == 1


def test_an_explicit_pause_is_exact(small: Path) -> None:
    with opened(small) as session:
        cues = [cue for cue in session.plan().cues if cue.track == "voice"]
    rest = next(number for number, cue in enumerate(cues) if cue.text == "Rest your hands.")
    assert cues[rest + 1].start - cues[rest].end == 3 * RATE


def test_without_a_length_it_takes_its_own(small: Path) -> None:
    with opened(small, None) as session:
        assert session.length % RATE == 0
        assert session.plan().length == session.length


def test_what_cannot_be_is_refused_before_anything_is_spoken(small: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotFit, match="the shortest is"):
        opened(small, 20)
    with pytest.raises(UsageError, match="did you mean 'pace'"):
        opened(small, pase=120)
    (tmp_path / "bad.md").write_text("---\ntitle: Bad\n---\n\n# One\n\n[huold 4s] Rest. [pause 5]\n")
    with pytest.raises(ScriptErrors) as told:
        opened(tmp_path / "bad.md")
    assert [(problem.line, problem.column) for problem in told.value.problems] == [(7, 1), (7, 18)]
    for wrong in ({"pase": 120}, {"soundscape": "oceann"}):
        with pytest.raises(ScriptErrors, match=r"bad\.md:7:18:.*\n.*command line.*did you mean"):
            opened(tmp_path / "bad.md", **wrong)
    assert not (tmp_path / "cache").exists()


@pytest.mark.slow
def test_export_writes_the_same_samples_and_reports_on_them(small: Path, tmp_path: Path) -> None:
    stages = []
    with opened(small) as session:
        report = session.export(tmp_path / "a.wav", progress=lambda stage, done, total: stages.append((stage, done <= total)))
        sound = whole(session.blocks())
    written, rate = soundfile.read(tmp_path / "a.wav", dtype="float32", always_2d=True)
    assert (rate, len(written)) == (RATE, session.length)
    assert np.abs(written - sound).max() < 2 / 32_768
    assert {name for name, _ in stages} == {"voicing", "mixing"}
    assert all(fine for _, fine in stages)
    assert report.frames == session.length
    assert not report.fallbacks


@pytest.mark.slow
def test_an_existing_file_needs_force(small: Path, tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"old")
    with opened(small) as session:
        with pytest.raises(OutputError, match="--force"):
            session.export(tmp_path / "a.wav")
        assert (tmp_path / "a.wav").read_bytes() == b"old"
        session.export(tmp_path / "a.wav", force=True)
    assert soundfile.info(tmp_path / "a.wav").frames == session.length


def test_a_recorded_cue_is_heard_at_its_own_length(tmp_path: Path) -> None:
    tone = 0.1 * np.sin(np.arange(2 * RATE) * 0.05)
    soundfile.write(tmp_path / "mine.flac", tone, RATE)
    (tmp_path / "own.md").write_text("---\ntitle: Own\n---\n\n# One\n\n[play mine.flac]\n\nRest now. [hold 10s-60s]\n")
    with opened(tmp_path / "own.md", 45) as session:
        cue = next(cue for cue in session.plan().cues if cue.kind == "recording")
        stems = session.mixer().stems(session.plan(), cue.start, cue.end - cue.start)
    assert cue.end - cue.start == 2 * RATE
    assert np.abs(stems.voice).max() > 0.05


@pytest.mark.slow
def test_pydub_sounds_serve_as_a_cue_and_as_the_bed_and_the_session_comes_back_as_one(tmp_path: Path) -> None:
    from pydub.generators import Sine, WhiteNoise

    (tmp_path / "own.md").write_text("---\ntitle: Own\nsoundscape: surf\n---\n\n# One\n\n[play hello]\n\n[hold 10s-60s]\n")
    sounds = {"hello": Sine(220).to_audio_segment(duration=1500), "surf": WhiteNoise().to_audio_segment(duration=20_000)}
    chosen = {"voice": "tone", "cache_dir": str(tmp_path / "cache")}
    with open_session(tmp_path / "own.md", length=40 * RATE, overrides=chosen, sounds=sounds) as session:
        timeline = session.plan()
        stems = session.mixer().stems(timeline, 0, 40 * RATE)
        segment = session.to_audio_segment()
    cue = next(cue for cue in timeline.cues if cue.kind == "recording")
    assert cue.end - cue.start == pytest.approx(1.5 * RATE, abs=100)
    assert np.abs(stems.voice[cue.start : cue.end]).max() > 0.05
    assert stems.bed[10 * RATE : 20 * RATE].std() > 0.003
    assert (segment.frame_count(), segment.frame_rate, segment.channels) == (40 * RATE, RATE, 2)


def test_the_outline_tells_every_line_without_voicing_one(small: Path) -> None:
    with opened(small) as session:
        outline = session.outline()
        assert not (small.parent / "cache").exists()
        told = session.plan()
    assert outline.length == told.length
    assert [cue.text for cue in outline.cues if cue.kind == "instruction"] == [
        cue.text for cue in told.cues if cue.kind == "instruction"
    ]


BREATHING = """---
title: Breathing
soundscape: {use: ocean, follow: breath}
---

# Breathe

Hello.

[pause 8s]

[breathe six x7]
"""


@pytest.mark.slow
def test_a_soundscape_that_follows_the_breath_does_so_in_the_whole_session(tmp_path: Path) -> None:
    (tmp_path / "breathing.md").write_text(BREATHING)
    with opened(tmp_path / "breathing.md", 110) as session:
        breaths = [cue for cue in session.plan().cues if cue.track == "breath"]
        mixer, timeline = session.mixer(), session.plan()
        ends = [mixer._scenes(timeline, cue.end - RATE, RATE) for cue in breaths]
        levels = [level(sound) for sound in ends]
        rises = [levels[at] - levels[at + 1] for at in range(0, len(levels), 2)]
        assert len(rises) == 7
        assert min(rises) > 3
        assert np.mean(rises) > 7


def test_what_is_played_live_knows_the_tides_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "breathing.md").write_text(BREATHING)
    with opened(tmp_path / "breathing.md", 110) as session:
        heard = session.programme().setting(0).heard
    assert [dict(controls).get("intensity") for _, controls in heard] == [None, pytest.approx(0.85), pytest.approx(0.15)]


def talked(tmp_path: Path, avoid: tuple[str, ...] = (), haste: str = "no", **overrides: object) -> Session:
    (tmp_path / "talk.md").write_text(TALK)
    chosen = {"voice": "tone", "cache_dir": str(tmp_path / "cache"), **overrides}
    return open_session(tmp_path / "talk.md", overrides=chosen, variables={"haste": haste}, avoid=avoid)


def said(session: Session) -> list[str]:
    return [cue.text for cue in session.plan().cues if cue.track == "voice"]


@pytest.mark.parametrize(
    ("overrides", "left_out"),
    [
        ({"for_whom": "giver"}, {"Let go."}),
        ({"for_whom": "receiver"}, {"Lean in, about 5 to 6."}),
        ({"sleepy": True}, {"And now?"}),
        ({"quiet": True}, {"A number, one to ten?", "And now?", "Slow hands."}),
        ({"guidance": "sparse"}, {"Slow hands."}),
        ({"for_whom": "apart"}, set()),
    ],
)
def test_whoever_listens_the_rest_is_heard_at_the_same_frames(tmp_path: Path, overrides: dict, left_out: set[str]) -> None:
    with talked(tmp_path) as everything, talked(tmp_path, **overrides) as some:
        whole, heard = everything.plan(), some.plan()
        cues = [(cue.start, cue.end, cue.text) for cue in whole.cues if cue.text not in left_out]
        assert [(cue.start, cue.end, cue.text) for cue in heard.cues] == cues
        assert (heard.stretches, heard.beds, heard.chapters) == (whole.stretches, whole.beds, whole.chapters)
        assert list(some.timelines())[-1] == heard
        assert {cue.text for cue in some.outline().cues} == {text for _, _, text in cues}


def test_each_ear_hears_its_own(tmp_path: Path) -> None:
    with talked(tmp_path, for_whom="apart", soundscape="off") as session:
        timeline = session.plan()
        giver, receiver = (next(c for c in timeline.cues if c.text.startswith(word)) for word in ("Lean", "Let"))
        for cue, silent in ((giver, 1), (receiver, 0)):
            voice = session.mixer().stems(timeline, cue.start, cue.end - cue.start).voice
            assert not voice[:, silent].any()
            assert np.abs(voice[:, 1 - silent]).max() > 0.05


def test_an_avoided_place_is_left_out_though_it_is_kept_and_its_minutes_go_to_the_rest(tmp_path: Path) -> None:
    with talked(tmp_path, ("Low-back",)) as session:
        assert [chapter.title for chapter in session.plan().parts] == ["Shoulders"]
        assert session.length == 180 * RATE
        assert session.notes[0] == "left out to avoid what you named: Low back"
    with pytest.raises(UsageError, match="its areas are shoulders, low back"):
        talked(tmp_path, ("feet",))


def test_what_plays_live_knows_who_listens_and_tells_what_was_left_out(tmp_path: Path) -> None:
    with talked(tmp_path, ("low back",), for_whom="giver", sleepy=True) as session:
        player = session.player(PerfectBooth())  # type: ignore[arg-type]
        assert player.transport.audience == session.audience == Audience("giver", sleepy=True)
        assert "left out to avoid what you named: Low back" in player._status().warnings


def test_a_session_that_is_taken_up_again_is_heard_as_it_was(tmp_path: Path) -> None:
    with talked(tmp_path) as session:
        left = Transport(session.outline(), 5 * RATE, levels=Levels(bed=-6.0), mix="lush", guidance="sparse")
        player = session.player(PerfectBooth(), bookmark=mark("talk", "1" * 64, {}, left))  # type: ignore[arg-type]
        begun = player.transport
        assert (begun.levels, begun.mix, begun.guidance) == (left.levels, "lush", "sparse")
        assert 0 <= begun.position <= 3 * RATE


def test_it_is_as_firm_as_asked(tmp_path: Path) -> None:
    with talked(tmp_path, pressure="firmer") as session:
        assert "Lean in, about 6 to 7." in said(session)
        assert dict(session.script.sections[0].attributes.tags)["pressure"] == "6-7"


def test_a_variant_that_cannot_have_the_ideal_says_so(tmp_path: Path) -> None:
    with talked(tmp_path, haste="yes") as session:
        assert session.length < 180 * RATE
        assert "this variant of it can't have its 3:00" in session.notes[0]
        assert session.plan().length == session.length
