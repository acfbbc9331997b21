"""`--avoid "low back"`: sections and steps about a part of the body left out, by the `area` in their headings.

An area of several parts, such as `low back and sides`, is avoided with any of them. Avoiding is stronger than `{keep}`. A
section whose every step is left out goes with them, so that its own words do not hang in the air.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from voiceguide.errors import UsageError
from voiceguide.script.mistakes import unknown
from voiceguide.script.model import Node, Script, Section
from voiceguide.script.walk import sections_of


def areas(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The parts of the body that headings name, each once, in reading order."""
    return tuple(dict.fromkeys(part for section in sections_of(nodes) for part in _parts(section)))


def avoiding(script: Script, avoided: Sequence[str]) -> tuple[Script, tuple[str, ...]]:
    """The script without these areas, and the titles of what was left out.

    Raises UsageError for an area that no heading names, and where nothing would be left."""
    known = areas(script.sections)
    wanted = {_folded(area): area for area in avoided}
    for area, written in wanted.items():
        if area not in known:
            there = f"its areas are {', '.join(known)}" if known else "its headings name none"
            raise UsageError(f"{script.front.title}: {unknown('area', written, known, there)}")
    left_out: list[str] = []
    sections = tuple(node for node in _without(script.sections, set(wanted), left_out) if isinstance(node, Section))
    if not sections:
        raise UsageError(f"nothing of {script.front.title} is left without {', '.join(wanted.values())}")
    return replace(script, sections=sections), tuple(left_out)


def _without(nodes: Iterable[Node], avoided: set[str], left_out: list[str]) -> Iterator[Node]:
    for node in nodes:
        if not isinstance(node, Section):
            yield node
            continue
        inner = list[str]()
        body = tuple(_without(node.body, avoided, inner))
        if avoided & set(_parts(node)) or (inner and not any(isinstance(each, Section) for each in body)):
            left_out.append(node.title)
        else:
            left_out += inner
            yield replace(node, body=body)


def _parts(section: Section) -> Iterator[str]:
    """The areas of a heading: each of a list joined by and."""
    for name, value in section.attributes.tags:
        if name == "area":
            whole = _folded(value)
            yield from dict.fromkeys((whole, *re.split(r" and | & |/", whole)))


def _folded(area: str) -> str:
    return " ".join(area.casefold().replace("-", " ").split())
