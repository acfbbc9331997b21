"""Rules about the two sides: equal time, time to change, and whose left it is. R01, R17 and R18."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voiceguide.audio import RATE
from voiceguide.check.clauses import LEADING, asserted
from voiceguide.check.levels import lies
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Passage, Plan, Routine
from voiceguide.check.rule import Edit, Finding
from voiceguide.check.wording import says, words
from voiceguide.plan.timeline import Cue, Stretch
from voiceguide.script.model import Hold, Node, Only, Place, Section
from voiceguide.script.walk import said_by

PAIRS = {"left": "right", "right": "left", "near": "far", "far": "near", "nearest": "far", "first": "second", "second": "first"}
_PLACES = (
    "side|shoulder|blade|arm|forearm|leg|hip|hand|thigh|calf|foot|half|wrist|elbow|knee|cheek|ear|palm|edge|ridge|buttock|waist|neck|"
    "upper|lower|rib|muscle|heel|ankle|temple|scapula|glute|trapezius"
)
_TURNS = "turn|back|person|partner|receiver|guest|one"
_NAMED = re.compile(
    rf"\b(left|right|near|far|nearest|first|second)\b(?=\W+(?:\w+\W+)?(?:{_TURNS}|{_PLACES})s?\b|\s*$)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(\b[\w'’]+\s+)?\b(left|right)\b(?=(\W+\w+)?)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:the )?(?:(?<=to the )|(?<=on the )|(?<=from the ))(?:left|right) "
    r"(?:and|then|with|until|while|but|as) (?!(?:the )?(?:left|right)\b)"
    rf"|(?!is |and |or |what |whatever )(?:\w+ )?(?:left|right) of (?:the |their )?(?:spine|{_PLACES})s?\b",
    re.IGNORECASE,
)
_FRAGMENT = re.compile(
    r"(?:(?:and|now|then|next)\W+)*(?:on |to |onto )*(?:the |your |their )?(?:other|opposite|second|left|right|far|near) "
    rf"(?:{_PLACES})s?\W*$",
    re.IGNORECASE,
)
_FITTING = frozenset(
    word.text
    for word in words(
        "amount time place way moment word thing pressure depth level number speed pace temperature spot answer angle choice "
        "size tempo rhythm length kind sort one over of and or but then now away here there"
    )
)
_PAIRED = frozenset(["other", "opposite", "second"])
_OWNERS = re.compile(r"(?:^(?:their|his|her|your|my|own|whose)|['’]s?)\s*$", re.IGNORECASE)
_SIDED = frozenset(_PLACES.split("|")) | frozenset(f"{place}s" for place in _PLACES.split("|"))
_LEADS = frozenset(["the", "on", "to", "at", "from"])


@dataclass(frozen=True, slots=True)
class Turn:
    """Work on one side of something: its place, its seconds and the hold that lasts longest."""

    side: str
    at: Place
    seconds: float
    hold: Hold | None


def balance(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R01: one side of a pair gets more time than the other, or the other never comes."""
    for plan in routine.plans:
        for turns in _pairs(plan).values():
            yield from _unequal(turns, limits)


def _unequal(turns: list[Turn], limits: Limits) -> Iterator[Finding]:
    first = turns[0]
    mine = sum(turn.seconds for turn in turns if turn.side == first.side)
    others = [turn for turn in turns if turn.side == PAIRS.get(first.side) or (first.side, turn.side) == ("far", "nearest")]
    theirs = sum(turn.seconds for turn in others)
    if not others:
        if first.side in ("left", "right"):
            yield Finding(first.at, f"the {first.side} side gets {mine:.0f} s, and the other side has no turn of its own")
        return
    off = 100 * abs(mine - theirs) / max(mine, theirs, 1)
    allowed = limits["turns differ"] if first.side in ("first", "second") else limits["sides differ a little"]
    if off > allowed + 0.01:
        words = f"the {first.side} side gets {mine:.0f} s and the {others[0].side} side {theirs:.0f} s"
        grave = off > limits["sides differ"] or first.side in ("first", "second")
        yield Finding(others[0].at, words, None if grave else "warning", _evened(first, others[0]))


