"""Calls of crickets and birds, found from the time alone: call `i` of a caller is `i` periods on, give or take a hash of `i`.

A caller has a few syllables, made once, and a few phrases of them. Each syllable of a phrase is added in the chunk where it
begins and rings on into the next, so a phrase may be longer than a chunk.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from voiceguide.ambience import chance, recipe
from voiceguide.ambience.chunks import CHUNK, Planar
from voiceguide.ambience.grains import faded
from voiceguide.ambience.noise import TO_LOG
from voiceguide.ambience.recipe import FLAT_BED
from voiceguide.audio import RATE, Mono, Values, frames, gain

SYLLABLES, PHRASES = 3, 6
OCTAVE_AT = np.pi / 3
WOOD, WOOD_LENGTH = 0.06, 0.2
"""Seconds in which the echo of a wood falls by 8.7 dB, and how much of it is kept."""

FIRST_ECHO = 0.015


@dataclass(frozen=True, slots=True)
class _Caller:
    """One cricket or bird. Times are in frames; `sides` its amplitude left and right; phrases are (offset, syllable) pairs."""

    period: int
    phase: int
    sides: Planar
    syllables: tuple[Mono, ...]
    phrases: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def longest(self) -> int:
        """Frames from the beginning of a phrase to that of its last syllable, at most."""
        return max(phrase[-1][0] for phrase in self.phrases)

    @property
    def energy(self) -> float:
        """Mean energy of a call, both sides together."""
        each = [float(np.sum(sound * sound)) for sound in self.syllables]
        return float(np.mean([sum(each[which] for _, which in phrase) for phrase in self.phrases]) * np.sum(self.sides**2))


class Calls:
    """A `calls` layer."""

    def __init__(self, settings: recipe.Calls, source: int) -> None:
        self._settings = settings
        random = chance.generator(source, 0)
        self._callers = tuple(_caller(settings, number, random) for number in range(settings.callers))
        self._period, self._phase, self._longest = np.array(
            [[one.period, one.phase, one.longest] for one in self._callers], float
        ).T[:, :, None]
        self._keys = source + 10 * np.arange(settings.callers)[:, None]
        power = sum(one.energy / one.period for one in self._callers) / 2 * (1 - settings.rest)
        mean_power = settings.spread**2 * TO_LOG
        self._level = FLAT_BED + settings.level - 10 * np.log10(power) - mean_power

    def add(self, chunk: int, piece: Planar) -> None:
        """Add the syllables that begin in `chunk`."""
        for number, at, which, loud in self._calls(chunk * CHUNK):
            caller = self._callers[number]
            sides = caller.sides * loud
            for offset, syllable in caller.phrases[which]:
                if 0 <= at + offset < CHUNK:
                    sound = caller.syllables[syllable]
                    piece[:, at + offset : at + offset + len(sound)] += sides * sound

    def _calls(self, begin: int) -> Iterator[tuple[int, int, int, np.float32]]:
        """Calls that may sound in the chunk from frame `begin`: caller, place against it, phrase, amplitude."""
        first = np.floor((begin - self._phase - self._longest) / self._period - self._settings.jitter)
        last = np.ceil((begin + CHUNK - self._phase) / self._period + self._settings.jitter)
        call = (first + np.arange(int((last - first).max()) + 1)).astype(np.int64)
        away = self._settings.jitter * (chance.uniform(self._keys, call) - 0.5)
        at = np.floor((call + away) * self._period + self._phase).astype(np.int64)
        turn = np.floor(at / RATE / self._settings.turn + chance.uniform(self._keys + 4, 0))
        awake = chance.uniform(self._keys + 1, turn.astype(np.int64)) >= self._settings.rest
        number, column = np.nonzero(awake & (at < begin + CHUNK) & (at + self._longest >= begin))
        which = chance.uniform(self._keys + 2, call)[number, column] * PHRASES
        level = self._level + self._settings.spread * np.minimum(chance.normal(self._keys + 3, call)[number, column], 2.0)
        places = (at[number, column] - begin).tolist()
        return zip(number.tolist(), places, which.astype(int).tolist(), np.exp(level * TO_LOG).astype(np.float32), strict=True)


def _caller(settings: recipe.Calls, number: int, random: np.random.Generator) -> _Caller:
    """Caller `number`: the first is the nearest; pitches are spread evenly over the range, the rest by chance."""
    song, share = settings.song, (number + 0.5) / settings.callers
    far = -settings.farther * number / max(1, settings.callers - 1)
    angle = (1 + settings.pan * random.uniform(-1, 1)) * np.pi / 4
    sides = np.array([[np.cos(angle)], [np.sin(angle)]], np.float32) * np.float32(gain(far))
    period = frames(random.uniform(*settings.period))
    place, pace = (share * 0.618 * settings.callers) % 1.0, random.random()
    length, gap = (low + (high - low) * pace for low, high in (song.length, song.gap))
    pitch = song.freq[0] * (song.freq[1] / song.freq[0]) ** place
    syllables = tuple(_syllable(song, pitch, length, random) for _ in range(SYLLABLES))
    phrases = tuple(_phrase(song, length + gap, random) for _ in range(PHRASES))
    return _Caller(period, int(random.integers(period)), sides, syllables, phrases)


def _phrase(song: recipe.Song, step: float, random: np.random.Generator) -> tuple[tuple[int, int], ...]:
    """Frames from the beginning, and which syllable is sung there."""
    count = int(random.integers(int(song.syllables[0]), int(song.syllables[1]) + 1))
    times = (np.arange(count) + 0.1 * song.variety * random.uniform(-1, 1, count)).clip(0) * step
    return tuple(
        (frames(at), which) for at, which in zip(times.tolist(), random.integers(0, SYLLABLES, count).tolist(), strict=True)
    )


def _syllable(song: recipe.Song, pitch: float, length: float, random: np.random.Generator) -> Mono:
    """A whistle that glides up, down or in an arch, with its octave, in its wood."""
    count = frames(length)
    share: Values = np.arange(count) / count
    pitch *= 1 + song.variety * random.uniform(-1, 1)
    glide = song.bend * random.uniform(-1, 1) * (share - 0.5, np.sin(np.pi * share))[int(random.integers(2))]
    turns = 2 * np.pi * np.cumsum(pitch * (1 + glide)) / RATE
    swell = np.sin(np.pi * share) ** 0.8
    sound = swell * (np.sin(turns) + song.overtone * swell * np.sin(2 * turns + OCTAVE_AT))
    return faded(sound.astype(np.float32) if song.echo <= -60 else _in_the_wood(sound, song.echo, random))


def _in_the_wood(sound: Values, echo: float, random: np.random.Generator) -> Mono:
    """The sound and what comes back from trees: noise that dies away, `echo` dB against the sound in power."""
    count = min(len(sound) + frames(WOOD_LENGTH), CHUNK)
    times = np.arange(count - len(sound)) / RATE
    trees = random.standard_normal(len(times)) * np.exp(-times / WOOD) * (times > FIRST_ECHO)
    trees *= gain(echo) / np.sqrt(np.sum(trees * trees))
    size = 1 << count.bit_length()
    back = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(trees, size))[:count]
    back[: len(sound)] += sound
    return back.astype(np.float32)
