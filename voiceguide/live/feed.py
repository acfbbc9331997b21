"""Words for the audio process: those of the next minute and at least the next three, and a little of what was just heard."""

from bisect import bisect_left
from collections.abc import Callable
from itertools import islice

from voiceguide.audio import RATE, Mono
from voiceguide.live.booth import Booth
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Content

AHEAD, LEAST = 60 * RATE, 3
BEHIND = 20 * RATE


class Feed:
    """Keeps the audio process supplied with the `samples` it will need, and lets it forget what it will not."""

    def __init__(self, booth: Booth, samples: Callable[[Content], Mono]) -> None:
        self._booth, self._samples = booth, samples
        self._held: dict[Content, None] = {}

    def clear(self) -> None:
        """A new process holds nothing yet."""
        self._held.clear()

    def keep(self, transport: Transport) -> None:
        """Send what is missing around the transport's position; call it before the sound is told to go there."""
        timeline, position = transport.timeline, transport.position
        near = [cue for cue in timeline.between(position - BEHIND, position + AHEAD) if cue.track == "voice"]
        if sum(cue.start >= position for cue in near) < LEAST:
            later = timeline.cues[bisect_left(timeline.starts, position + AHEAD) :]
            near += islice((cue for cue in later if cue.track == "voice"), LEAST)
        wanted = dict.fromkeys(cue.content for cue in near)
        for content in wanted:
            if content not in self._held:
                self._booth.clip(content, self._samples(content))
        if gone := tuple(content for content in self._held if content not in wanted):
            self._booth.forget(gone)
        self._held = wanted