def _evened(first: Turn, other: Turn) -> Edit | None:
    """Where both sides are one exact hold: the shorter one becomes as long as the longer."""
    if first.hold is None or other.hold is None or first.hold.at.file != other.hold.at.file:
        return None
    short, long = sorted((first.hold, other.hold), key=lambda hold: hold.length.ideal)
    if short.length.least != short.length.most or long.length.least != long.length.most:
        return None
    return Edit(short.at.line, r"(?<=\[hold )[^\],]+", f"{long.length.ideal / RATE:g}s")


def _pairs(plan: Plan) -> dict[str, list[Turn]]:
    """Work on named sides, by what is left of the heading when the side is taken away."""
    pairs: dict[str, list[Turn]] = {}
    for passage in plan.passages:
        if any(cue.kind == "change" for cue in passage.cues):
            continue
        titled = _NAMED.findall(passage.section.title)
        if titled and passage.holds:
            stem = _NAMED.sub("", passage.section.title).strip().lower()
            pairs.setdefault(stem, []).append(_turn(titled[0].lower(), passage.section.at, passage.holds))
        elif not titled:
            for side, holds in _by_words(passage):
                pairs.setdefault(f"{passage.section.at}", []).append(_turn(side, passage.section.at, holds))
    return {stem: turns for stem, turns in pairs.items() if len({turn.side for turn in turns}) > 1 or _titled(turns, plan)}


def _titled(turns: Sequence[Turn], plan: Plan) -> bool:
    return any(passage.section.at == turns[0].at and _NAMED.search(passage.section.title) for passage in plan.passages)


def _turn(side: str, at: Place, holds: Sequence[Stretch]) -> Turn:
    steps = [hold.step for hold in holds if isinstance(hold.step, Hold)]
    return Turn(side, at, sum(hold.end - hold.start for hold in holds) / RATE, steps[0] if len(steps) == 1 else None)


def _by_words(passage: Passage) -> Iterator[tuple[str, list[Stretch]]]:
    """Holds after the last sentence that names one side, within one passage."""
    for hold in passage.holds:
        said = [cue for cue in passage.cues if cue.start < hold.start and cue.kind == "instruction"]
        named = [(cue, side.lower()) for cue in said for side in _NAMED.findall(cue.text) if side.lower() in ("left", "right")]
        if named and not any(" both " in f" {cue.text.lower()} " for cue in said if cue.start > named[-1][0].start):
            yield named[-1][1], [hold]


