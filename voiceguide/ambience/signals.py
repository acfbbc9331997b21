"""How long each signal sounds: known without making any, so that whoever only plans needs no numpy."""

from voiceguide.audio import frames

LENGTHS = {"soft": 5.0, "bowl": 12.0, "chime": 3.5, "closing": 16.0, "beat": 0.5, "tick": 0.5}
"""Seconds until a bell, a beat of the metronome or a tick of the countdown has rung out."""


def ringing(name: str) -> int:
    """Frames that a signal sounds. KeyError for one that is not in `LENGTHS`."""
    return frames(LENGTHS[name])
