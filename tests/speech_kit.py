"""Voices that misbehave, as somebody's package would bring them, and sentences to try them on."""

import re
from pathlib import Path

import pytest

from voiceguide.audio import Mono
from voiceguide.plan.timeline import Spoken
from voiceguide.script.model import Place, Say
from voiceguide.speech import estimate
from voiceguide.speech.clip import version_of
from voiceguide.speech.flac import decode
from voiceguide.speech.pool import Pool
from voiceguide.speech.voice import language_of

SENTENCES = Path(__file__).with_name("speech_sentences.txt")

STRANGE = '''
import ctypes, os, signal, socket, sys, time
from pathlib import Path
import numpy as np

RATE = 16_000

def hum(seconds):
    return (0.2 * np.sin(np.arange(int(RATE * seconds)) * 0.1)).astype(np.float32)

def once(name):
    """True the first time any process asks."""
    try:
        (Path(os.environ["STRANGE"]) / name).touch(exist_ok=False)
    except FileExistsError:
        return False
    return True

class Strange:
    rate = RATE
    lanes = 2

    def __init__(self, name):
        self.name = name

    def speak(self, text, speed):
        return getattr(self, self.name.replace("-", "_"))(len(text) / 14 / speed)

    def good(self, seconds): return hum(seconds)
    def patient(self, seconds): return hum(seconds)
    def chatty(self, seconds): print("Audio saved to nowhere", flush=True); os.write(1, b"more"); return hum(seconds)
    def crash(self, seconds): os.kill(os.getpid(), signal.SIGSEGV); time.sleep(600)
    def crash_once(self, seconds):
        if once("crash"): self.crash(seconds)
        return hum(seconds)
    def leave(self, seconds): os._exit(3)
    def hang(self, seconds): time.sleep(600)
    def stop(self, seconds): os.kill(os.getpid(), signal.SIGSTOP); time.sleep(600)
    def stuck(self, seconds): ctypes.PyDLL(None).sleep(600)
    def fail(self, seconds): raise RuntimeError("no words\\nat all")
    def nothing(self, seconds): return hum(0)
    def silence(self, seconds): return hum(seconds) * 0
    def nan(self, seconds): return np.where(np.arange(len(hum(seconds))) == 99, np.nan, hum(seconds))
    def loud(self, seconds): return hum(seconds) * 40
    def short(self, seconds): return hum(seconds / 8)
    def long(self, seconds): return hum(seconds * 8)
    def huge(self, seconds): return np.zeros(10**9, np.float32)
    def nonsense(self, seconds):
        for number in range(3, 64):
            try: os.write(number, b"\\xff" * 64)
            except OSError: pass
        time.sleep(600)
    def network(self, seconds): socket.create_connection(("127.0.0.1", 9)); return hum(seconds)
    def restless(self, seconds): return hum(seconds + (0.3 if once("restless") else 0))

def load(name):
    if name == "unloadable": raise OSError("the model is torn")
    if name == "dead": os._exit(1)
    while name == "patient" and not (Path(os.environ["STRANGE"]) / "go").exists(): time.sleep(0.01)
    return Strange(name)
'''


@pytest.fixture
def strange(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`strange:good`, `strange:crash` and more, installed as somebody's package for this process and its children."""
    folder = tmp_path / "strange"
    info = folder / "strange-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: strange\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[voiceguide.voices]\nstrange = strange:load\n")
    (folder / "strange.py").write_text(STRANGE)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("STRANGE", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=":")
    version_of.cache_clear()
    language_of.cache_clear()
    return folder


def heard(pool: Pool, text: str, speed: float) -> Mono:
    """The clip of a sentence that the voice of a pool has spoken, at 48 kHz."""
    return decode(pool.take(text, speed, estimate.seconds(text, pool.voice, speed))[0])


def spoken(text: str, line: int = 1, speed: float = 1.0, **options: object) -> Spoken:
    """A sentence at a line of `routine.md`."""
    return Spoken(Say(text, Place("routine.md", line), **options), speed)  # type: ignore[arg-type]


def paragraphs() -> list[list[str]]:
    """The sentences that pace and estimates were fitted to."""
    text = SENTENCES.read_text(encoding="utf-8")
    return [re.split(r"(?<=[.?!])\s+", part.strip()) for part in text.split("\n\n")]
