import errno
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from random import Random

import numpy as np
import pytest

from voiceguide.speech.cache import MEMORY, Cache, default_folder
from voiceguide.speech.flac import encode

KEY, OTHER = sha256(b"one").hexdigest(), sha256(b"two").hexdigest()


@pytest.fixture(scope="module")
def clip() -> bytes:
    return encode((0.3 * np.sin(np.arange(4_800) * 0.05)).astype(np.float32))


def entry(folder: Path, key: str = KEY) -> Path:
    return folder / key[:2] / f"{key}.flac"


def test_what_is_put_is_got_by_this_cache_and_the_next(tmp_path, clip):
    first = Cache(tmp_path)
    assert first.get(KEY) is None
    first.put(KEY, clip)
    assert first.get(KEY) == clip
    assert Cache(tmp_path).get(KEY) == clip
    assert Cache(tmp_path).get(OTHER) is None


def test_what_is_there_is_known_without_reading_it(tmp_path, clip):
    (tmp_path / "a file").touch()
    for folder in (tmp_path, None, tmp_path / "a file"):
        cache = Cache(folder)
        assert not cache.has(KEY)
        cache.put(KEY, clip)
        assert (cache.has(KEY), cache.has(OTHER)) == (True, False)


def test_an_entry_is_a_flac_file_that_anybody_can_open(tmp_path, clip):
    import soundfile

    Cache(tmp_path).put(KEY, clip)
    assert soundfile.info(entry(tmp_path)).frames == 4_800


def test_one_flipped_bit_anywhere_is_a_miss(tmp_path, clip):
    cache, random = Cache(tmp_path), Random(0)
    cache.put(KEY, clip)
    sound = entry(tmp_path).read_bytes()
    for _ in range(300):
        damaged = bytearray(sound)
        bit = random.randrange(len(damaged) * 8)
        damaged[bit // 8] ^= 1 << bit % 8
        entry(tmp_path).write_bytes(damaged)
        assert cache.get(KEY) is None
    entry(tmp_path).write_bytes(sound)
    assert cache.get(KEY) == clip


def test_a_short_empty_or_exchanged_entry_is_a_miss(tmp_path, clip):
    cache = Cache(tmp_path)
    cache.put(KEY, clip)
    sound = entry(tmp_path).read_bytes()
    for length in (0, 1, 31, 32, 33, len(sound) // 2, len(sound) - 1):
        entry(tmp_path).write_bytes(sound[:length])
        assert cache.get(KEY) is None
    entry(tmp_path, OTHER).parent.mkdir(exist_ok=True)
    entry(tmp_path, OTHER).write_bytes(sound)
    assert cache.get(OTHER) is None
    entry(tmp_path).unlink()
    entry(tmp_path).mkdir()
    assert cache.get(KEY) is None


def test_the_least_recently_used_go_first_and_none_of_this_session(tmp_path, clip):
    keys = [sha256(str(number).encode()).hexdigest() for number in range(10)]
    before = Cache(tmp_path)
    for age, key in enumerate(keys):
        before.put(key, clip)
        os.utime(entry(tmp_path, key), (1_000 + age, 1_000 + age))
    now = Cache(tmp_path, most=5 * (len(clip) + 32))
    assert now.get(keys[0]) == clip
    now.trim()
    left = [key for key in keys if entry(tmp_path, key).exists()]
    assert left == [keys[0], *keys[-3:]]


def test_a_cache_under_its_size_is_left_alone(tmp_path, clip):
    cache = Cache(tmp_path, most=1 << 20)
    cache.put(KEY, clip)
    Cache(tmp_path, most=1 << 20).trim()
    assert cache.get(KEY) == clip


def test_leftovers_of_killed_writers_count_and_go(tmp_path, clip):
    left = tmp_path / KEY[:2] / f".{KEY}.999.flac"
    left.parent.mkdir()
    left.write_bytes(bytes(100_000))
    os.utime(left, (1, 1))
    cache = Cache(tmp_path, most=50_000)
    cache.put(OTHER, clip)
    cache.trim()
    assert not left.exists()
    assert cache.get(OTHER) == clip


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_folder_that_cannot_be_used_costs_one_note_and_no_clip(tmp_path, clip, fault, monkeypatch):
    def refuse(self: Path, data: bytes) -> int:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr(Path, "write_bytes", refuse)
    cache = Cache(tmp_path)
    for key in (KEY, OTHER):
        cache.put(key, clip)
        assert cache.get(key) == clip
    assert len(cache.notes) == 1
    assert os.strerror(fault) in cache.notes[0]
    assert not list(tmp_path.rglob("*.flac"))


def test_a_file_where_the_folder_should_be_costs_one_note(tmp_path, clip):
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "clips")
    cache.put(KEY, clip)
    assert cache.get(KEY) == clip
    assert len(cache.notes) == 1


def test_memory_holds_only_the_last_clips():
    cache = Cache(None)
    keys = [sha256(str(number).encode()).hexdigest() for number in range(5)]
    for key in keys:
        cache.put(key, bytes(MEMORY // 3))
    assert [key for key in keys if cache.get(key)] == keys[-3:]


def test_the_default_folder_is_the_persons(own_home):
    assert own_home in default_folder().parents


SHARING = """
import sys
from hashlib import sha256
from pathlib import Path
from voiceguide.plan.timeline import Spoken
from voiceguide.script.model import Place, Say
from voiceguide.speech.narrator import Narrator

lines = [Spoken(Say(f"Sentence number {word}.", Place("a", 1))) for word in "one two three four five six".split()]
with Narrator("tone", cache=Path(sys.argv[1])) as narrator:
    narrator.voice_all(lines)
    print(sha256(b"".join(narrator.samples(line).tobytes() for line in lines)).hexdigest(), narrator.notes)
"""


@pytest.mark.slow
def test_eight_processes_on_one_cold_cache_agree(tmp_path):
    command = [sys.executable, "-c", SHARING, str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(8)]
    said = {process.communicate(timeout=60)[0] for process in running}
    assert len(said) == 1
    assert said.pop().endswith("()\n")
    assert len(list(tmp_path.rglob("*.flac"))) == 6
    assert not list(tmp_path.rglob(".*"))
