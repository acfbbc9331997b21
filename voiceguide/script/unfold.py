"""`unfold`: a Script to sections that can be timed. Conditions are settled, sides and repeats written out, blanks filled.

Within a section that has both, all rounds are done on one side, then all on the other. `[first]` paragraphs are spoken the
very first time only, `[again]` ones every later time, on the second side too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from voiceguide.errors import Problem
from voiceguide.script.conditions import choices, met
from voiceguide.script.mistakes import Mistake, noted, raise_all, unknown
from voiceguide.script.model import Front, Include, Node, Only, Pause, Place, Say, Script, Section, Sides
from voiceguide.script.size import check_size
from voiceguide.script.text import refuse_controls
from voiceguide.script.variables import ROLES, fill, listed, ordinal, tidy
from voiceguide.script.wording import reworded

MOST_CHARACTERS = 200


def unfold(script: Script, values: Mapping[str, str], minutes: float) -> tuple[Section, ...]:
    """Sections of steps, level-2 sections and Sides only, for a session of `minutes`; `values` fill the blanks.

    Raises ScriptErrors: a blank without a value, a value outside its choices, an include left over, 5 000 cues, 8 h.
    """
    problems: list[Problem] = []
    facts = _facts(script.front, values, minutes, problems)
    kept = tuple(_kept(script.sections, facts, problems))
    raise_all(problems)
    with noted(problems, script.front.at):
        check_size(section for section in kept if isinstance(section, Section))
    raise_all(problems)
    writer = _Writer(script.front.audience == "partner", problems)
    written = tuple(writer.nodes(kept, _Turn({**facts, "minutes": str(round(minutes))})))
    if not written:
        problems.append(Mistake("nothing is left to play", "look at the conditions").problem(script.front.at))
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
                if turn.again == (node.round == "again"):
                    yield from self.nodes(node.body, turn)
            else:
                yield self.filled(node, turn)

    def section(self, section: Section, turn: _Turn) -> Section:
        title = self.fill(section.title, section.at, turn)
        attributes = replace(section.attributes, sides=(), repeat=1, between=0, when=())
        sides = section.attributes.sides
        if not sides:
            return replace(section, title=title, body=tuple(self.rounds(section, turn)), attributes=attributes)
        passes = tuple(tuple(self.rounds(section, each)) for each in _side_turns(sides, turn))
        changes = tuple(self.change(side, section.at) for side in sides[1:])
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

    def change(self, side: str, at: Place) -> Say:
        if side not in ("left", "right"):
            return Say(f"Now the {side} side.", at, opens=True)
        return Say(f"Now their {side} side." if self.partner else f"Now the other side, the {side}.", at, opens=True)

    def filled(self, node: Node, turn: _Turn) -> Node:
        if isinstance(node, Include):
            self.problems.append(Mistake(f"{node.name} has not been brought in").problem(node.at))
        return reworded(node, lambda text, at: self.fill(text, at, turn))

    def fill(self, text: str, at: Place, turn: _Turn) -> str:
        with noted(self.problems, at):
            return fill(text, turn.facts)
        return text


def _side_turns(sides: tuple[str, ...], turn: _Turn) -> Iterator[_Turn]:
    for number, side in enumerate(sides):
        other = sides[1 - number]
        yield _Turn({**turn.facts, "side": side, "other side": other}, turn.again or number > 0)


def _facts(front: Front, values: Mapping[str, str], minutes: float, problems: list[Problem]) -> dict[str, str]:
    """What fills the blanks and settles the conditions everywhere in the script."""
    facts = {**ROLES, "minutes": str(minutes)}
    facts |= {variable.name: variable.default for variable in front.variables if variable.default is not None}
    facts |= {"position": front.position[0]} if front.position else {}
    facts |= {"guidance": front.guidance or "full", **({"for": front.audience} if front.audience else {})}
    facts |= {"needs": listed(front.needs)} if front.needs else {}
    known = {name: each for name, each in choices(front).items() if name not in ("minutes", "for")}
    for name, value in values.items():
        with noted(problems, front.at):
            if name not in known:
                raise unknown("variable", name, known)
            if known[name] and value not in known[name]:
                raise unknown(f"choice of {name}", value, known[name])
            facts[name] = _checked(name, value)
    return facts


def _checked(name: str, value: str) -> str:
    """A value as it may stand in a sentence: a few words on one line."""
    refuse_controls(value)
    if len(value) > MOST_CHARACTERS:
        raise Mistake(f"the value of {name} has {len(value)} characters", f"write at most {MOST_CHARACTERS}")
    return tidy(value)


def _kept(nodes: tuple[Node, ...], facts: Mapping[str, str], problems: list[Problem]) -> Iterator[Node]:
    """The nodes without the sections whose conditions are not met."""
    for node in nodes:
        if not isinstance(node, Section):
            yield node
            continue
        holds = True
        for condition in node.attributes.when:
            with noted(problems, condition.at):
                holds = met(condition, facts) and holds
        if holds:
            yield replace(node, body=tuple(_kept(node.body, facts, problems)))
