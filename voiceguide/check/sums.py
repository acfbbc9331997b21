"""Rules about a routine that must hold together: R30, R32 and R33."""

import re
from collections.abc import Iterator, Sequence

from voiceguide.audio import RATE, seconds
from voiceguide.check.amounts import durations
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Line, Routine
from voiceguide.check.rule import Finding
from voiceguide.check.wording import bases, says, words
from voiceguide.plan.budget import CLOSING, LEAD_IN, REST
from voiceguide.script.model import Node, Section
from voiceguide.speech.normaliser import unspeakable

_MINUTES = re.compile(r"minutes?\b", re.IGNORECASE)
_SESSION = r"(?:session|routine|massage|practice|programme|program)"
_WHOLE = re.compile(
    rf"\b(?:this|the|whole|your|our)\s+(?:\w+[\s-]+){{0,3}}(?:rest|{_SESSION})\b"
    rf"|\b{_SESSION}\b(?:\s+\w+){{0,2}}\s+(?:lasts|takes|is|of|runs)\b"
    r"|\ball in all\b|\bin total\b|\baltogether\b",
    re.IGNORECASE,
)
_LEAST = 120
_COMMON = frozenset(
    word.text
    for word in words(
        "the a an and or of to on in at with your their you it is for as by from up down over slowly again once more let go "
        "rest hold both hands hand side sides then now this that its into one each every after before out back step short "
        "second same return did like"
    )
)


def speakable(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R30: what the voice cannot say."""
    front = routine.front
    for line in routine.lines:
        if left := unspeakable(line.text, front.language or "en", front.say):
            yield Finding(line.at, f"the voice cannot say {', '.join(map(repr, left[:3]))}")


def totals(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R32: a length that is said, and another that is so."""
    front = routine.front
    if not routine.plans and front.minutes is None:
        return
    ideal = seconds(front.minutes.ideal) if front.minutes else routine.plans[0].seconds
    spoken = [(line.at, text) for line in routine.lines if _WHOLE.search(text := line.text)]
    for at, text in [(routine.title, front.title), (routine.title, front.summary), *spoken]:
        for said, _ in durations(text.replace("-", " ")) if _MINUTES.search(text) and "{" not in text else ():
            if said >= _LEAST and _differs(said, ideal, limits) and not _within(said, routine):
                yield Finding(at, f"{said / 60:g} minutes are said, and it lasts {ideal / 60:.1f}")
    added = _added(routine.script.sections)
    if front.minutes and added and _differs(added, seconds(front.minutes.ideal), limits):
        yield Finding(
            routine.title,
            f"the sections add up to {added / 60:.1f} minutes, and {seconds(front.minutes.ideal) / 60:g} are promised",
        )


def _within(said: float, routine: Routine) -> bool:
    """The least or the most of what is promised is a length it has, too."""
    minutes = routine.front.minutes
    return minutes is not None and minutes.least != minutes.most and said in (seconds(minutes.least), seconds(minutes.most))


def _differs(said: float, real: float, limits: Limits) -> bool:
    return 100 * abs(said - real) / real > limits["total differs"]


def _added(sections: Sequence[Section]) -> float:
    """The headings' own wishes added up, with what lies between; 0 where one has none, or may be left out."""
    wishes = [section.attributes for section in sections]
    if any(wish.ideal is None or wish.optional is not None or wish.when for wish in wishes):
        return 0.0
    frames = sum(wish.ideal or 0 for wish in wishes) + LEAD_IN + REST * (len(wishes) - 1) + CLOSING.ideal
    return frames / RATE


def dangling(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R33: words that look back at something that may have been left out."""
    optional = [section for section in _sections(routine.script.sections) if _may_drop(section)]
    for section in optional:
        mine = [line for line in routine.lines if section.at in {heading.at for heading in line.headings}]
        own = _topics(f"{section.title} {' '.join(line.text for line in mine)}")
        if not mine:
            continue
        others = [line for line in routine.lines if line not in mine]
        before = _topics(" ".join(f"{line.headings[-1].title} {line.text}" for line in others if line.at < mine[0].at))
        for line in others:
            looks_back = line.at > mine[-1].at and says(line.text, "looking back") and not _inside_drop(line, section)
            about = sorted((_topics(line.text) & own) - before) if looks_back else []
            if about:
                yield Finding(line.at, f"this looks back at “{section.title}” ({about[0]}), which may be left out")


def _topics(text: str) -> frozenset[str]:
    """The words that carry the meaning, each in its shortest form."""
    return (
        frozenset(min(bases(word.text), key=lambda form: (len(form), form)) for word in words(text) if word.text.isalpha())
        - _COMMON
    )


def _may_drop(section: Section) -> bool:
    return section.attributes.optional is not None


def _inside_drop(line: Line, section: Section) -> bool:
    """A line that itself is dropped no later."""
    order = section.attributes.optional or 0
    return any((heading.attributes.optional or 0) >= order for heading in line.headings)


def _sections(body: Sequence[Node]) -> Iterator[Section]:
    for node in body:
        if isinstance(node, Section):
            yield node
            yield from _sections(node.body)
