import hashlib
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from export_kit import TAGS, chapters, cut, decoded, heard, music, tags
from meter_kit import meter
from mix_kit import SHORT, S, mixer

from voiceguide.audio import RATE, Block
from voiceguide.errors import MediaError, OutputError, UsageError, VoiceguideError
from voiceguide.export import wav
from voiceguide.export.save import export_session, kind_of, save
from voiceguide.mix.mixer import Stems
from voiceguide.mix.stream import mastered
from voiceguide.plan.timeline import Chapter

KINDS = ("wav", "flac", "mp3")
CHAPTERS = (Chapter("One", 0, RATE, 1), Chapter("Inner", 100, 200, 2, level=2), Chapter("Two", RATE, 2 * RATE, 5))


def saved(path: Path, sound: Block, size: int = 65_536, **asked: object) -> int:
    return save(cut(sound, size), path, kind=kind_of(path), frames=len(sound), tags=TAGS, chapters=lambda: CHAPTERS, **asked)


@pytest.mark.parametrize("kind", KINDS)
def test_a_saved_file_has_sound_length_tags_and_chapters(tmp_path: Path, kind: str) -> None:
    path, sound, steps = tmp_path / f"a.{kind}", music(2 * RATE), []
    assert saved(path, sound, progress=lambda done, whole: steps.append((done, whole))) == 2 * RATE
    made = decoded(path)
    assert len(made) == 2 * RATE
    assert np.sqrt(np.mean((made - sound) ** 2)) < 0.02
    assert tags(path)["title"] == TAGS.title
    assert chapters(path) == [("One", 0.0), ("Two", 1.0)]
    assert steps == [(65_536, 2 * RATE), (2 * RATE, 2 * RATE)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_sound_gives_the_same_bytes_whatever_the_blocks(tmp_path: Path, kind: str) -> None:
    made = set()
    for number, size in enumerate((333, 4096, 65_536)):
        path = tmp_path / str(number) / f"a.{kind}"
        path.parent.mkdir()
        saved(path, music(2 * RATE), size)
        made.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(made) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"old")

    def interrupted() -> Iterator[Block]:
        yield music(RATE)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(interrupted(), path, kind=kind_of(path), frames=2 * RATE, tags=TAGS, chapters=tuple, force=True)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"old"


