"""A routine for somebody who likes it firmer or softer than written: tags and words of pressure, before anything is planned.

Firmer keeps the order that makes a routine safe: warming up, to 4, stays warming up, and what is written below firm, to 5, does
not become firm, for firm work needs its check-ins. Nothing goes past 7. Blanks such as `{pressure}` are filled afterwards,
from the tags as they are then, so nothing moves twice.
"""

import re
from dataclasses import replace

from voiceguide.plan.pressure import MOST, firmer, moved, softer
from voiceguide.script.model import Node, Only, Script, Section
from voiceguide.script.wording import reworded

WARM, MEDIUM = 4, 5

_DIGITS = re.compile(r"\d+")


def preferring(script: Script, steps: int) -> Script:
    """The script `steps` firmer, from -2 (much softer) to 2: no number under 1, none past 4, 5 or 7 as it was written.

    A tag of 0, where nobody is touched, stays, as does what was written past 7; headings keep their words."""
    if not steps:
        return script
    sections = tuple(node for node in (_node(each, steps, MOST) for each in script.sections) if isinstance(node, Section))
    return replace(script, sections=sections)


def _node(node: Node, steps: int, most: int) -> Node:
    """A node and all that stands under it; `most` is as firm as its heading lets it become."""
    if isinstance(node, Only):
        return replace(node, body=tuple(_node(each, steps, most) for each in node.body))
    if not isinstance(node, Section):
        return reworded(node, lambda text, _: _text(text, steps, most))
    most = _most(dict(node.attributes.tags).get("pressure"), most)
    body = tuple(_node(each, steps, most) for each in node.body)
    tags = tuple((name, _tag(value, steps, most) if name == "pressure" else value) for name, value in node.attributes.tags)
    return replace(node, body=body, attributes=replace(node.attributes, tags=tags))


def _most(tag: str | None, around: int) -> int:
    if tag is None:
        return around
    written = max(int(number) for number in _DIGITS.findall(tag))
    return next((most for most in (WARM, MEDIUM) if written <= most), MOST)


def _text(text: str, steps: int, most: int) -> str:
    for _ in range(abs(steps)):
        text = firmer(text, most) if steps > 0 else softer(text)
    return text


def _tag(value: str, steps: int, most: int) -> str:
    ends = [moved(int(number), steps, most) if int(number) else 0 for number in _DIGITS.findall(value)]
    return "-".join(map(str, dict.fromkeys(ends)))
