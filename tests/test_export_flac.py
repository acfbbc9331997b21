from pathlib import Path

import mutagen.flac
import numpy as np
import pytest
import soundfile
from export_kit import MARKS, TAGS, chapters, cut, decoded, music, tags
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.audio import RATE, Block
from voiceguide.export.flac import Flac, write_tags
from voiceguide.mix.dither import quantised


def write(path: Path, sound: Block, bits: int, size: int = 65_536) -> None:
    with path.open("w+b") as file:
        sink = Flac(file, bits)
        for block in cut(sound, size):
            sink.write(block)
        sink.close()
        write_tags(file, TAGS, MARKS)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.integers(1, 20_000), st.sampled_from([16, 24]), st.integers(1, 9000))
def test_every_length_comes_back_to_the_sample(
    tmp_path_factory: pytest.TempPathFactory, count: int, bits: int, size: int
) -> None:
    path = tmp_path_factory.mktemp("flac") / "a.flac"
    sound = music(20_000)[:count]
    write(path, sound, bits, size)
    first = path.read_bytes()
    read, rate = soundfile.read(path, dtype="int32", always_2d=True)
    assert rate == RATE
    assert np.array_equal(read >> (32 - bits), quantised(sound, 0, bits))
    write(path, sound, bits)
    assert path.read_bytes() == first


@pytest.mark.slow
@pytest.mark.parametrize("bits", [16, 24])
def test_an_independent_program_reads_sound_tags_and_chapters(tmp_path: Path, bits: int) -> None:
    sound = music(2 * RATE + 1)
    write(tmp_path / "a.flac", sound, bits)
    assert np.array_equal(decoded(tmp_path / "a.flac"), quantised(sound, 0, bits).astype(np.float32) / 2 ** (bits - 1))
    assert tags(tmp_path / "a.flac").items() >= {"title": TAGS.title, "artist": "voiceguide", "album": TAGS.album}.items()
    assert chapters(tmp_path / "a.flac") == [(mark.title, mark.start / RATE) for mark in MARKS]


def test_the_cover_and_the_chapter_times_are_as_players_expect_them(tmp_path: Path) -> None:
    write(tmp_path / "a.flac", music(2 * RATE), 16)
    flac = mutagen.flac.FLAC(tmp_path / "a.flac")
    assert (flac.pictures[0].data, flac.pictures[0].mime, flac.pictures[0].type) == (TAGS.cover, "image/png", 3)
    assert flac["CHAPTER001"] == ["00:00:00.500"]
