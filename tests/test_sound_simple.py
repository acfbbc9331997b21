"""The sink is heard by ALSA's own file device: what it writes there is what a loudspeaker would have got."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voiceguide.errors import DeviceError
from voiceguide.sound import simple

PLAY = """
import sys
import numpy as np
from voiceguide.audio import empty
from voiceguide.sound.simple import SimpleAudioSink
sink = SimpleAudioSink()
tone = empty(48_000)
tone[:, 0] = 0.5 * np.sin(np.arange(48_000) / 20)
tone[:, 1] = 2.0
for start in range(0, 48_000, 7_000):
    sink.write(tone[start:start + 7_000])
sink.close()
"""


def devices(tmp_path: Path, lines: str) -> dict[str, str]:
    config = tmp_path / "asound.conf"
    config.write_text(lines)
    return {"ALSA_CONFIG_PATH": str(config), "PYTHONPATH": str(Path(simple.__file__).parents[2]), "HOME": str(tmp_path)}


@pytest.mark.needs("simpleaudio")
def test_every_frame_reaches_the_device_in_order(tmp_path: Path) -> None:
    heard = tmp_path / "heard.raw"
    lines = f'pcm.!default {{ type file slave.pcm "null" file "{heard}" format "raw" }}\npcm.null {{ type null }}\n'
    subprocess.run([sys.executable, "-c", PLAY], env=devices(tmp_path, lines), check=True, timeout=30)
    sound = np.frombuffer(heard.read_bytes(), "<i2").reshape(-1, 2)
    assert len(sound) == 48_000
    assert np.array_equal(sound[:, 0], np.rint(0.5 * np.sin(np.arange(48_000) / 20).astype(np.float32) * 32767).astype(int))
    assert (sound[:, 1] == 32767).all()


@pytest.mark.needs("simpleaudio")
def test_no_device_is_said_in_words(tmp_path: Path) -> None:
    code = PLAY.replace("sink.close()", "import voiceguide.errors as e\ntry: sink.close()\nexcept e.DeviceError as x: print(x)")
    told = subprocess.run(
        [sys.executable, "-c", code], env=devices(tmp_path, ""), check=True, timeout=30, capture_output=True, text=True
    )
    assert "no sound device" in told.stdout
    assert "export to a file" in told.stdout


@pytest.mark.needs("simpleaudio")
def test_a_python_it_would_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simple, "SUPPORTED", (99, 0))
    assert simple.usable()
    monkeypatch.setattr(simple, "SUPPORTED", (3, 0))
    assert not simple.usable()
    with pytest.raises(DeviceError, match=r"Python 3\.11"):
        simple.SimpleAudioSink()


def test_a_missing_package_names_its_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    with pytest.raises(DeviceError, match=r"voiceguide\[simpleaudio\]"):
        simple.SimpleAudioSink()
