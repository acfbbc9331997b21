"""`unfold`: a Script to sections that can be timed. Conditions are settled, sides and repeats written out, blanks filled.

Within a section that has both, all rounds are done on one side, then all on the other. `[first]` paragraphs are spoken the
very first time only, `[again]` ones every later time, on the second side too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from voiceguide.errors import Problem
from voiceguide.script.conditions import met
from voiceguide.script.facts import facts, words
from voiceguide.script.mistakes import Mistake, noted, raise_all
from voiceguide.script.model import Condition, Include, Node, Only, Pause, Place, Say, Script, Section, Sides
from voiceguide.script.size import check_size
from voiceguide.script.variables import fill, ordinal
from voiceguide.script.wording import reworded


def unfold(script: Script, values: Mapping[str, str], minutes: float) -> tuple[Section, ...]:
    """Sections of steps, level-2 sections and Sides only, for a session of `minutes`; `values` fill the blanks.

    Raises UsageError for values that cannot be, and ScriptErrors: a blank without a value, an include left over, 5 000 cues,
    8 h.
    """
    problems: list[Problem] = []
    known = facts(script.front, values, minutes, problems)
    raise_all(problems)
    kept = tuple(_kept(script.sections, known, problems))
    written: tuple[Node, ...] = ()
    with noted(problems, script.front.at):
        check_size(section for section in kept if isinstance(section, Section))
        written = tuple(_Writer(script.front.audience == "partner", problems).nodes(kept, _Turn(words(known))))
        if not written:
            raise Mistake("nothing is left to play", "look at the conditions")
    raise_all(problems)
    return tuple(section for section in written if isinstance(section, Section))


@dataclass(frozen=True, slots=True)
class _Turn:
    """One time through a section: what fills the blanks, and whether the words were heard before."""

    facts: Mapping[str, str]
    again: bool = False


class _Writer:
    """Writes nodes out turn by turn; blanks without a value are noted in `problems`."""

    def __init__(self, partner: bool, problems: list[Problem]) -> None:
        self.partner, self.problems = partner, problems

    def nodes(self, nodes: tuple[Node, ...], turn: _Turn) -> Iterator[Node]:
        for node in nodes:
            if isinstance(node, Section):
                section = self.section(node, turn)
                if section.body:
                    yield section
            elif isinstance(node, Only):
                if node.round in (None, "again" if turn.again else "first"):
                    yield from self.nodes(node.body, turn)
            else:
                yield self.filled(node, turn)

    def section(self, section: Section, turn: _Turn) -> Section:
        turn = _under(section, turn)
        title = self.fill(section.title, section.at, turn)
        attributes = replace(section.attributes, sides=(), repeat=1, between=0, when=())
        sides = section.attributes.sides
        if not sides:
            return replace(section, title=title, body=tuple(self.rounds(section, turn)), attributes=attributes)
        passes = tuple(tuple(self.rounds(section, each)) for each in _side_turns(sides, turn))
        changes = tuple(self.change(side, section.at, turn) for side in sides[1:])
        return replace(
            section, title=title, body=(Sides(passes, changes, section.at),) if any(passes) else (), attributes=attributes
        )

    def rounds(self, section: Section, turn: _Turn) -> Iterator[Node]:
        count, between = section.attributes.repeat, section.attributes.between
        for number in range(1, count + 1):
            counted = {"n": str(number), "ordinal": ordinal(number)} if count > 1 else {}
            yield from self.nodes(section.body, _Turn({**turn.facts, **counted}, turn.again or number > 1))
            if between and number < count:
                yield Pause(between, section.at)

    def change(self, side: str, at: Place, turn: _Turn) -> Say:
        if side not in ("left", "right"):
            return Say(f"Now the {side} side.", at, opens=True)
        words = f"Now {{their}} {side} side." if self.partner else f"Now the other side, the {side}."
        return Say(self.fill(words, at, turn), at, opens=True)

    def filled(self, node: Node, turn: _Turn) -> Node:
        if isinstance(node, Include):
            self.problems.append(Mistake(f"{node.name} has not been brought in").problem(node.at))
        return reworded(node, lambda text, at: self.fill(text, at, turn))

    def fill(self, text: str, at: Place, turn: _Turn) -> str:
        with noted(self.problems, at):
            return fill(text, turn.facts)
        return text


def _under(section: Section, turn: _Turn) -> _Turn:
    """The turn under a heading that says how firm: `{pressure}` is then 3 to 5."""
    pressure = dict(section.attributes.tags).get("pressure")
    return replace(turn, facts={**turn.facts, "pressure": pressure.replace("-", " to ")}) if pressure else turn


def _side_turns(sides: tuple[str, ...], turn: _Turn) -> Iterator[_Turn]:
    for number, side in enumerate(sides):
        other = sides[1 - number]
        yield _Turn({**turn.facts, "side": side, "other side": other}, turn.again or number > 0)


def _kept(nodes: tuple[Node, ...], known: Mapping[str, str], problems: list[Problem]) -> Iterator[Node]:
    """The nodes without the sections and paragraphs whose conditions are not met."""
    for node in nodes:
        if not isinstance(node, Section | Only):
            yield node
        elif _holds(node.attributes.when if isinstance(node, Section) else node.when, known, problems):
            yield replace(node, body=tuple(_kept(node.body, known, problems)))


def _holds(conditions: tuple[Condition, ...], known: Mapping[str, str], problems: list[Problem]) -> bool:
    """Whether all are met; what can't be compared is noted."""
    holds = True
    for condition in conditions:
        with noted(problems, condition.at):
            holds = met(condition, known) and holds
    return holds
