"""How far a timeline that is still being planned is settled: what comes later can reach back no further.

A duck begins before its words and is held through a short gap before them, and the limiter hears a little ahead.
"""

from voiceguide.audio import RATE
from voiceguide.plan.timeline import Timeline

HELD_GAP = 4 * RATE
EARLIEST = 2 * RATE
"""No duck begins longer before its words: at 30 dB a second that is enough for 40 dB."""

MASTERED = RATE // 50
"""The limiter needs to hear no further ahead than this to give a frame."""


def settled(timeline: Timeline) -> int:
    """The frame up to which nothing planned later can change the sound: no duck of words to come reaches back so far."""
    if timeline.planned >= timeline.length:
        return timeline.length
    said = timeline.cue_at(timeline.planned)
    open_ = said is not None and timeline.planned - said.end < HELD_GAP
    return max(0, min(timeline.planned - EARLIEST, said.end if said and open_ else timeline.planned) - MASTERED)
