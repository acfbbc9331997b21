"""`expand`: other scripts' sections where a script asks for them.

What is brought in becomes steps (level 2) of the section that asks. Its blanks are filled by the parameters, else by a
variable of the same name in the script that asks, else by its own default. The lookup is given, so nothing is opened here.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from voiceguide.errors import Problem, ScriptErrors, UsageError
from voiceguide.library import Source
from voiceguide.script.conditions import met
from voiceguide.script.mistakes import Mistake, noted, raise_all, unknown
from voiceguide.script.model import Condition, Front, Include, Node, Only, Place, Script, Section
from voiceguide.script.oil import AMOUNT, STRENGTH
from voiceguide.script.parser import parse
from voiceguide.script.pronouns import PRONOUNS
from voiceguide.script.size import MOST_STEPS, steps
from voiceguide.script.variables import ROLES, fill_some
from voiceguide.script.wording import reworded

DEEPEST = 5
MOST_INCLUDES = 200

Find = Callable[[str, str], Source | None]


def expand(script: Script, find: Find) -> Script:
    """The script with every include brought in, as `bring_in` does. Raises ScriptErrors, all at once."""
    problems: list[Problem] = []
    whole = bring_in(script, find, problems)
    raise_all(problems)
    return whole


def bring_in(script: Script, find: Find, problems: list[Problem]) -> Script:
    """The script with every include that can be brought in; `find(name, including file)` gives a Source, None if there is none.

    Noted in `problems` are a name that is not found, a circle, over 5 deep, 200 includes or 5 000 cues, a parameter
    that is no variable of the included script, and the included scripts' own mistakes, placed in their files.
    """
    guests = _Guests(find, problems)
    sections = guests.nodes(script.sections, (script.source,))
    front = script.front
    for guest in guests.fronts:
        front = _joined(front, guest)
    whole = tuple(section for section in sections if isinstance(section, Section))
    return replace(script, front=front, sections=whole, voices=(*script.voices, *guests.voices))


class _Guests:
    """Scripts brought in so far; `voices` and `fronts` are theirs, a front without the variables that parameters fill."""

    def __init__(self, find: Find, problems: list[Problem]) -> None:
        self.find, self.problems, self.count, self.steps = find, problems, 0, 0
        self.fronts: list[Front] = []
        self.voices: list[tuple[str, Place]] = []
        self.parsed: dict[str, Script | None] = {}

    def nodes(self, nodes: tuple[Node, ...], chain: tuple[str, ...]) -> tuple[Node, ...]:
        return tuple(each for node in nodes for each in self.node(node, chain))

    def node(self, node: Node, chain: tuple[str, ...]) -> Iterator[Node]:
        if isinstance(node, Section | Only):
            yield replace(node, body=self.nodes(node.body, chain))
        elif isinstance(node, Include):
            with noted(self.problems, node.at):
                yield from self.included(node, chain)
        else:
            yield node

    def included(self, include: Include, chain: tuple[str, ...]) -> tuple[Node, ...]:
        guest = self.script(include, chain)
        if guest is None:
            return ()
        self.steps += sum(map(steps, guest.sections))
        if self.steps > MOST_STEPS:
            raise Mistake(f"with its includes the script has more than {MOST_STEPS} cues", "include less")
        values = _parameters(include, guest)
        variables = tuple(variable for variable in guest.front.variables if variable.name not in values)
        self.fronts.append(replace(guest.front, variables=variables))
        self.voices += guest.voices
        sections = (_given(section, values) for section in guest.sections)
        steps_here = tuple(replace(section, level=2) for section in sections if isinstance(section, Section))
        return self.nodes(steps_here, (*chain, guest.source))

    def script(self, include: Include, chain: tuple[str, ...]) -> Script | None:
        self.count += 1
        if len(chain) > DEEPEST or self.count > MOST_INCLUDES:
            raise Mistake("too many includes", f"go at most {DEEPEST} deep and {MOST_INCLUDES} in all")
        try:
            source = self.find(include.name, include.at.file)
        except UsageError as error:
            raise Mistake(str(error)) from None
        if source is None:
            raise Mistake(f"there is no routine {include.name!r} to include", "put it beside this script, or check its name")
        if source.name in chain:
            raise Mistake(f"{include.name} includes itself", f"break the circle: {' > '.join([*chain, source.name])}")
        if source.name not in self.parsed:
            self.parsed[source.name] = None
            try:
                self.parsed[source.name] = parse(source.text, source.name)
            except ScriptErrors as errors:
                self.problems.extend(errors.problems)
        return self.parsed[source.name]


def _parameters(include: Include, guest: Script) -> dict[str, str]:
    known = {**dict.fromkeys(ROLES, ()), "pronouns": tuple(PRONOUNS)}
    known |= {variable.name: variable.choices for variable in guest.front.variables}
    for name, value in include.values:
        if name not in known:
            raise unknown(f"variable in {include.name},", name, known)
        if name in (AMOUNT, STRENGTH):
            raise Mistake(f"{name} holds for the whole session", f"write {name}: ... under variables in the front matter")
        blank = "{" in value and name != "pronouns"
        if known[name] and value not in known[name] and not blank:
            raise unknown(f"choice of {name}", value, known[name])
    return dict(include.values)


def _given(node: Node, values: dict[str, str]) -> Node | None:
    """The node with the parameters in its words and conditions; None if a parameter rules it out."""
    if not isinstance(node, Section | Only):
        return reworded(node, lambda text, _: fill_some(text, values))
    when = _open(node.attributes.when if isinstance(node, Section) else node.when, values)
    if when is None:
        return None
    body = tuple(inner for each in node.body if (inner := _given(each, values)) is not None)
    if isinstance(node, Only):
        return replace(node, body=body, when=when)
    return replace(node, title=fill_some(node.title, values), body=body, attributes=replace(node.attributes, when=when))


def _open(conditions: tuple[Condition, ...], values: dict[str, str]) -> tuple[Condition, ...] | None:
    """The conditions that the parameters leave open; None if one of them can't be met any more."""
    left: list[Condition] = []
    for condition in conditions:
        value = values.get(condition.name, "{" + condition.name + "}")
        if "{" in value:
            left.append(replace(condition, name=value.strip("{} ")))
        elif not met(condition, values):
            return None
    return tuple(left)


def _joined(front: Front, guest: Front) -> Front:
    """The front matter of the script that asks, with what its guest needs and does not find there."""
    known = {variable.name for variable in front.variables}
    return replace(
        front,
        variables=(*front.variables, *(variable for variable in guest.variables if variable.name not in known)),
        needs=tuple(dict.fromkeys((*front.needs, *guest.needs))),
        cautions=tuple(dict.fromkeys((*front.cautions, *guest.cautions))),
        position=front.position or guest.position,
        say=tuple({**dict(guest.say), **dict(front.say)}.items()),
    )
