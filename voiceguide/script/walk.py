"""Every node of a script in reading order, however deep: the one walk that whoever asks something of all of them shares."""

from collections.abc import Iterable, Iterator

from voiceguide.script.model import CheckIn, Hold, Node, Only, Say, Section, Sides


def every(nodes: Iterable[Node]) -> Iterator[Node]:
    """These nodes and those inside them; a section, or its sides, before what is in it."""
    for node in nodes:
        yield node
        inner = (node.body,) if isinstance(node, Section | Only) else node.passes if isinstance(node, Sides) else ()
        for each in inner:
            yield from every(each)


def sections_of(nodes: Iterable[Node]) -> Iterator[Section]:
    """The sections and inner sections; those of a section with sides come once for each side."""
    return (node for node in every(nodes) if isinstance(node, Section))


def steps_of(nodes: Iterable[Node]) -> Iterator[Node]:
    """What is said and done: everything but the sections and paragraphs around it. A Sides is a step, before its passes."""
    return (node for node in every(nodes) if not isinstance(node, Section | Only))


def said_by(node: Node) -> tuple[Say, ...]:
    """What a step makes the voice say in the writer's own words."""
    if isinstance(node, Say):
        return (node,)
    if isinstance(node, CheckIn):
        return (node.question,)
    if isinstance(node, Hold):
        reminders = node.reminders.lines if node.reminders else ()
        return (*(anchor.say for anchor in node.anchors), *((node.halfway,) if node.halfway else ()), *reminders)
    return ()
