"""Rules about a routine that must hold together: R30, R32 and R33."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from voiceguide.audio import RATE, seconds
from voiceguide.check.amounts import durations
from voiceguide.check.clauses import asserted
from voiceguide.check.lexicon import PARTS
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Line, Routine
from voiceguide.check.rule import Finding
from voiceguide.check.wording import bases, of, says, words
from voiceguide.plan.budget import CLOSING, LEAD_IN, REST
from voiceguide.script.model import Node, Place, Section
from voiceguide.speech.normaliser import unspeakable

_LEAST = 120
_OPENING = 4
_COMMON = frozenset(
    word.text
    for word in words(
        "the a an and or of to on in at with your their you it is for as by from up down over slowly again once more let go "
        "rest hold both hands hand side sides then now this that its into one each every after before out back step short "
        "second same return did like well"
    )
)


_ENDS = frozenset(
    word.text
    for word in words(
        "under between along across behind beside onto until while where are can may if through near so who which around round "
        "above below against upon into ready off away aside again"
    )
)
_PUT = frozenset(["lay", "put", "set", "bring", "take"])
_GONE = re.compile(r"(?:down|back|off|out|away|aside|to an end|to a (?:stop|close|rest))\b")
_FADED = re.compile(r"(?:fade|die|ebb|come to an end|come to a stop)\b")
_IF_DONE = re.compile(r"\bif (?:you|they) (?:did|had|(?:have )?\w+[^e]ed)\b", re.IGNORECASE)
_PAST = ("ed", "en", "one", "un", "own", "ought", "lt", "had")
_BODY = (*PARTS, "body", "soft")


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
    spoken: list[tuple[Place, str, float]] = [
        (line.at, line.text, _LEAST) for line in routine.lines if _of_whole(line.text, "whole session")
    ]
    spoken += [
        (line.at, line.text, ideal / 2)
        for line in routine.lines[:_OPENING]
        if _of_whole(line.text, "whole session, at its start")
    ]
    for at, text, least in [(routine.title, front.title, _LEAST), (routine.title, front.summary, _LEAST), *spoken]:
        for said, _ in durations(text.replace("-", " ")) if "{" not in text else ():
            if said >= least and _differs(said, ideal, limits) and not _within(said, routine):
                yield Finding(at, f"{said / 60:g} minutes are said, and it lasts {ideal / 60:.1f}")
    wished, added = _added(routine.script.sections)
    if front.minutes and all(_differs(length, seconds(front.minutes.ideal), limits) for length in (wished, added)) and added:
        yield Finding(
            routine.title,
            f"the sections add up to {added / 60:.1f} minutes, and {seconds(front.minutes.ideal) / 60:g} are promised",
        )


def _of_whole(text: str, meaning: str) -> bool:
    """Whether a sentence speaks about the length of the whole, not of a step, a wait or a week."""
    return says(text, meaning) and not says(text, "only a part")


def _within(said: float, routine: Routine) -> bool:
    """The least or the most of what is promised is a length it has, too."""
    minutes = routine.front.minutes
    return minutes is not None and minutes.least != minutes.most and said in (seconds(minutes.least), seconds(minutes.most))


def _differs(said: float, real: float, limits: Limits) -> bool:
    return 100 * abs(said - real) / real > limits["total differs"]


def _added(sections: Sequence[Section]) -> tuple[float, float]:
    """The headings' own wishes added up, and that with what lies between; 0 where one has none, or may be left out."""
    wishes = [section.attributes for section in sections]
    if any(wish.ideal is None or wish.optional is not None or wish.when for wish in wishes):
        return 0.0, 0.0
    frames = sum(wish.ideal or 0 for wish in wishes)
    return frames / RATE, (frames + LEAD_IN + REST * (len(wishes) - 1) + CLOSING.ideal) / RATE


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
        brought = set(_brought(mine) - before)
        for line in (one for one in others if one.at > mine[-1].at and not _inside_drop(one, section)):
            if thing := next((noun for noun in _nouns_after(line.text, ("the", "that")) if noun in brought), ""):
                yield Finding(line.at, f"“the {thing}” comes with “{section.title}”, which may be left out")
            about = sorted((_topics(line.text) & own) - before) if _looks_back(line.text, own) else []
            if about:
                yield Finding(line.at, f"this looks back at “{section.title}” ({about[0]}), which may be left out")
            brought -= _brought([line])


def _looks_back(text: str, topics: frozenset[str]) -> bool:
    """`once more`, `as you did`, `stop rocking`; "if you rocked, rock once more" is right for who did not, too."""
    goes_back = says(text, "looking back") or _you_did(text) or _ends(text, topics)
    return goes_back and not _IF_DONE.search(text)


def _you_did(text: str) -> bool:
    """`as slowly as you rocked`, `the tapping has woken the skin`."""
    return any(
        (one.text in ("you", "we") and other.text.endswith("ed"))
        or (one.text in ("has", "have") and other.text.endswith(_PAST))
        for one, other in pairwise(words(text))
    )


def _ends(text: str, topics: frozenset[str]) -> bool:
    """`stop rocking`, `lower the foot`: what is ended here must have begun."""
    said = words(text)
    named = [number for number, word in enumerate(said) if _shortest(word.text) in topics]
    ended = any(0 <= number - sense.end < 2 for number in named for sense in asserted(text, "ending"))
    return ended or any(_is_gone(text, number) for number in named)


def _is_gone(text: str, number: int) -> bool:
    """`put the foot down`, `let the rocking fade`, about the word at `number`."""
    said = words(text)
    verbs = {base for word in said[max(0, number - 2) : number] for base in word.bases}
    following = " ".join(word.text for word in said[number + 1 : number + 5])
    return bool((verbs & _PUT and _GONE.match(following)) or ("let" in verbs and _FADED.match(following)))


def _brought(lines: Sequence[Line]) -> frozenset[str]:
    """Things that come with these lines: "spread a blanket"; places of the body are there already."""
    return frozenset(noun for line in lines for noun in _nouns_after(line.text, ("a", "an", "some", "one")))


def _nouns_after(text: str, articles: Sequence[str]) -> list[str]:
    """The word that ends the group behind each of these articles: "a warm towel on ..." is towel."""
    said = words(text)
    found = []
    for number, word in enumerate(said):
        group = list(
            takewhile(lambda one: one.text.isalpha() and one.text not in _COMMON | _ENDS, said[number + 1 : number + 4])
        )
        if word.text in articles and group and (of(group[-1].text, "prop") or not of(group[-1].text, *_BODY)):
            found.append(_shortest(group[-1].text))
    return found


def _shortest(word: str) -> str:
    return min(bases(word), key=lambda form: (len(form), form))


def _topics(text: str) -> frozenset[str]:
    """The words that carry the meaning, each in its shortest form."""
    return frozenset(_shortest(word.text) for word in words(text) if word.text.isalpha()) - _COMMON - _ENDS


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
