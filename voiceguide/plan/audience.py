"""Who hears a session, and how much they are asked: cues of a whole timeline left out or sent to one ear, at the same times.

Nothing is planned anew: the silence of what is left out stays, so that two files made for two listeners run side by side.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from voiceguide.plan.timeline import Cue, Ear, Timeline
from voiceguide.script.model import CheckIn, Role

Whom = Literal["both", "giver", "receiver", "apart"]

_NUMBER = re.compile(r"\bnumber\b|\bscale\b|\d|\b(?:to|of) ten\b", re.IGNORECASE)
_EARS: dict[Role, Ear] = {"giver": "left", "receiver": "right", "both": "both"}


@dataclass(frozen=True, slots=True)
class Audience:
    """Who listens: both; the giver or the receiver alone; or both `apart`, the giver with the left ear, the receiver the right.

    A `sleepy` receiver is asked for a number once and then left in peace; a `quiet` one hears no check-ins but those that are
    kept, and no reminders."""

    whom: Whom = "both"
    sleepy: bool = False
    quiet: bool = False


EVERYBODY = Audience()


def addressed(timeline: Timeline, audience: Audience) -> Timeline:
    """What of a timeline this audience hears; every time in it stays, and what is planned later changes nothing earlier."""
    if audience == EVERYBODY:
        return timeline
    asked = _asked(timeline, audience)
    heard = (cue for cue in timeline.cues if _for(cue, audience) and asked(cue))
    return timeline.with_cues(replace(cue, ear=_EARS[cue.to]) if audience.whom == "apart" else cue for cue in heard)


def _for(cue: Cue, audience: Audience) -> bool:
    """Whether a cue is meant for this audience."""
    return audience.whom in ("both", "apart") or cue.to in ("both", audience.whom)


def _asked(timeline: Timeline, audience: Audience) -> Callable[[Cue], bool]:
    """Whether a question or a reminder is still heard."""
    kept = {stretch.start for stretch in timeline.stretches if isinstance(stretch.step, CheckIn) and stretch.step.keep}
    numbered = (cue.start for cue in timeline.cues if cue.kind == "question" and _NUMBER.search(cue.text))
    last = next(numbered, timeline.length) if audience.sleepy else timeline.length

    def heard(cue: Cue) -> bool:
        if cue.kind == "question":
            return cue.start in kept or (cue.start <= last and not audience.quiet)
        return cue.kind != "reminder" or not audience.quiet

    return heard
