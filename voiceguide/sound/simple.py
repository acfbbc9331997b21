"""An optional sink: the sound device by way of the simpleaudio package, the extra `voiceguide[simpleaudio]`.

simpleaudio plays one finished buffer on the system's default device. It cannot stream, pause or choose a device, and on
Python 3.12 and later it ends the program when a sound ends; so this sink gathers the session, plays it when it is closed, and
is only for Python below 3.12. Building it needs a C compiler and the ALSA headers (Debian: libasound2-dev).
"""

import sys
from importlib.util import find_spec
from typing import Any

from voiceguide.audio import RATE, Block
from voiceguide.errors import DeviceError

SUPPORTED = (3, 12)


class SimpleAudioSink:
    """Plays what was written when closed, and returns when it has been heard. 16 bits, about 11 MB a minute in memory."""

    def __init__(self) -> None:
        self._simpleaudio = _package()
        self._pieces: list[bytes] = []

    def write(self, block: Block) -> None:
        """Take (n, 2) float32 at 48 kHz; what is beyond full scale is clipped."""
        import numpy as np

        whole = np.rint(np.clip(block, -1.0, 1.0) * 32767.0)
        self._pieces.append(np.ascontiguousarray(whole, dtype="<i2").tobytes())

    def close(self) -> None:
        """Play it all. Raises DeviceError when there is no device."""
        sound, self._pieces = b"".join(self._pieces), []
        if not sound:
            return
        try:
            self._simpleaudio.play_buffer(sound, 2, 2, RATE).wait_done()
        except Exception as error:
            raise DeviceError(f"simpleaudio found no sound device ({error}); connect one, or export to a file") from error


def usable() -> bool:
    """Whether the package is installed and this Python survives it."""
    return sys.version_info < SUPPORTED and find_spec("simpleaudio") is not None


def _package() -> Any:
    if sys.version_info >= SUPPORTED:
        raise DeviceError("simpleaudio ends the program on Python 3.12 and later; use Python 3.11, or export to a file")
    try:
        import simpleaudio
    except ImportError as error:
        words = "simpleaudio is not installed; pip install 'voiceguide[simpleaudio]' (needs a C compiler and the ALSA headers)"
        raise DeviceError(words) from error
    return simpleaudio
