"""Rules about how long and how fast the work is: R10, R11 and R31."""

from collections.abc import Iterator

from voiceguide.audio import RATE
from voiceguide.check.amounts import counted, durations
from voiceguide.check.clauses import asserted, told
from voiceguide.check.levels import pressing, pressure, tool
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Passage, Routine
from voiceguide.check.rule import Finding
from voiceguide.check.wording import Sense, says
from voiceguide.script.model import Hold, Place

_GLIDES = ("gliding", "glide", "strokes", "long strokes", "effleurage", "feathering", "stroking")
_WHOLE = 0.1


def pressed_spots(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R10: one spot pressed for too long, or too shortly to do anything."""
    for plan in routine.plans:
        for passage in (one for one in plan.passages if pressing(one) and one.holds):
            longest = max((hold.end - hold.start) / RATE for hold in passage.holds)
            yield from _pressed(passage.section.at, longest, (pressure(passage) or (0, 0))[1], limits)
    for line in routine.lines:
        for seconds, start in durations(line.text):
            if seconds > limits["longest press"] and told(line.text, Sense("time", start, start + 1)) and _on_a_spot(line.text):
                yield Finding(line.at, f"one spot is pressed for {seconds:.0f} s")


def _pressed(at: Place, seconds: float, level: int, limits: Limits) -> Iterator[Finding]:
    if seconds > limits["longest press"] + 0.5:
        yield Finding(at, f"one spot is pressed for {seconds:.0f} s")
    elif level >= limits["firm"] and seconds > limits["longest firm press"] + 0.5:
        yield Finding(at, f"one spot is pressed firmly for {seconds:.0f} s", "warning")
    elif seconds < limits["shortest press"] - 0.5:
        yield Finding(at, f"one spot is pressed for {seconds:.0f} s only", "hint")


def _on_a_spot(text: str) -> bool:
    return bool(
        asserted(text, "hold") or (asserted(text, "press") and any(word in text.lower() for word in ("spot", "knot", "point")))
    )


def sets(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R11: a set with a roller or a ball that is too long, or too many of them."""
    for plan in routine.plans:
        number: dict[tuple[str, str], int] = {}
        for passage in plan.passages:
            kind = tool(passage)
            for hold in passage.holds if kind and not pressing(passage) else ():
                seconds = (hold.end - hold.start) / RATE
                key = (kind, passage.tags.area)
                number[key] = number.get(key, 0) + 1
                if seconds > limits["longest set"] + 0.5:
                    yield Finding(passage.section.at, f"one set with the {kind} lasts {seconds:.0f} s")
                elif number[key] == limits["most sets"] + 1 and not _sided(passage):
                    yield Finding(
                        passage.section.at, f"there are more than {limits['most sets']:g} sets with the {kind} in one place"
                    )
    for line in routine.lines:
        for seconds, start in durations(line.text):
            if seconds > limits["longest set"] and told(line.text, Sense("time", start, start + 1)) and _with_tool(line.text):
                yield Finding(line.at, f"one set lasts {seconds:.0f} s")
        for many, start in counted(line.text, "set"):
            if many > limits["most sets"] and told(line.text, Sense("number", start, start + 1)) and _with_tool(line.text):
                yield Finding(line.at, f"{many:g} sets are asked for")


def _with_tool(text: str) -> bool:
    return bool(asserted(text, "roll")) and says(text, "roller", "ball")


def _sided(passage: Passage) -> bool:
    return any(cue.kind == "change" for cue in passage.cues)


def beats(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R31: a metronome that is too fast for the work, or has nothing to do with the breath."""
    for plan in routine.plans:
        for passage in plan.passages:
            for hold in passage.holds:
                if isinstance(hold.step, Hold) and hold.step.beat:
                    yield from _beat(passage, hold.step, hold.step.beat, limits)
    for line in routine.lines:
        for unit, most in (("stroke", limits["fastest strokes"]), ("pass", limits["fastest passes"])):
            for number, start in counted(line.text, unit):
                if number > most and "a minute" in line.text.lower() and told(line.text, Sense("number", start, start + 1)):
                    yield Finding(line.at, f"{number:g} in a minute are too fast to be calm")


def _beat(passage: Passage, hold: Hold, beat: float, limits: Limits) -> Iterator[Finding]:
    at = hold.at
    if _gliding(passage) and beat > limits["fastest strokes"]:
        yield Finding(at, f"{beat:g} gliding strokes a minute")
    if tool(passage) == "roller" and beat > limits["fastest passes"]:
        yield Finding(at, f"{beat:g} passes of the roller a minute")
    if hold.breathe:
        per_breath = beat * hold.breathe.period / (60 * RATE)
        if min(abs(per_breath - round(per_breath)), abs(1 / per_breath - round(1 / per_breath))) > _WHOLE:
            yield Finding(at, f"{beat:g} beats a minute are {per_breath:.2f} a breath, so neither leads")


def _gliding(passage: Passage) -> bool:
    if passage.tags.technique:
        return passage.tags.technique in _GLIDES
    return any(asserted(cue.text, "glide") for cue in passage.cues) and not any(
        asserted(cue.text, "press") for cue in passage.cues
    )