@contextmanager
def files_up_to(size: int) -> Iterator[None]:
    """For a moment no file of this process can grow beyond `size` bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_fills_up_at_any_point_is_told_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    path, sound = tmp_path / f"a.{kind}", music(RATE)
    saved(path, sound)
    whole = path.stat().st_size
    path.write_bytes(b"old")
    for room in (100, whole // 3, whole * 2 // 3, whole - 30_000, whole - 1):
        with pytest.raises(OutputError, match="cannot be written"), files_up_to(room):
            saved(path, sound, force=True)
        assert [entry.read_bytes() for entry in tmp_path.iterdir()] == [b"old"]
    with files_up_to(whole):
        saved(path, sound, force=True)
    assert path.stat().st_size == whole


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["mp3"])
def test_killed_in_the_middle_the_old_file_stays(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    path.write_bytes(b"old")
    program = (
        "import sys; from pathlib import Path\n"
        "sys.path.insert(0, sys.argv[2])\n"
        "from test_export_save import TAGS, RATE, music, kind_of, save\n"
        "def blocks():\n"
        "    yield music(RATE)\n"
        "    print('half', flush=True); sys.stdin.read()\n"
        "path = Path(sys.argv[1])\n"
        "save(blocks(), path, kind=kind_of(path), frames=2 * RATE, tags=TAGS, chapters=tuple, force=True)\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, path, Path(__file__).parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout.readline() == b"half\n"
    child.send_signal(signal.SIGKILL)
    child.communicate(timeout=30)
    assert path.read_bytes() == b"old"
    saved(path, music(2 * RATE), force=True)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert len(decoded(path)) == 2 * RATE


@pytest.mark.parametrize("given", [RATE - 1, RATE + 1, 0])
def test_blocks_that_are_not_what_was_promised_are_refused(tmp_path: Path, given: int) -> None:
    with pytest.raises(VoiceguideError, match=f"{given} frames where {RATE} were promised"):
        save(cut(music(given), 4096), tmp_path / "a.wav", kind="wav", frames=RATE, tags=TAGS, chapters=tuple)
    assert not list(tmp_path.iterdir())


def test_a_broken_encoder_is_noticed_before_the_file_takes_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wav.Wav, "write", lambda sink, block: sink._file.write(bytes(4 * len(block))))
    with pytest.raises(VoiceguideError, match="silent"):
        saved(tmp_path / "a.wav", music(RATE))
    monkeypatch.setattr(wav.Wav, "write", lambda sink, block: None)
    with pytest.raises(VoiceguideError, match=f"where {RATE} were written"):
        saved(tmp_path / "a.wav", music(RATE))
    assert not list(tmp_path.iterdir())


def test_names_and_settings_that_do_not_exist_are_usage_errors(tmp_path: Path) -> None:
    for name in ("a.ogg", "a", "a.MP4"):
        with pytest.raises(UsageError, match=r"\.mp3, \.wav or \.flac"):
            kind_of(tmp_path / name)
    assert kind_of(Path("A.WAV")) == "wav"
    with pytest.raises(UsageError, match="16 or 24"):
        saved(tmp_path / "a.wav", music(RATE), bits=20)
    with pytest.raises(UsageError, match="one of 64, 80"):
        saved(tmp_path / "a.mp3", music(RATE), bitrate=100)
    assert not list(tmp_path.iterdir())


class Performance:
    """A session double: a fixed timeline, and the mixer of the kit."""

    title = "Zehn Minuten"
    fallbacks = ("a.md:1: spoken by another",)
    notes = ("rain: a note",)
    settings = SimpleNamespace(mix="clear", artist="Somebody", bits=16, bitrate=128)
    planned = False

    def plan(self, progress: object = None) -> object:
        self.planned = True
        return SHORT

    def blocks(self, frames: int, listen: Callable[[Stems], None] | None = None) -> Iterator[Block]:
        return mastered(mixer(), [SHORT], frames, listen)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_session_is_exported_mastered_and_reported(tmp_path: Path, kind: str) -> None:
    path, stages = tmp_path / f"a.{kind}", []
    told = export_session(Performance(), path, progress=lambda stage, done, total: stages.append((stage, done / total)))
    assert (told.kind, told.frames, told.reread_frames) == (kind, SHORT.length, SHORT.length)
    assert told.fallbacks == ("a.md:1: spoken by another",)
    assert "rain: a note" in told.notes
    loudness, peak = heard(path)
    assert loudness == pytest.approx(told.loudness, abs=0.3)
    assert peak <= -1.0
    assert told.worst_margin.margin >= 20
    assert chapters(path) == [("Arrive", 0.0), ("Finish", 12.0)]
    assert tags(path)["artist"] == "Somebody"
    assert tags(path)["album"] == tags(path)["title"] == "Zehn Minuten"
    assert stages[-1] == ("mixing", 1.0)


@pytest.mark.slow
def test_levels_of_the_decoded_mp3_are_those_promised_by_another_meter(tmp_path: Path) -> None:
    export_session(Performance(), tmp_path / "a.mp3")
    sound = decoded(tmp_path / "a.mp3").astype(np.float64)
    said, quieter = (meter(RATE).integrated_loudness(sound[a * S : b * S]) for a, b in ((4, 6), (7, 9)))
    assert said == pytest.approx(-16, abs=0.5)
    assert quieter == pytest.approx(-17.5, abs=0.5)


def test_speech_begins_in_the_file_where_the_timeline_says(tmp_path: Path) -> None:
    export_session(Performance(), tmp_path / "a.wav")
    sound, _ = soundfile.read(tmp_path / "a.wav", dtype="float32")
    for cue in (cue for cue in SHORT.cues if cue.track == "voice"):
        near = np.abs(sound[cue.start - S // 10 : cue.start + S // 10]).max(axis=1)
        assert abs(int(np.argmax(near > 0.08)) - S // 10) < S // 200


def test_everything_that_can_be_refused_is_refused_before_anything_is_planned(tmp_path: Path) -> None:
    (tmp_path / "old.mp3").write_bytes(b"old")
    (tmp_path / "a.gif").write_bytes(b"GIF89a")
    session = Performance()
    with pytest.raises(OutputError):
        export_session(session, tmp_path / "old.mp3")
    with pytest.raises(UsageError):
        export_session(session, tmp_path / "a.ogg")
    with pytest.raises(MediaError):
        export_session(session, tmp_path / "a.mp3", cover=tmp_path / "a.gif")
    assert not session.planned
