"""A routine for somebody who likes it firmer or softer than written: tags and words of pressure, before anything is planned.

Blanks such as `{pressure}` are filled afterwards, from the tags as they are then, so nothing moves twice.
"""

import re
from dataclasses import replace

from voiceguide.plan.pressure import firmer, moved, softer
from voiceguide.script.model import Node, Only, Script, Section
from voiceguide.script.wording import reworded

_DIGITS = re.compile(r"\d+")


def preferring(script: Script, steps: int) -> Script:
    """The script `steps` firmer, from -2 (much softer) to 2: every number between 1 and 7, what was written past 7 as it is.

    A tag of 0, where nobody is touched, stays; headings keep their words."""
    if not steps:
        return script
    sections = tuple(node for node in (_node(each, steps) for each in script.sections) if isinstance(node, Section))
    return replace(script, sections=sections)


def _node(node: Node, steps: int) -> Node:
    if not isinstance(node, Section | Only):
        return reworded(node, lambda text, _: _text(text, steps))
    body = tuple(_node(each, steps) for each in node.body)
    if isinstance(node, Only):
        return replace(node, body=body)
    tags = tuple((name, _tag(value, steps) if name == "pressure" else value) for name, value in node.attributes.tags)
    return replace(node, body=body, attributes=replace(node.attributes, tags=tags))


def _text(text: str, steps: int) -> str:
    for _ in range(abs(steps)):
        text = firmer(text) if steps > 0 else softer(text)
    return text


def _tag(value: str, steps: int) -> str:
    return _DIGITS.sub(lambda digits: str(moved(int(digits[0]), steps)) if int(digits[0]) else digits[0], value)
