"""Rules about the two bodies: the giver's posture and the receiver's neck. R28 and R29."""

from collections.abc import Iterator
from itertools import pairwise

from voiceguide.audio import RATE
from voiceguide.check.clauses import asserted, joined
from voiceguide.check.levels import giving
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Plan, Routine
from voiceguide.check.rule import Edit, Finding
from voiceguide.check.wording import of, says, words
from voiceguide.plan.timeline import Cue

_TURN = """# Turn the head {keep, ideal 15s}

[to receiver]

If you like, you may turn your head to the other side.

[hold 4s-12s]

"""


_OTHERS = frozenset(["the", "their", "his", "her", "partner", "receiver", "a", "each", "both", "whole", "to", "at"])
_NEAR = 4


def posture(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R28: long giving without a word for the giver's own back and hands."""
    for plan in routine.plans if routine.partner else ():
        touched = giving(plan)
        if not touched:
            continue
        begun, ended = touched[0].start, touched[-1].end
        told = [cue.start / RATE for cue in plan.voice if _of_giver(cue)]
        for earlier, later in pairwise([begun, *(time for time in told if begun < time < ended), ended]):
            if later - earlier > limits["without posture"]:
                at = next(p.section.at for p in touched if p.end > earlier)
                yield Finding(at, f"for {(later - earlier) / 60:.1f} minutes nothing is said about the giver's posture")
                break


def _of_giver(cue: Cue) -> bool:
    """A word for the giver's own body: one of the usual ones, or a part of it, nobody else's, and how it is at ease."""
    if says(cue.text, "posture") and not says(cue.text, "partner's"):
        return True
    said = words(cue.text)
    parts = [part for part in of(cue.text, "own part") if cue.to != "receiver" and said[part.start - 1].text not in _OTHERS]
    return any(abs(ease.start - part.start) <= _NEAR for part in parts for ease in of(cue.text, "at ease"))


def head_turns(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R29: face down for long, and the head never turns."""
    for plan in routine.plans:
        if not _prone(plan):
            continue
        begun, ended = _face_down(plan)
        told = [cue.start / RATE for cue in plan.voice if _turns_head(cue.text)]
        for earlier, later in pairwise([begun, *(time for time in told if begun < time < ended), ended]):
            if later - earlier > limits["without head turn"]:
                passage = next(p for p in plan.passages if p.end > earlier)
                words = f"for {(later - earlier) / 60:.1f} minutes nobody is told to turn the head"
                yield Finding(passage.section.at, words, edit=_turn_at(routine, plan, earlier, later))
                break


def _turns_head(text: str) -> bool:
    either = [*joined(text, "turning", "face", 3), *joined(text, "face", "turning", 6)]
    return bool(either) or bool(asserted(text, "head turn"))


def _prone(plan: Plan) -> bool:
    return plan.position == "prone" if plan.position else any(asserted(cue.text, "prone") for cue in plan.voice)


def _face_down(plan: Plan) -> tuple[float, float]:
    """From lying down, or the first touch, until somebody sits up."""
    lain = [cue.end / RATE for cue in plan.voice if asserted(cue.text, "prone")]
    touched = giving(plan)
    begun = lain[0] if lain else touched[0].start if touched else 0.0
    risen = [cue.start / RATE for cue in plan.voice if says(cue.text, "rising") and cue.start / RATE > begun]
    worked = [passage.end for passage in touched]
    return begun, max(begun, min([*risen[:1], plan.seconds]) if risen else max(worked, default=plan.seconds))


def _turn_at(routine: Routine, plan: Plan, earlier: float, later: float) -> Edit | None:
    """A section that lets the head turn, before the chapter that begins next to the middle of the long time."""
    middle = (earlier + later) / 2
    own = {section.at.line for section in routine.script.sections if section.at.file == routine.script.source}
    starts = [
        (abs(passage.start - middle), passage.section.at.line)
        for passage in plan.passages
        if passage.section.level == 1 and earlier < passage.start < later and passage.section.at.line in own
    ]
    words = _TURN if len(routine.front.position) < 2 else _TURN.replace("{keep,", "{keep, when position = prone,")
    return Edit(min(starts)[1], "", words) if starts else None
