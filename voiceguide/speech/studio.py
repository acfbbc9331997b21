"""Where sentences are recorded: one pool of workers for each voice in use, and a finished FLAC for every good take."""

import os
from threading import Lock

from voiceguide.speech import estimate
from voiceguide.speech.checks import check
from voiceguide.speech.clip import Utterance, encode
from voiceguide.speech.finish import finish
from voiceguide.speech.pool import Pool


class Studio:
    """For callers in several threads; `jobs` None takes all cores. Close it to end the workers."""

    def __init__(self, jobs: int | None = None) -> None:
        self.jobs = jobs or os.cpu_count() or 1
        self._pools: dict[str, Pool] = {}
        self._opening = Lock()

    def record(self, asked: Utterance) -> tuple[bytes, float]:
        """The finished clip as FLAC, and how many dB its peaks were lowered by; VoiceError says what went wrong."""
        rate, sound = self.pool(asked.voice).speak(asked.text, asked.speed)
        check(sound, rate, estimate.seconds(asked.text, asked.voice, asked.speed))
        clip, lowered = finish(sound, rate)
        return encode(clip), lowered

    def pool(self, voice: str) -> Pool:
        """The workers of a voice, started when they are first asked."""
        with self._opening:
            return self._pools.setdefault(voice, Pool(voice, self.jobs))

    def close(self) -> None:
        """End every worker."""
        while self._pools:
            self._pools.popitem()[1].close()
