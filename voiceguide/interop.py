"""Sound to and from pydub, the extra `voiceguide[pydub]`: a session as an AudioSegment, an AudioSegment as a bed or a cue."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio import RATE, Block
from voiceguide.errors import UsageError
from voiceguide.resample import resample

if TYPE_CHECKING:
    from pydub import AudioSegment

FULL_SCALE = 32_768.0


def to_audio_segment(blocks: Iterable[Block]) -> "AudioSegment":
    """Blocks of (n, 2) float32 at 48 kHz as one 16-bit stereo AudioSegment, held in memory."""
    segment = _pydub().AudioSegment
    pieces = [np.rint(np.clip(block, -1.0, 1.0) * (FULL_SCALE - 1)).astype("<i2").tobytes() for block in blocks]
    return segment(data=b"".join(pieces), sample_width=2, frame_rate=RATE, channels=2)


def as_sound(given: Any, name: str) -> NDArray[np.float32]:
    """An AudioSegment, or a float32 array of shape (n,) or (n, 2) at 48 kHz, as (n, 2) float32 at 48 kHz.

    Raises UsageError for anything else."""
    if isinstance(given, np.ndarray):
        return _stereo(given.astype(np.float32), name)
    if not all(hasattr(given, wanted) for wanted in ("raw_data", "sample_width", "frame_rate", "channels")):
        raise UsageError(f"sound {name!r} is a {type(given).__name__}; give a pydub AudioSegment or a float32 array at 48 kHz")
    samples = np.array(given.get_array_of_samples(), np.float32) / float(1 << (8 * given.sample_width - 1))
    return _stereo(resample(samples.reshape(-1, given.channels), given.frame_rate), name)


def _stereo(sound: NDArray[np.float32], name: str) -> NDArray[np.float32]:
    if sound.ndim == 1:
        sound = sound[:, None]
    if sound.ndim != 2 or not len(sound) or not 1 <= sound.shape[1] <= 8:
        raise UsageError(f"sound {name!r} has the shape {sound.shape}; give (frames,) or (frames, 2)")
    mono_or_more = sound if sound.shape[1] == 2 else np.repeat(sound.mean(axis=1, keepdims=True), 2, axis=1)
    return np.nan_to_num(mono_or_more, nan=0.0, posinf=1.0, neginf=-1.0)


def _pydub() -> Any:
    try:
        import pydub
    except ImportError as error:
        raise UsageError("pydub is not installed; pip install 'voiceguide[pydub]'") from error
    return pydub
