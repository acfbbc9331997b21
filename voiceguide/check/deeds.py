"""Who touches what: for an act and a part of the body in one clause, whether the one is done to the other.

"Press on the spine" does; "press beside the spine", "press the muscle along the spine" and "never press on the spine" do not.
*It* and *there* are the last place that was named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voiceguide.check.clauses import begins, clause_of, told
from voiceguide.check.lexicon import FORBIDDEN, PARTS
from voiceguide.check.wording import Sense, of, words

_NEVER = re.compile(r"\b(?:never|do not|don['’]t) (?:do|try) (?:it|that|this|so)\b", re.IGNORECASE)
_POINTING = frozenset(["it", "there", "them", "here"])
_AWAY = frozenset(["out", "away", "outward", "outwards", "sideways", "beside", "next", "around", "off"])
_MOVES = frozenset(["circle", "tilt", "twist"])
_LETS = frozenset(["let", "make"])
_INSIDE = frozenset(["in", "inside", "into", "at", "under"])
_ON = frozenset(["on", "over", "across", "against", "onto"])
_INTRODUCING = frozenset(
    [
        "now",
        "next",
        "and",
        "then",
        "the",
        "your",
        "their",
        "finally",
        "last",
        ",",
        "on",
        "to",
        "at",
        "for",
        "come",
        "comes",
        "is",
        "are",
        "it",
        "turn",
        "time",
        "up",
        "move",
        "go",
    ]
)
_ELLIPTIC = _ON | {"but", "rather", "into", "up", "down", "along", "the", "your", "their", "right", "directly", "itself", ","}
_EDGED = frozenset(["hand", "fist", "finger", "thumb", "foot"])
_JOINTS = frozenset(["elbow", "forearm", "thumb", "fist", "knuckle"])
_LIST = frozenset(["and", "or", ",", "nor"])
_PASSIVE = frozenset(
    [
        "a",
        "an",
        "another",
        "is",
        "get",
        "gets",
        "can",
        "may",
        "should",
        "must",
        "wants",
        "needs",
        "likes",
        "loves",
        "will",
        "enjoy",
        "deserve",
        "take",
        "welcome",
    ]
)


@dataclass(frozen=True, slots=True)
class Deed:
    """An act that is done to a part of the body: both places in the sentence, and the part's meaning."""

    act: Sense
    part: Sense
    meaning: str


def deeds(text: str, acts: Sequence[str], parts: Sequence[str], before: str = "") -> Iterator[Deed]:
    """Acts of these meanings that the sentence tells to do to parts of these meanings; `before` is the sentence before it."""
    for part, meaning in _named(text, parts, before):
        act = _governing(text, part, acts)
        if act and _touches(text, act, part) and told(text, act, part) and not _warned_of(text, act):
            yield Deed(act, part, meaning)
        elif not act and (carried := _carried(text, part, acts)) and told(text, part):
            yield Deed(carried, part, meaning)


def _carried(text: str, part: Sense, acts: Sequence[str]) -> Sense | None:
    """`press not the muscle but the spine`: the act stands before *but*, and behind it nothing but the part."""
    said = words(text)
    start, end = clause_of(text, part)
    alone = all(word.text in _ELLIPTIC for word in (*said[start : part.start], *said[part.end : end]))
    earlier = [act for act in of(text, *acts) if act.end <= start]
    corrects = said[start].text == "but" and any(sense.end <= start for sense in of(text, "turns"))
    return earlier[-1] if alone and corrects and earlier else None


def _warned_of(text: str, act: Sense) -> bool:
    """`pressing on the spine hurts`, `pressing there can harm; never do it`."""
    start, end = clause_of(text, act)
    doing = act.start == start and words(text)[start].text.endswith("ing")
    return doing and (bool(_NEVER.search(text)) or any(act.end <= pain.start < end for pain in of(text, "hurting")))


def _named(text: str, parts: Sequence[str], before: str) -> Iterator[tuple[Sense, str]]:
    """Parts by name, and by a pointing word where the last place named is one of them."""
    for sense in of(text, *parts):
        if not _is_modifier(text, sense):
            yield sense, sense.meaning
    said = words(text)
    for number, word in enumerate(said):
        if word.text in _POINTING and not (word.text == "it" and of(before, "roller", "ball")):
            meaning = _last_named(text, number, parts) or ("" if _names_any(text, number) else _last_named(before, None, parts))
            if meaning and not any(other.text in _AWAY for other in said[:number]):
                yield Sense(meaning, number, number + 1), meaning


def _names_any(text: str, end: int) -> bool:
    return any(sense.end <= end for sense in of(text, "soft", "body"))


def _last_named(text: str, end: int | None, parts: Sequence[str]) -> str:
    """The meaning of the place a pointing word before `end` points to, if it is one of these parts."""
    limit = len(words(text)) if end is None else end
    places = [
        sense
        for sense in of(text, *parts, "soft", "body")
        if sense.end <= limit and not _aside(text, sense) and not _is_adverb(text, sense)
    ]
    named = [one for one in places if not any(one.end == other.end and one.start > other.start for other in places)]
    if not named or named[-1].meaning not in parts:
        return ""
    return "" if any(word.text in _AWAY for word in words(text)[:limit]) else named[-1].meaning


