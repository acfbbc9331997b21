"""Where sentences are recorded: each voice in a process of its own, and a finished FLAC for every good take.

Only the tone, which holds no engine, speaks in this process.
"""

import os
from threading import Lock

from voiceguide.speech import estimate
from voiceguide.speech.clip import Utterance
from voiceguide.speech.pool import Pool, Take


class Hummer:
    """The tone in this process."""

    def warm(self) -> None:
        """Nothing to load."""

    def take(self, text: str, speed: float, expected: float) -> Take:
        """The hum for a text, as a voice's sentence is taken."""
        from voiceguide.speech.take import take
        from voiceguide.speech.tone import Tone

        return take(Tone(), text, speed, expected)

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

    def record(self, asked: Utterance) -> Take:
        """The finished clip as FLAC, and how many dB its peaks were lowered by; VoiceError says what went wrong."""
        expected = estimate.seconds(asked.text, asked.voice, asked.speed)
        return self.pool(asked.voice).take(asked.text, asked.speed, expected)

    def pool(self, voice: str) -> "Pool | Hummer":
        """Whoever speaks for a voice; a process starts when it is warmed or first asked."""
        with self._opening:
            return self._pools.setdefault(voice, Hummer() if voice == "tone" else Pool(voice, self.jobs))

    def close(self) -> None:
        """End every worker."""
        while self._pools:
            self._pools.popitem()[1].close()
