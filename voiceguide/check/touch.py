"""Rules about what hands and tools do to the body: R05 to R09 and R25."""

from collections.abc import Iterator
from itertools import pairwise, product

from voiceguide.check.amounts import durations
from voiceguide.check.clauses import affirmed, asserted, clause_of, joined, told
from voiceguide.check.deeds import Deed, deeds, is_goal
from voiceguide.check.levels import spoken_pressure, tapping
from voiceguide.check.lexicon import FORBIDDEN
from voiceguide.check.limits import Limits
from voiceguide.check.routine import Line, Routine
from voiceguide.check.rule import Finding, Severity
from voiceguide.check.wording import Sense, of, says, words

_OTHER_THINGS = frozenset(["hand", "hands", "arms", "fingers", "towel", "pillow", "cushion", "head"])
_ASKED = frozenset(["whether", "anything", "unless"])
_HARDER = frozenset(["harder", "deeper", "firmer", "stronger", "heavier"])
_ALONG = frozenset(["along", "up", "down"])
_RUBS = frozenset(["massage", "rub", "knead", "treat"])
_ROUND = frozenset(["circle", "roll", "rotate", "swing", "spin"])
_BELOW = ("low back", "kidneys")
_BONY = ("spine", "tailbone")


def bones(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R05: pressure on a bone, or where nobody presses."""
    for heading in _headings(routine):
        if _forbidden_area(heading) and (heading.tags.pressure or (0, 3))[1] >= 3:
            yield Finding(heading.headings[-1].at, f"the area is the {heading.tags.area}, and it is worked on")
    for line in routine.lines:
        found = next(
            (deed for deed in deeds(line.text, ("press", "avoiding"), FORBIDDEN, line.before) if _on_whom(routine, line, deed)),
            None,
        )
        found = found or next(_dragged(line), None)
        if asserted(line.text, "treading"):
            yield Finding(line.at, "this puts a whole body on the back")
        if found:
            yield Finding(line.at, f"this presses on the {found.meaning}")


def _on_whom(routine: Routine, line: Line, deed: Deed) -> bool:
    """A giver's own weight on the mat, a roller under one's own ribs: not a hand on a bone."""
    rolling = "roller" in line.tags.technique or says(line.text, "roller")
    return not (rolling and deed.meaning == "ribs")


def _dragged(line: Line) -> Iterator[Deed]:
    """A hard tool, or a firm stroke, along the bone."""
    if (asserted(line.text, "strong") or _has_tool(line.text)) and not says(line.text, "soft"):
        for deed in deeds(line.text, ("glide", "roll", "lay"), FORBIDDEN, line.before):
            lying = deed.act.meaning == "lay" and (not asserted(line.text, "strong") or _on_arrival(line.text, deed))
            if not lying or _uses(line, deed):
                yield deed


def _has_tool(text: str) -> bool:
    return any(not is_goal(text, tool) for tool in asserted(text, "hard tool"))


def _on_arrival(text: str, deed: Deed) -> bool:
    """`when your thumbs reach the ribs, ...`."""
    return words(text)[clause_of(text, deed.act)[0]].text in ("when", "once", "where", "whenever")


def _uses(line: Line, deed: Deed) -> bool:
    return words(line.text)[deed.act.start].text in ("use", "using", "plant", "take")


def _headings(routine: Routine) -> Iterator[Line]:
    """One line of each heading."""
    seen = set()
    for line in routine.lines:
        if line.headings and line.headings[-1].at not in seen:
            seen.add(line.headings[-1].at)
            yield line


def _forbidden_area(line: Line) -> bool:
    area = line.tags.area
    return any(not _is_aside(area, name) for name in FORBIDDEN if says(area, name)) if area else False


def _is_aside(area: str, name: str) -> bool:
    return says(area, "safe", "soft")


def roller_places(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R06: a roller under the low back or the neck; a ball there is a warning."""
    for heading in _headings(routine):
        kind = next((name for name in ("roller", "ball") if name in heading.tags.technique), "")
        if kind and asserted(heading.tags.area, "low back", "neck"):
            yield Finding(heading.headings[-1].at, f"the {kind} works on the {heading.tags.area}", _by_tool(kind))
    for line in routine.lines:
        kind = _tool_of(routine, line)
        if not kind:
            continue
        for deed in deeds(line.text, ("roll", "lay", "roller", "ball", "press", "avoiding"), ("low back", "neck"), line.before):
            if _with_tool(line, deed, kind):
                yield Finding(line.at, f"the {kind} goes under the {deed.meaning}", _by_tool(kind))
                break


def _by_tool(kind: str) -> Severity | None:
    return "warning" if kind == "ball" else None


def _tool_of(routine: Routine, line: Line) -> str:
    """The tool of a sentence, or of the section it stands in."""
    around = [line.text, line.before, line.tags.technique, *(section.title for section in line.headings), routine.front.title]
    named = next((kind for text in around for kind in ("roller", "ball") if says(text, kind)), "")
    return named or ("roller" if routine.front.audience == "self" and says(line.text, "rolling out") else "")


def _with_tool(line: Line, deed: Deed, kind: str) -> bool:
    """The tool is named in the same clause, or the body moves on the tool of the section."""
    start, end = _clauses(line.text, deed)
    named = any(
        start <= sense.start < end and told(line.text, deed.act, deed.part, sense) and not _elsewhere(line, deed, sense)
        for sense in of(line.text, kind)
    )
    rolls = deed.act.meaning == "roll" and words(line.text)[deed.act.start].bases & {"roll", "slide", "travel", "pass", "move"}
    pointed = words(line.text)[deed.act.end : deed.part.start]
    if any(word.text in _OTHER_THINGS for word in pointed) and not of(" ".join(word.text for word in pointed), kind):
        return False
    until = words(line.text)[start].text in ("until", "till") and bool(asserted(line.text, "roll"))
    return named or until or bool(rolls) or any(word.text in ("it", "them") for word in pointed)


def _clauses(text: str, deed: Deed) -> tuple[int, int]:
    """From the clause in which the deed begins to that in which it ends."""
    (start, _), (_, end) = (clause_of(text, place) for place in sorted((deed.act, deed.part), key=lambda place: place.start))
    return start, end


def _elsewhere(line: Line, deed: Deed, tool: Sense) -> bool:
    """`..., and the roller lies beside you`: the tool does something of its own."""
    between = [word.text for word in words(line.text)[deed.part.end : tool.start]]
    return between[-3:] in ([",", "and", "the"], [",", "and", "your"], [",", "while", "the"])


def roller_on_spine(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R07: rolling on, or along, the spine."""
    for heading in _headings(routine):
        rolled = "roller" in heading.tags.technique or "ball" in heading.tags.technique
        if rolled and asserted(heading.tags.area, "spine") and not says(heading.tags.area, "safe"):
            yield Finding(heading.headings[-1].at, "the spine is rolled on")
    for line in routine.lines:
        kind = _tool_of(routine, line)
        acts = ("roll", "glide", "lay", "press") if kind == "ball" else ("roll", "press")
        if kind and any(True for deed in deeds(line.text, acts, ("spine",), line.before) if _rolls(line, deed, kind)):
            yield Finding(line.at, f"the {kind} is rolled on the spine")


def _rolls(line: Line, deed: Deed, kind: str) -> bool:
    start, end = clause_of(line.text, deed.part)
    said = words(line.text)
    moves = [sense for sense in of(line.text, "roll") if said[sense.start].text not in ("roller", "rollers")]
    moving = any(start <= sense.start < end and told(line.text, sense) for sense in moves)
    if kind == "roller" and deed.act.meaning == "press":
        along = _ALONG & {word.text for word in said[deed.act.end : deed.part.start]}
        rubs = said[deed.act.start].bases & _RUBS
        return bool(along or rubs) and any(start <= sense.start < end for sense in of(line.text, kind))
    itself = any(word.text == "it" for word in said[start : deed.act.start])
    return moving or (kind == "ball" and (itself or any(start <= sense.start < end for sense in of(line.text, "ball"))))


def tapping_places(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R08: tapping over the spine or the kidneys, for long, or to fall asleep by."""
    for line in routine.lines:
        for deed in deeds(line.text, ("tap",), (*_BELOW, *_BONY), line.before):
            yield Finding(line.at, f"this taps on the {deed.meaning}")
            break
        for length, _ in durations(line.text):
            if length > limits["longest tapping"] and asserted(line.text, "tap"):
                yield Finding(line.at, f"this taps for {length:.0f} s")
    asleep = any(word in f"{routine.front.title} {routine.front.summary}".lower() for word in ("sleep", "bedtime", "nap"))
    for plan in routine.plans:
        for passage in (one for one in plan.passages if tapping(one)):
            at, area = passage.section.at, passage.tags.area
            longest = max((hold.end - hold.start for hold in passage.holds), default=0) / 48_000
            if area and asserted(area, *_BELOW, *_BONY) and not says(area, "safe"):
                yield Finding(at, f"this taps on the {area}")
            if longest > limits["longest tapping"] + 0.5:
                yield Finding(at, f"this taps for {longest:.0f} s")
            if asleep:
                yield Finding(at, "tapping wakes, and this routine is for sleep", "warning")


def hardest(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R09: a pressure over seven, or words that push through pain."""
    most = limits["hardest"]
    for heading in _headings(routine):
        if heading.tags.pressure and heading.tags.pressure[1] > most:
            yield Finding(heading.headings[-1].at, f"the pressure is {heading.tags.pressure[1]}")
    for line in routine.lines:
        if daring := asserted(line.text, "daring"):
            said = words(line.text)[daring[0].start : daring[0].end]
            yield Finding(line.at, f"these words push too far: “{' '.join(word.text for word in said)}”")
        elif _the_more(line.text):
            yield Finding(line.at, "harder is not better")
        elif _despite(line.text):
            yield Finding(line.at, "this goes on although it hurts")
        elif too_much := [number for number in spoken_pressure(line.text) if number > most]:
            yield Finding(line.at, f"this asks for a pressure of {too_much[0]}")


def _despite(text: str) -> bool:
    """`even if it hurts`, `pain is a good sign`, `do not stop when it hurts`: pain is named, and nothing eases for it."""
    if not says(text, "hurting"):
        return False
    regardless = "even" in {word.text for word in words(text)} and asserted(text, "going on")
    if (eases := of(text, "stopping", "easing")) and not regardless:
        return not any(affirmed(text, ease) for ease in eases)
    borne = [*joined(text, "enduring", "hurting", 3), *joined(text, "hurting", "approving", 5)]
    return bool(borne) or _is_even(text) or _although(text)


def _the_more(text: str) -> bool:
    """`the harder the pressure, the better`."""
    pairs = [(one.text, other.text) for one, other in pairwise(words(text))]
    harder = [number for number, pair in enumerate(pairs) if pair[0] == "the" and pair[1] in _HARDER]
    return bool(harder) and ("the", "better") in pairs[harder[0] :]


def _is_even(text: str) -> bool:
    """`even if it hurts`."""
    for sense in asserted(text, "hurting"):
        start, _ = clause_of(text, sense)
        if "even" in {word.text for word in words(text)[max(0, start - 1) : sense.start]}:
            return True
    return False


def _although(text: str) -> bool:
    """`if it hurts, you are doing it right`, `when it hurts, go deeper`; "go on unless it hurts" is no such thing."""
    said = {word.text for word in words(text)}
    named = not said & _ASKED and any(affirmed(text, pain) for pain in of(text, "hurting"))
    only = "only" in said and of(text, "supposing", "breaks")
    goes_on = only or asserted(text, "going on") or (of(text, "supposing", "breaks") and asserted(text, "approving"))
    return named and bool(goes_on)


def neck(routine: Routine, limits: Limits) -> Iterator[Finding]:
    """R25: the neck pulled, twisted, cracked, or circled backwards."""
    for line in routine.lines:
        if done := next(_to_the_neck(line), None):
            yield Finding(line.at, f"this {done} the neck")


def _to_the_neck(line: Line) -> Iterator[str]:
    text = line.text
    parts = ("neck", "head")
    for deed in deeds(text, ("twist",), parts, line.before):
        if not _own_turn(text, deed):
            yield "pulls, twists or cracks"
    if asserted(text, "head circles") and not says(text, "half"):
        yield "circles"
    if asserted(text, "sudden") and not says(text, "half"):
        for deed in deeds(text, ("circle", "tilt"), parts, line.before):
            if not _wanders(text, deed):
                yield "jerks"
    if _circles_backwards(text):
        yield "circles"
    if asserted(text, "far back") and not says(text, "half"):
        for deed in deeds(text, ("circle", "tilt"), parts, line.before):
            if not _wanders(text, deed):
                yield "bends back or circles"


def _circles_backwards(text: str) -> bool:
    """`tip the head back and roll it around`."""
    for tilt, round_ in product(asserted(text, "tilted back"), asserted(text, "circle")):
        turning = words(text)[round_.start].bases & _ROUND
        if turning and round_.start >= tilt.end and not any(place.start >= round_.end for place in of(text, "body")):
            return True
    return False


def _own_turn(text: str, deed: Deed) -> bool:
    """Pulling at something else, "in the direction of the head"; a muscle squeezed near it."""
    between = words(text)[deed.act.end : deed.part.start]
    if words(text)[deed.part.start].text == "chin" and words(text)[deed.act.start].text in ("pull", "tuck", "draw"):
        return True
    return any(word.text in ("toward", "towards", "to", "between", "of", "with", "under") for word in between)


def _wanders(text: str, deed: Deed) -> bool:
    """`bring your hands back behind the head`: not the head moves."""
    between = words(text)[deed.act.end : deed.part.start]
    return any(
        word.text in ("hand", "hands", "shoulders", "arms", "behind", "with", "around", "at", "on", "in", "under", ",")
        for word in between
    )
