"""Words for the audio process: those of the next minute and at least the next three, and a little of what was just heard."""

from bisect import bisect_left
from collections.abc import Callable
from itertools import islice

from voiceguide.audio import RATE, Mono
from voiceguide.live.booth import Booth
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Content, Timeline

AHEAD, LEAST = 60 * RATE, 3
BEHIND = 20 * RATE


class Feed:
    """Keeps the audio process supplied with the `sounds` it will need, and lets it forget what it will not."""

    def __init__(self, booth: Booth, sounds: "Callable[[Content], bytes | Mono]") -> None:
        self._booth, self._sounds = booth, sounds
        self._held: dict[Content, None] = {}

    def clear(self) -> None:
        """A new process holds nothing yet."""
        self._held.clear()

    def keep(self, transport: Transport) -> None:
        """Send what is missing around the transport's position; call it before the sound is told to go there."""
        timeline, position = transport.timeline, transport.position
        near = timeline.between(position - BEHIND, position + AHEAD)
        wanted = dict.fromkeys(cue.content for cue in near if cue.track == "voice") | _next(timeline, position)
        for content in wanted:
            if content not in self._held:
                self._booth.clip(content, self._sounds(content))
        if gone := tuple(content for content in self._held if content not in wanted):
            self._booth.forget(gone)
        self._held = wanted


def _next(timeline: Timeline, position: int) -> dict[Content, None]:
    """The next three that are said, however far away."""
    found: dict[Content, None] = {}
    for cue in islice(timeline.cues, bisect_left(timeline.starts, position), None):
        if cue.track == "voice":
            found[cue.content] = None
        if len(found) == LEAST:
            break
    return found
