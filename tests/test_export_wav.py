import io
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile
from export_kit import MARKS, TAGS, chapters, decoded, music, tags, through
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.audio import RATE, Block
from voiceguide.export.wav import Wav, header, write_tags
from voiceguide.mix.dither import quantised


def written(sound: Block, bits: int, size: int = 65_536) -> bytes:
    return through(lambda file: Wav(file, len(sound), bits), sound, size)


@settings(max_examples=30)
@given(st.integers(0, 5000), st.sampled_from([16, 24]), st.integers(1, 3000))
def test_every_length_comes_back_to_the_sample(count: int, bits: int, size: int) -> None:
    sound = music(5000)[:count]
    data = written(sound, bits, size)
    assert data == written(sound, bits)
    read, rate = soundfile.read(io.BytesIO(data), dtype="int32", always_2d=True)
    assert rate == RATE
    assert np.array_equal(read >> (32 - bits), quantised(sound, 0, bits))


@pytest.mark.slow
@pytest.mark.parametrize("bits", [16, 24])
def test_an_independent_program_reads_sound_tags_and_chapters(tmp_path: Path, bits: int) -> None:
    sound = music(2 * RATE + 1)
    path = tmp_path / "a.wav"
    path.write_bytes(written(sound, bits))
    with path.open("r+b") as file:
        write_tags(file, TAGS, MARKS)
    assert np.array_equal(decoded(path), quantised(sound, 0, bits).astype(np.float32) / 2 ** (bits - 1))
    assert tags(path) == {"title": TAGS.title, "artist": "voiceguide", "album": TAGS.album}
    assert chapters(path) == [(mark.title, mark.start / RATE) for mark in MARKS]


def test_sizes_in_the_header_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(written(music(777), 24))
    with path.open("r+b") as file:
        write_tags(file, TAGS, ())
    data = path.read_bytes()
    assert struct.unpack("<I", data[4:8])[0] == len(data) - 8
    assert len(data) % 2 == 0


def test_over_four_gigabytes_it_is_rf64(tmp_path: Path) -> None:
    frames = 6 * 3600 * RATE
    path = tmp_path / "long.wav"
    head = header(frames, 24)
    assert head.startswith(b"RF64")
    with path.open("w+b") as file:
        file.write(head)
        file.truncate(len(head) + frames * 6)
        write_tags(file, TAGS, MARKS)
    info = soundfile.info(path)
    assert (info.frames, info.samplerate, info.channels, info.subtype) == (frames, RATE, 2, "PCM_24")
    with path.open("rb") as file:
        assert struct.unpack("<Q", file.read(28)[20:])[0] == path.stat().st_size - 8


def test_up_to_four_gigabytes_it_is_plain() -> None:
    assert header(2**30 - 2**19, 16).startswith(b"RIFF")
    assert header(2**30, 16).startswith(b"RF64")
