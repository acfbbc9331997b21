import io
from pathlib import Path

import mutagen.id3
import pytest
from export_kit import MARKS, TAGS, chapters, decoded, music, probed, tags
from test_export_mp3 import written

from voiceguide.audio import RATE
from voiceguide.export.id3 import MOST_CHAPTERS, write_tags
from voiceguide.export.tags import Mark, Tags


@pytest.fixture
def tagged(tmp_path: Path) -> Path:
    path = tmp_path / "a.mp3"
    path.write_bytes(written(music(2 * RATE)))
    with path.open("r+b") as file:
        write_tags(file, TAGS, MARKS)
    return path


@pytest.mark.slow
def test_players_see_title_cover_and_chapters_in_order(tagged: Path) -> None:
    assert tags(tagged) == {"title": TAGS.title, "artist": "voiceguide", "album": TAGS.album}
    assert chapters(tagged) == [(mark.title, mark.start / RATE) for mark in MARKS]
    assert [stream["codec_name"] for stream in probed(tagged)["streams"]] == ["mp3", "png"]


def test_another_library_reads_every_frame_of_the_tag(tagged: Path) -> None:
    id3 = mutagen.id3.ID3(tagged)
    assert id3.version == (2, 3, 0)
    assert not id3.unknown_frames
    assert id3.getall("APIC")[0].data == TAGS.cover
    contents = id3.getall("CTOC")[0]
    assert contents.flags == mutagen.id3.CTOCFlags.TOP_LEVEL | mutagen.id3.CTOCFlags.ORDERED
    named = {frame.element_id: frame for frame in id3.getall("CHAP")}
    told = [
        (str(named[name].sub_frames["TIT2"]), named[name].start_time, named[name].end_time)
        for name in contents.child_element_ids
    ]
    assert told == [(mark.title, mark.start // 48, mark.end // 48) for mark in MARKS]


def test_the_sound_is_untouched(tagged: Path) -> None:
    assert tagged.read_bytes().endswith(written(music(2 * RATE)))
    assert len(decoded(tagged)) == 2 * RATE


def test_a_large_file_is_moved_whole() -> None:
    sound = bytes(range(256)) * 20_000
    file = io.BytesIO(sound)
    write_tags(file, TAGS, MARKS)
    assert file.getvalue()[-len(sound) :] == sound
    assert file.getvalue().startswith(b"ID3\x03\x00")
    assert file.getvalue().index(sound[:256] * 2) == len(file.getvalue()) - len(sound)


def test_empty_tags_are_left_out_and_too_many_chapters_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(written(music(RATE)))
    with path.open("r+b") as file:
        write_tags(file, Tags("T", TAGS.cover, artist=""), [Mark(f"{n}", n * 100, n * 100 + 100) for n in range(400)])
    assert tags(path) == {"title": "T"}
    assert [title for title, _ in chapters(path)] == [str(n) for n in range(MOST_CHAPTERS)]
