"""Rules about what must be said: breath, agreement, when to stop, a gentle end. R19 to R22."""

from collections.abc import Callable, Iterator

from voiceguide.audio import RATE
from voiceguide.check.amounts import numbers
from voiceguide.check.clauses import asserted, told
from voiceguide.check.levels import giving, lies, pressure
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Line, Passage, Plan, Routine
from voiceguide.check.rule import Finding, Severity
from voiceguide.check.wording import Sense, of, says, words
from voiceguide.script.model import Breathe, Hold, Node, Pattern
from voiceguide.script.walk import steps_of

_LIGHT = 4
_LIVELY = ("kneading", "tapping", "thumbs", "knuckles", "squeezing", "roller", "ball")
_LYING = ("prone", "supine", "lying", "side", "side-lying", "on the back", "on the front")


def breath(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R19: a long routine without breathing, or a breath that is held without being asked for."""
    for plan in routine.plans:
        if plan.seconds >= limits["needs a breath"] and not _breathes(plan):
            yield Finding(routine.title, f"in {plan.seconds / 60:.0f} minutes there is no breathing")
    for plan in routine.plans:
        for passage in plan.passages:
            chosen = passage.section.attributes.optional is not None or any(says(cue.text, "choice") for cue in passage.cues)
            for stretch in passage.stretches:
                pattern = _pattern(stretch.step)
                if pattern and _holds(pattern) and not chosen:
                    yield Finding(stretch.step.at, f"the pattern {pattern.name} holds the breath, and nobody chose it")
    for line in routine.lines:
        if any(map(_verb_at(line), asserted(line.text, "holding"))) and not says(line.text, "choice") and _of_breath(line):
            yield Finding(line.at, "this asks to hold the breath, and leaves no choice")


def _verb_at(line: Line) -> Callable[[Sense], bool]:
    """`a held breath` asks for nothing."""
    return lambda sense: words(line.text)[sense.start].text != "held"


def _of_breath(line: Line) -> bool:
    """What is held is the breath: it is named in the sentence, or in the one before and held as *it*."""
    return says(line.text, "of breath") or ("hold it" in line.text.lower() and says(line.before, "of breath"))


def _breathes(plan: Plan) -> bool:
    paced = any(_pattern(stretch.step) for stretch in plan.timeline.stretches)
    return paced or any(asserted(cue.text, "breath cue") for cue in plan.voice)


def _pattern(step: Node) -> Pattern | None:
    return step.pattern if isinstance(step, Breathe) else step.breathe if isinstance(step, Hold) else None


def _holds(pattern: Pattern) -> bool:
    return pattern.hold_in > RATE or pattern.hold_out > RATE


def agreement(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R20: hands touch before both have agreed on where, how firmly, and how to stop."""
    for plan in routine.plans if routine.partner else ():
        touched = giving(plan)
        if not touched:
            continue
        before = [cue.text for cue in plan.voice if cue.start / RATE < touched[0].start + 1]
        missing = [name for name, meaning in _AGREED.items() if not any(_is_said(text, meaning) for text in before)]
        if missing:
            yield Finding(touched[0].section.at, f"before the first touch there is no {_listed(missing)}")


_AGREED = {"question which places are welcome": "consent", "stop word": "stop word", "number for the pressure": "scale"}


def _is_said(text: str, meaning: str) -> bool:
    """Said in so many words, or by what belongs to it: a place and a wish, a word and stopping, numbers up to ten."""
    return says(text, meaning) or all(says(text, part) for part in _PARTS_OF[meaning]) or (meaning == "scale" and _to_ten(text))


def _to_ten(text: str) -> bool:
    said = {value for value, _, _ in numbers(text)}
    return 10 in said and bool(said & {0, 1})


_PARTS_OF = {
    "consent": ("touched", "wished", "inquiring"),
    "stop word": ("stopped", "signalled"),
    "scale": ("graded", "firmness"),
}


def _listed(names: list[str]) -> str:
    return " and no ".join([", no ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def warnings(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R21: no word on when to leave it, when to stop, or whom it is not for."""
    if routine.front.audience is None and not any(giving(plan) for plan in routine.plans):
        return
    missing = []
    if not routine.front.cautions:
        missing.append("list of cautions in the front matter")
    texts = [f"{line.before} {line.text}" if line.before.endswith("?") else line.text for line in routine.lines]
    if routine.front.audience == "rest":
        if _has_breath(routine) and not any(says(text, "as you like") or _stops(text) for text in texts):
            missing.append("way out of the pace of the breath")
    else:
        if not any(_spares(text) for text in texts):
            missing.append("spoken word about who should leave it or ask first")
        if not any(_stops(text) for text in texts):
            missing.append("spoken word about when to stop")
    if missing:
        lighter: Severity | None = "warning" if routine.front.audience == "rest" else None
        yield Finding(routine.title, f"there is no {_listed(missing)}", lighter)


def _has_breath(routine: Routine) -> bool:
    return any(_pattern(step) for step in steps_of(routine.written))


def _spares(text: str) -> bool:
    """Names an illness or an injury, or a place to keep off."""
    kept_off = any(
        not told(text, part) for part in of(text, "spine", "low back", "neck", "ribs", "tailbone", "kidneys", "throat")
    )
    return says(text, "illness") or kept_off


def _stops(text: str) -> bool:
    """An alarm, and what to do then: stop, or not go on."""
    ends = says(text, "stopping") or any(not told(text, sense) for sense in of(text, "going on"))
    return ends and says(text, "alarm")


def ending(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R22: an end that is too sudden for a body at rest."""
    for plan in routine.plans:
        firm = [passage for passage in plan.passages if _works(passage)]
        touched = giving(plan)
        if firm and touched:
            calm = plan.timeline.closing / RATE - firm[-1].end
            if calm < limits["closing"]:
                yield Finding(
                    firm[-1].section.at, f"after the last firm work there are {max(0, calm):.0f} s of light touch or stillness"
                )
        last = max((cue.end for cue in plan.voice), default=0)
        if plan.voice and (plan.timeline.length - last) / RATE < limits["last word"]:
            yield Finding(routine.title, f"the sound ends {(plan.timeline.length - last) / RATE:.0f} s after the last word")
        if _lying(routine, plan) and not any(says(cue.text, "rising") and says(cue.text, "slowly") for cue in plan.voice):
            yield Finding(routine.title, "whoever lies is never told to sit up slowly")


def _works(passage: Passage) -> bool:
    """Firmer than light strokes, or kneading and tapping, however light."""
    least, most = pressure(passage) or (0, 0)
    return most > _LIGHT or (least == _LIGHT and passage.tags.technique in _LIVELY)


def _lying(routine: Routine, plan: Plan) -> bool:
    if routine.front.audience == "rest":
        return False
    position = plan.position.lower()
    return position in _LYING if position else any(lies(cue.text) for cue in plan.voice)
