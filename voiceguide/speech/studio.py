"""Where sentences are recorded: each voice in a process of its own, and a finished FLAC for every good take.

Only the tone, which holds no engine, speaks in this process.
"""

import os
from functools import cache
from threading import Lock

from voiceguide.speech import estimate
from voiceguide.speech.checks import check
from voiceguide.speech.clip import Utterance
from voiceguide.speech.flac import encode
from voiceguide.speech.pool import Answer, Pool


class Hummer:
    """The tone in this process."""

    def warm(self) -> None:
        """Nothing to load."""

    def speak(self, text: str, speed: float) -> Answer:
        """(frames a second, mono float32) of the hum for a text."""
        from voiceguide.speech.tone import RATE, Tone

        return RATE, Tone().speak(text, speed)

    def close(self) -> None:
        """Nothing to end."""


class Studio:
    """For callers in several threads; `jobs` None takes all cores. Close it to end the workers."""

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self._pools: dict[str, Pool | Hummer] = {}
        self._opening = Lock()

    def warm(self, voice: str) -> None:
        """Let a voice be loaded meanwhile; waits for nothing."""
        self.pool(voice).warm()

    def record(self, asked: Utterance) -> tuple[bytes, float]:
        """The finished clip as FLAC, and how many dB its peaks were lowered by; VoiceError says what went wrong."""
        from voiceguide.speech.finish import finish

        rate, sound = self.pool(asked.voice).speak(asked.text, asked.speed)
        check(sound, rate, estimate.seconds(asked.text, asked.voice, asked.speed))
        clip, lowered = finish(sound, rate)
        return encode(clip), lowered

    def pool(self, voice: str) -> "Pool | Hummer":
        """Whoever speaks for a voice; a process starts when it is warmed or first asked."""
        with self._opening:
            return self._pools.setdefault(voice, Hummer() if voice == "tone" else Pool(voice, self.jobs))

    def close(self) -> None:
        """End every worker."""
        while self._pools:
            self._pools.popitem()[1].close()


@cache
def lay_out() -> None:
    """Make everything ready that a take needs once it is spoken, so that the first one does not wait for it."""
    from voiceguide.speech.finish import finish

    rate, hum = Hummer().speak("Ready.", 1.0)
    clip, _ = finish(hum, rate)
    encode(clip)
