"""The bell that answers at once is soft, swells, ends in silence, and needs nothing that takes long to import."""

import subprocess
import sys

import numpy as np
from deck_kit import as_floats

from voiceguide.audio import RATE
from voiceguide.loudness import energies, lufs, windows
from voiceguide.sound.greeting import LENGTH, greeting

IMPORTED = "import sys, voiceguide.sound.desk; print(*sorted({'numpy', 'miniaudio', 'urllib.request'} & set(sys.modules)))"


def test_it_is_as_loud_as_a_bed_and_startles_nobody() -> None:
    sound = as_floats(greeting()).astype(np.float32)
    assert sound.shape == (LENGTH, 2)
    assert -32 < lufs(float(windows(energies(sound)).max())) < -28
    assert not sound[[0, -1]].any()
    loud = np.square(sound[: RATE // 10, 0]).reshape(-1, RATE // 100).mean(1)
    assert np.flatnonzero(loud > loud.max() / 2)[0] >= 3
    assert np.abs(np.diff(sound[:, 0])).max() < 0.005


def test_the_audio_process_begins_with_the_standard_library_alone() -> None:
    done = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
