"""How much a section holds once sides and repeats are written out, by sums alone: nothing is written out to find out."""

from collections.abc import Iterable

from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Breathe, CheckIn, Hold, Node, Only, Pause, Section, Sides
from voiceguide.script.times import LONGEST

MOST_STEPS = 5_000


def steps(node: Node) -> int:
    """How many steps the node becomes."""
    if isinstance(node, Section):
        return _rounds(node) * (1 + sum(map(steps, node.body)))
    if isinstance(node, Only):
        return sum(map(steps, node.body))
    return sum(steps(each) for one in node.passes for each in one) if isinstance(node, Sides) else 1


def shortest(node: Node) -> int:
    """Frames of silence, holds and breaths the node cannot do without; speech is not counted."""
    match node:
        case Section():
            rounds = _rounds(node)
            return (
                rounds * sum(map(shortest, node.body)) + (rounds - max(1, len(node.attributes.sides))) * node.attributes.between
            )
        case Sides(passes=passes):
            return sum(shortest(each) for one in passes for each in one)
        case Pause(frames=frames) | CheckIn(wait=frames):
            return frames
        case Hold(length=length) | Breathe(length=length) if length is not None:
            return length.least
        case Breathe(pattern=pattern, count=count):
            return pattern.period * (count or 0)
    return 0


def check_size(sections: Iterable[Section]) -> None:
    """Mistake, placed at the section that is one too many, when a session would pass 5 000 steps or 8 h."""
    count = length = 0
    for section in sections:
        count += steps(section)
        length += shortest(section)
        if count > MOST_STEPS:
            raise Mistake(f"written out, the script has more than {MOST_STEPS} cues", "repeat less", at=section.at)
        if length > LONGEST:
            raise Mistake("the script cannot be shorter than 8 hours", "repeat less, or hold shorter", at=section.at)


def _rounds(section: Section) -> int:
    return section.attributes.repeat * max(1, len(section.attributes.sides))