def _is_adverb(text: str, place: Sense) -> bool:
    """`tip the head back` names no back."""
    return words(text)[place.start].text == "back" and any(part.end == place.start for part in of(text, *PARTS))


def _is_modifier(text: str, part: Sense) -> bool:
    """`rib muscles`, `the spine of a book`, and `your own spine`, which nobody presses."""
    said = words(text)
    soft = part.meaning in FORBIDDEN and any(sense.start == part.end for sense in of(text, "soft"))
    own = part.start > 0 and said[part.start - 1].text == "own"
    inside = any(s.start <= part.start and part.end <= s.end and (s.end - s.start) > (part.end - part.start)
                 for s in of(text, "body", "spine", "low back", "kidneys", "throat", "tailbone") if s != part)  # fmt: skip
    of_a_thing = [word.text for word in said[part.end : part.end + 1]] == ["of"] and any(
        part.end < thing.start <= part.end + 3 for thing in of(text, "thing")
    )
    return soft or own or inside or of_a_thing


def _governing(text: str, part: Sense, acts: Sequence[str]) -> Sense | None:
    """The act nearest before the part in its clause; behind it where the part is what is acted on."""
    start, end = clause_of(text, part)
    done = [act for act in of(text, *acts) if not is_goal(text, act)]
    before = [act for act in done if start <= act.start and act.end <= part.start]
    if before:
        return before[-1]
    said = words(text)
    after = [act for act in done if part.end <= act.start < end]
    if after and after[0].meaning in _MOVES and _LETS & {word.text for word in said[start : part.start]}:
        return after[0]
    for act in after:
        between = {base for word in said[part.end : act.start] for base in word.bases}
        on_tool = act.meaning in ("roller", "ball") and between & _ON and "," not in between
        if (
            on_tool
            or between & _PASSIVE
            or "is" in said[act.start].bases
            or begins(said, start) in ("on", "over", "along", "across", "at")
            or _led_in(text, part, act)
        ):
            return act
    return _of_topic(text, part, acts)


def is_goal(text: str, sense: Sense) -> bool:
    """Whether an elbow or a thumb is where a stroke ends, and no tool: "from the shoulder to the elbow"."""
    said = words(text)
    leading = {word.text for word in said[max(0, sense.start - 2) : sense.start]}
    return "to" in leading and bool(said[sense.start].bases & _JOINTS)


def _of_topic(text: str, part: Sense, acts: Sequence[str]) -> Sense | None:
    """`now the low back: roll`: what stands alone before a colon is worked on behind it, unless that has a place of its own."""
    said = words(text)
    start, colon = clause_of(text, part)
    alone = all(word.text in _INTRODUCING for word in (*said[start : part.start], *said[part.end : colon]))
    if not alone or colon == len(said) or said[colon].text not in (":", "—", "–"):
        return None
    placed = [place for place in of(text, "soft", "body", "safe", *PARTS) if place.start > colon]
    following = [act for act in of(text, *acts) if act.start > colon]
    return following[0] if following and not placed else None


def _led_in(text: str, part: Sense, act: Sense) -> bool:
    """`put your thumbs on the spine and press`: the act has no place of its own."""
    laid = [lay for lay in of(text, "lay", "glide") if lay.end <= part.start]
    own = [sense for sense in of(text, "soft", "body") if sense.start >= act.end]
    return bool(laid) and not own and _touches(text, laid[-1], part)


def _touches(text: str, act: Sense, part: Sense) -> bool:
    """Whether the words between lead from the act onto the part."""
    if part.start < act.start:
        return not _aside(text, part)
    said = words(text)
    safe = [sense for sense in of(text, "safe") if sense.end <= part.start and not _is_of_hand(text, sense)]
    touching, soft = of(text, "touching"), of(text, "soft")
    prepared = ""
    for number in range(part.start - 1, act.end - 1, -1):
        if any(sense.start <= number < sense.end for sense in safe) and not prepared:
            return said[number].text == "from" and _spans(text, part)
        if any(sense.start <= number < sense.end for sense in soft):
            if (prepared and prepared not in _INSIDE) or said[number + 1].text in ("of", "along", "over", "on"):
                return False
        elif said[number].text in _LIST:
            if prepared:
                return True
        elif any(sense.start <= number < sense.end for sense in touching):
            prepared = prepared or said[number].text
    return True


def _is_of_hand(text: str, beside: Sense) -> bool:
    """`with the sides of your hands`: the edge of a tool, and no place beside another."""
    said = words(text)
    return said[beside.end - 1].text == "of" and any(word.bases & _EDGED for word in said[beside.end : beside.end + 2])


def _spans(text: str, part: Sense) -> bool:
    """`from the neck down to the hips` begins on the neck; from the spine outwards is beside it."""
    following = [word.text for word in words(text)[part.end : part.end + 4]]
    return part.meaning in ("low back", "neck") and "to" in following


def _aside(text: str, part: Sense) -> bool:
    """Whether the part is only there to say where something else is: "beside the spine", "the muscle along the spine"."""
    said = words(text)
    number = part.start - 1
    while number >= 0 and said[number].text in ("the", "their", "your", "a", "his", "her", "whole", "bony", "of", "partner"):
        if said[number].text == "of" and any(s.end == number for s in of(text, "soft")):
            return True
        number -= 1
    return any(sense.start <= number < sense.end for sense in of(text, "safe")) or (
        number >= 0 and said[number].text == "along"
    )