def changes(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R17: a change of side or position, and at once the next thing to do."""
    for plan in routine.plans:
        lying = False
        for number, cue in enumerate(plan.voice):
            need = _needed(cue, limits, lying=lying)
            if need and not _announced(plan.voice, number):
                quiet = _quiet_after(plan, number) if lying or need < limits["turning over"] else _until_next(plan, number)
                if quiet < need:
                    yield Finding(_place(routine, cue), f"there are {quiet:.0f} s to change, where {need:g} s are needed")
            lying = (lying or lies(cue.text)) and not asserted(cue.text, "stand")


def _needed(cue: Cue, limits: Limits, *, lying: bool) -> float:
    if cue.kind != "instruction" or says(cue.text, "soon"):
        return 0.0
    if asserted(cue.text, "stand") and lying:
        return limits["standing up"]
    if says(cue.text, "head turn") and not says(cue.text, "turned"):
        return 0.0
    if (asserted(cue.text, "turn over") and lying) or (_is_order(cue.text, "lie down") and not lying):
        return limits["turning over"]
    sits = asserted(cue.text, "sat up") and not says(cue.text, "slowly")
    moves = sits or asserted(cue.text, "stand", "turned") or _swaps(cue.text) or _FRAGMENT.match(cue.text)
    return limits["change of side"] if moves else 0.0


def _swaps(text: str) -> bool:
    """Asked to change sides; "the other side of the room" is only a place."""
    said = [word.text for word in words(text)]
    return any(
        said[sense.end : sense.end + 1] != ["of"] or said[sense.start] not in _PAIRED for sense in asserted(text, "swap")
    )


def _is_order(text: str, meaning: str) -> bool:
    return any(all(word.text in LEADING for word in words(text)[: sense.start]) for sense in asserted(text, meaning))


def _announced(voice: Sequence[Cue], number: int) -> bool:
    """Whether it was said before, early enough."""
    start = voice[number].start
    return any(
        says(cue.text, "soon") and 5 * RATE <= start - cue.end <= 60 * RATE for cue in voice[max(0, number - 4) : number]
    )


def _until_next(plan: Plan, number: int) -> float:
    """From the end of the sentence to the next: who lies down needs no more than that nothing else is asked."""
    following = plan.voice[number + 1].start if number + 1 < len(plan.voice) else plan.timeline.length
    return (following - plan.voice[number].end) / RATE


def _quiet_after(plan: Plan, number: int) -> float:
    """The longest quiet after the sentence, or after what is said with it, before any work that has a beat."""
    voice = plan.voice
    quiet = 0.0
    for at in range(number, min(number + 3, len(voice))):
        following = voice[at + 1].start if at + 1 < len(voice) else plan.timeline.length
        work = [s.start for s in plan.timeline.stretches if s.start >= voice[at].end and _is_work(plan, s)]
        quiet = max(quiet, (min([following, *work]) - voice[at].end) / RATE)
        goes_on = at + 1 < len(voice) and says(voice[at + 1].text, "slowly", "rising") and not _is_hands(voice[at + 1].text)
        if following - voice[at].end > 2 * RATE or not goes_on:
            break
    return quiet


def _is_hands(text: str) -> bool:
    """What goes on is the work of hands, and not the change."""
    return says(text, "press", "handwork") and not says(text, "rising")


def _is_work(plan: Plan, stretch: Stretch) -> bool:
    if not isinstance(stretch.step, Hold):
        return False
    length = (stretch.end - stretch.start) / RATE
    passage = next((p for p in plan.passages if stretch in p.stretches), None)
    tagged = passage is not None and bool(passage.tags.technique) and passage.tags.technique not in ("rest", "still")
    return tagged or stretch.step.beat is not None or length > 30


def _place(routine: Routine, cue: Cue) -> Place:
    return routine.places.get((cue.text, cue.line), routine.title)


def whose_side(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R18: left or right without saying whose; sides that are never named."""
    for section in _sided_sections(routine.script.sections):
        if not any("{side}" in text.replace(" ", "") for text in _texts(section)):
            yield Finding(section.at, "this runs once for each side, and its words never name the side")
    for line in routine.lines if routine.partner else ():
        if line.to != "receiver" and not says(line.text, "whose") and any(map(_bare, _BARE.finditer(line.text))):
            yield Finding(line.at, "left or right is said without whose")


def _bare(match: re.Match[str]) -> bool:
    before, after = (match[1] or "").strip().lower(), (match[3] or "").strip(" -").lower()
    after = after if after.isalpha() else ""
    if _ASIDE.match(match.string, match.start()):
        return True
    if (before and _OWNERS.search(before)) or before in ("their", "partner's", "receiver's"):
        return False
    if after in _SIDED or (says(after, "body") and after not in _FITTING):
        return True
    return before in _LEADS and (after == "" or (before == "the" and match[2].lower() == "left" and after not in _FITTING))


def _sided_sections(body: Sequence[Node]) -> Iterator[Section]:
    for node in body:
        if isinstance(node, Section):
            if node.attributes.sides:
                yield node
            yield from _sided_sections(node.body)


def _texts(section: Section) -> list[str]:
    return [section.title, *_said(section.body)]


def _said(body: Sequence[Node]) -> Iterator[str]:
    for node in body:
        if isinstance(node, Section):
            yield node.title
        if isinstance(node, Section | Only):
            yield from _said(node.body)
        else:
            yield from (say.text for say in said_by(node))
