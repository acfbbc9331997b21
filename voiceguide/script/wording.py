"""Changing every word of a node in the same way, wherever words hide: sentences, holds, questions, titles, parameters."""

from collections.abc import Callable
from dataclasses import replace

from voiceguide.script.model import CheckIn, Hold, Include, Node, Only, Place, Reminders, Say, Section

Change = Callable[[str, Place], str]


def reworded(node: Node, change: Change) -> Node:
    """The node with `change(text, place)` for every text in it."""
    match node:
        case Say():
            return _said(node, change)
        case Hold():
            return _held(node, change)
        case CheckIn():
            return replace(node, question=_said(node.question, change))
        case Only():
            return replace(node, body=tuple(reworded(each, change) for each in node.body))
        case Section():
            body = tuple(reworded(each, change) for each in node.body)
            return replace(node, title=change(node.title, node.at), body=body)
        case Include():
            return replace(node, values=tuple((key, change(value, node.at)) for key, value in node.values))
    return node


def _said(say: Say, change: Change) -> Say:
    return replace(say, text=change(say.text, say.at))


def _held(hold: Hold, change: Change) -> Hold:
    return replace(
        hold,
        reminders=hold.reminders
        and Reminders(hold.reminders.every, tuple(_said(line, change) for line in hold.reminders.lines)),
        halfway=hold.halfway and _said(hold.halfway, change),
        anchors=tuple(replace(anchor, say=_said(anchor.say, change)) for anchor in hold.anchors),
    )
