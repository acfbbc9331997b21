"""A writer's own voice: a recorded cue, as long as it is, brought to the loudness of everything else that is said."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from voiceguide.audio import Mono, fade_in, gain
from voiceguide.errors import MediaError
from voiceguide.loudness import speech_level
from voiceguide.media import open_media
from voiceguide.speech.clip import LEVEL
from voiceguide.speech.finish import FADE, soften

LOUDEST_GAIN = 30.0


def recorded_cue(name: str, beside: Path, roots: Sequence[Path] = ()) -> Mono:
    """The recording a script calls `name`, (frames,) float32 at 48 kHz and -16 LUFS; pauses in it are kept.

    Raises MediaError when it may not be read, is no sound, or is silent."""
    return levelled(open_media(name, beside, roots).mono(), name)


def levelled(sound: Mono, name: str) -> Mono:
    """(frames,) at 48 kHz brought to -16 LUFS over what is said in it, its ends faded 5 ms, no peak above -1.5 dBTP.

    Raises MediaError for silence, or what is so quiet that it would only be noise."""
    level = speech_level(sound)
    if not np.isfinite(level) or LEVEL - level > LOUDEST_GAIN:
        raise MediaError(name, "silent, or far too quiet to be heard; record it again, closer to the microphone")
    clip, _ = soften((sound * np.float32(gain(LEVEL - level))).astype(np.float32))
    ramp = fade_in(min(FADE, len(clip)))
    clip[: len(ramp)] *= ramp
    clip[len(clip) - len(ramp) :] *= ramp[::-1]
    return clip
