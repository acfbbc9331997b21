from pathlib import Path

import mutagen.mp3
import numpy as np
import pytest
import soundfile
from export_kit import decoded, heard, music, through
from hypothesis import example, given, settings
from hypothesis import strategies as st

from voiceguide.audio import RATE, Block, gain
from voiceguide.export.mp3 import BITRATES, Mp3
from voiceguide.loudness import energies, integrated
from voiceguide.mix.master import Master


def written(sound: Block, bitrate: int = 128, size: int = 65_536) -> bytes:
    return through(lambda file: Mp3(file, len(sound), bitrate), sound, size)


def write(path: Path, sound: Block, bitrate: int = 128) -> Path:
    path.write_bytes(written(sound, bitrate))
    return path


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.integers(1, 20_000))
@example(1)
@example(46)
@example(47)
@example(48)
@example(1152)
@example(1152 * 9 + 47)
def test_ffmpeg_decodes_exactly_as_many_frames_as_went_in(tmp_path_factory: pytest.TempPathFactory, count: int) -> None:
    path = write(tmp_path_factory.mktemp("mp3") / "a.mp3", music(20_000)[:count])
    assert len(decoded(path)) == count
    assert soundfile.info(path).frames == count


@pytest.mark.slow
@pytest.mark.parametrize("bitrate", BITRATES)
def test_the_sound_is_in_place_and_as_loud_at_every_bit_rate(tmp_path: Path, bitrate: int) -> None:
    sound = music(3 * RATE + 123)
    made = decoded(write(tmp_path / "a.mp3", sound, bitrate))
    assert len(made) == len(sound)
    offsets = range(-3, 4)
    likeness = [float((sound[100:-100] * made[100 + offset : len(made) - 100 + offset]).sum()) for offset in offsets]
    assert offsets[int(np.argmax(likeness))] == 0
    assert abs(integrated(energies(made)) - integrated(energies(sound))) < 0.1


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 30_000))
def test_the_bytes_do_not_depend_on_the_cut(size: int) -> None:
    sound = music(30_000)
    assert written(sound, size=max(size, 50)) == written(sound)


def test_another_reader_sees_bit_rate_delay_and_length(tmp_path: Path) -> None:
    info = mutagen.mp3.MP3(write(tmp_path / "a.mp3", music(3 * RATE + 123))).info
    assert (info.bitrate, info.sample_rate, info.channels) == (128_000, RATE, 2)
    assert info.bitrate_mode == mutagen.mp3.BitrateMode.CBR
    assert info.length == pytest.approx((3 * RATE + 123) / RATE, abs=1e-4)
    assert info.frame_offset == 0


@pytest.mark.slow
@pytest.mark.parametrize("bitrate", [64, 128, 320])
def test_mastered_sound_stays_under_minus_1_dbtp_after_coding(tmp_path: Path, bitrate: int) -> None:
    master = Master()
    loud = master.process(music(6 * RATE, seed=3) * np.float32(gain(14)))
    made = np.concatenate([loud, master.flush()])
    _, peak = heard(write(tmp_path / "a.mp3", made, bitrate))
    assert -4 < peak <= -1.0
