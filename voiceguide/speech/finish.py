"""From what an engine returned to a clip that can be mixed: 48 kHz, tight edges, -16 LUFS, no peak above -1.5 dBTP.

The first word begins 2 ms into the clip, so that a cue is heard where the timeline says: at the first sample that is no more
than 27 dB under the clip's own loudness; what engines breathe before it would only make every line seem late. The last word
has 30 ms to end in, after the last 5 ms within 50 dB of the loudest 5 ms: soft endings count, an engine's hiss does not.
"""

import numpy as np

from voiceguide.audio import RATE, Mono, decibels, fade_in, gain
from voiceguide.errors import VoiceError
from voiceguide.loudness import LONG, speech_level, true_peak
from voiceguide.resample import PEAK_FACTOR, PEAK_REACH, four_times, resample
from voiceguide.speech.clip import LEVEL

CEILING = -1.5
ONSET = -27.0
HEAD = RATE * 2 // 1000
FADE = RATE * 5 // 1000
TAIL = RATE * 30 // 1000
PIECE = RATE * 5 // 1000
FLOOR = -50.0
STEP, REACH = RATE // 1000, 5


def finish(sound: Mono, rate: int) -> tuple[Mono, float]:
    """An engine's sentence (n,) at `rate` as a clip (m,) at 48 kHz, and how many dB its highest peak was lowered by.

    Raises VoiceError when there is nothing to hear.
    """
    clip = trim(resample(np.ascontiguousarray(sound, np.float32), rate))
    start, end = fade_in(min(HEAD, len(clip))), fade_in(min(FADE, len(clip)))
    clip[: len(start)] *= start
    clip[len(clip) - len(end) :] *= end[::-1]
    return soften(clip * np.float32(gain(LEVEL - _level(clip))))


def trim(sound: Mono) -> Mono:
    """A copy of the part of (n,) at 48 kHz from 2 ms before the first speech to 30 ms after the last."""
    heard = np.flatnonzero(np.abs(sound) >= gain(_level(sound) + ONSET))
    pieces = np.pad(sound, (0, -len(sound) % PIECE)).reshape(-1, PIECE)
    stretches = (pieces[at : at + LONG // PIECE] for at in range(0, len(pieces), LONG // PIECE))
    power = np.concatenate([np.square(stretch, dtype=np.float64).mean(axis=1) for stretch in stretches])
    ending = np.flatnonzero(power > power.max() * 10 ** (FLOOR / 10))
    last = min(len(sound), (int(ending[-1]) + 1) * PIECE + TAIL)
    return sound[max(0, int(heard[0]) - HEAD) : last].copy()


def _level(sound: Mono) -> float:
    level = speech_level(sound)
    if not np.isfinite(level):
        raise VoiceError("it returned silence")
    return level


def soften(clip: Mono) -> tuple[Mono, float]:
    """(n,) with its peaks turned down, smoothly over 5 ms each way, to stay under the ceiling; and by how many dB at most."""
    peak = true_peak(clip)
    ceiling = gain(CEILING)
    if peak <= ceiling:
        return clip, 0.0
    pieces = np.concatenate([_peaks(clip, at) for at in range(0, len(clip), LONG)])
    wanted = np.minimum(1.0, ceiling / np.maximum(pieces, 1e-9))
    lowest = np.lib.stride_tricks.sliding_window_view(np.pad(wanted, REACH, mode="edge"), 2 * REACH + 1).min(axis=1)
    window = np.hanning(2 * REACH + 1)[1:-1]
    smooth = np.convolve(np.pad(lowest, REACH - 1, mode="edge"), window / window.sum(), "valid")
    softened, middles = np.empty_like(clip), np.arange(len(smooth)) * STEP + STEP / 2
    for at in range(0, len(clip), LONG):
        stretch = clip[at : at + LONG]
        softened[at : at + LONG] = stretch * np.interp(np.arange(at, at + len(stretch)), middles, smooth)
    return softened, -decibels(float(smooth.min()))


def _peaks(clip: Mono, at: int) -> Mono:
    """The largest value of each millisecond in ten seconds from `at`, between its samples too."""
    before = min(at, PEAK_REACH)
    inner = slice(PEAK_FACTOR * before, PEAK_FACTOR * (before + len(clip[at : at + LONG])))
    between = np.abs(four_times(clip[at - before : at + LONG + PEAK_REACH])[inner])
    return np.asarray(np.pad(between, (0, -len(between) % (PEAK_FACTOR * STEP))).reshape(-1, PEAK_FACTOR * STEP).max(axis=1))
