from pathlib import Path

import numpy as np
import pytest
import soundfile
from export_kit import music

from voiceguide.audio import RATE
from voiceguide.errors import VoiceguideError
from voiceguide.export.reread import reread

PEAK = float(np.abs(music(RATE)).max())


def checked(path: Path, frames: int, peak: float = PEAK) -> int:
    with path.open("r+b") as file:
        return reread(file, frames, peak)


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3"])
def test_a_good_file_is_found_as_long_as_it_is(tmp_path: Path, suffix: str) -> None:
    soundfile.write(tmp_path / f"a.{suffix}", music(RATE), RATE)
    assert checked(tmp_path / f"a.{suffix}", RATE) == RATE


def test_a_wrong_length_silence_and_rubbish_are_refused(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "short.wav", music(RATE), RATE)
    with pytest.raises(VoiceguideError, match="47999 were written"):
        checked(tmp_path / "short.wav", RATE - 1)
    soundfile.write(tmp_path / "silent.wav", np.zeros((RATE, 2)), RATE)
    with pytest.raises(VoiceguideError, match="silent"):
        checked(tmp_path / "silent.wav", RATE)
    assert checked(tmp_path / "silent.wav", RATE, peak=0) == RATE
    (tmp_path / "rubbish.flac").write_bytes(b"fLaC" + bytes(100))
    with pytest.raises(VoiceguideError, match="cannot be read again"):
        checked(tmp_path / "rubbish.flac", RATE)
