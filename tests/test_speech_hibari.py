import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from speech_kit import heard

from voiceguide.audio import RATE
from voiceguide.errors import UsageError, VoiceError
from voiceguide.speech import hibari
from voiceguide.speech.pool import Pool

LONG = "and then follow the muscle up to the shoulder, slowly, " * 40


@pytest.fixture(scope="module")
def heart():
    pool = Pool("heart", 2)
    yield pool
    pool.close()


@pytest.mark.slow
def test_the_worker_never_loads_scipy_although_it_is_here(heart):
    sound = heard(heart, "Rest.", 1.0)
    assert find_spec("scipy")
    assert "/scipy/" not in Path(f"/proc/{heart.process}/maps").read_text()
    assert len(sound) > 10_000


@pytest.mark.slow
def test_nothing_is_left_in_the_home_folder_and_no_use_is_reported(own_home):
    """onnxruntime would keep records there, and send them; only our own cache may be."""
    pool = Pool("heart", 1)
    heard(pool, "Rest.", 1.0)
    pool.close()
    ours = own_home / ".cache" / "voiceguide"
    assert [path for path in own_home.rglob("*") if not (path.is_relative_to(ours) or ours.is_relative_to(path))] == []


SAME = """
import sys, threading
from hashlib import sha256
sys.modules["scipy"] = None
from hibari import Hibari
from voiceguide.speech import hibari, prepared

TEXTS = ["Rest both hands on the upper back.", "Breathe in for 4 s, and read what Ms. Xyloquent read: 3/4.", "And rest."]
prepared.WAIT_SECONDS = 0.0
plain, first = Hibari(voice="heart"), hibari.load("heart")
for thread in set(threading.enumerate()) - {threading.current_thread()}:
    thread.join()
again = hibari.load("heart")
for speak in (lambda text: plain(text, 0.7, seed=0), lambda text: first.speak(text, 0.7), lambda text: again.speak(text, 0.7)):
    print(sha256(b"".join(speak(text).tobytes() for text in TEXTS)).hexdigest())
print(type(plain.g2p.tagger.weights).__name__, type(again.reader.tagger.weights).__name__)
"""


@pytest.mark.slow
def test_the_sound_is_that_of_the_public_class_and_of_what_is_kept_to_the_bit(own_home):
    """A package that changes what is replaced while it is built is found out here."""
    said = subprocess.run([sys.executable, "-c", SAME], capture_output=True, text=True, check=True).stdout.split()
    assert len(set(said[:3])) == 1
    assert said[3:] == ["dict", "Table"]
    kept = {path.name.partition(".")[0] for path in own_home.rglob("prepared/*")}
    assert kept == {"hibari", "lexicon_us_gold", "lexicon_us_silver", "tagger"}


def test_something_else_stands_in_only_for_a_moment():
    plain = hibari.find_spec
    with hibari._instead(hibari, "find_spec", None):
        assert hibari.find_spec is None
    assert hibari.find_spec is plain


@pytest.mark.slow
def test_a_very_long_sentence_is_spoken_whole_in_little_memory(heart):
    sound = heard(heart, LONG, 1.0)
    assert len(sound) / RATE > 80
    status = Path(f"/proc/{heart.process}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024
    assert peak < 350


def test_the_registry_is_hibaris_own():
    assert {"heart", "emma", "fenrir", "fable", "kore"} <= hibari.registry().keys()
    assert hibari.model_path("heart").is_file()


def test_fetched_voices_live_where_hibari_looks(monkeypatch, tmp_path, own_home):
    from hibari.voices import cache_dir

    assert hibari.folder() == Path(cache_dir())
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    assert hibari.model_path("emma") == Path(cache_dir()) / "bf_emma.int8.onnx"


def test_a_voice_that_was_not_fetched_names_the_command_and_fetches_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    with pytest.raises(VoiceError, match="run: voiceguide voices add emma"):
        hibari.load("emma")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_file_that_is_no_model_is_an_error_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("HIBARI_HOME", str(tmp_path))
    (tmp_path / "bf_emma.int8.onnx").write_bytes(b"no model")
    pool = Pool("emma", 1)
    with pytest.raises(VoiceError, match=r"bf_emma\.int8\.onnx"):
        heard(pool, "Rest.", 1.0)
    pool.close()


@pytest.mark.slow
def test_an_unknown_voice_names_those_there_are():
    with pytest.raises(UsageError, match=r"no voice 'bm_lewis'.*heart, emma"):
        hibari.version("bm_lewis")
