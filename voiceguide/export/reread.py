"""A written file opened again, as a stranger would, before it takes its name."""

import os
from typing import BinaryIO

import numpy as np

from voiceguide.audio import RATE
from voiceguide.errors import VoiceguideError

BATCH = 10 * RATE
LOST = 0.25


def reread(file: BinaryIO, frames: int, peak: float) -> int:
    """Decode the whole file and give its length in frames.

    Raises VoiceguideError when it cannot be read, is not `frames` long, or holds less than a quarter of the `peak` that was
    written (12 dB).
    """
    found, loudest = _decoded(file)
    if found != frames:
        raise VoiceguideError(
            f"the file has {found} frames where {frames} were written; nothing was kept; try another kind of file"
        )
    if loudest < peak * LOST - 1e-3:
        raise VoiceguideError("the file is silent where sound was written; nothing was kept; try another kind of file")
    return found


def _decoded(file: BinaryIO) -> tuple[int, float]:
    """Length and largest sample."""
    import soundfile

    file.flush()
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    try:
        with soundfile.SoundFile(file.fileno(), closefd=False) as sound:
            found, loudest = 0, 0.0
            while len(block := sound.read(BATCH, dtype="float32")):
                found += len(block)
                loudest = max(loudest, float(np.abs(block).max()))
    except soundfile.LibsndfileError as error:
        raise VoiceguideError(f"the file that was written cannot be read again: {error}; nothing was kept") from error
    return found, loudest
