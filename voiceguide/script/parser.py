"""`parse`: a routine's text to a Script, or all its mistakes at once. Nothing else ever comes out, whatever goes in.

`read_script` gives both: what could be read, for whoever looks for what else is wrong.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from voiceguide.errors import Problem
from voiceguide.script.attributes import cut_braces, read_attributes
from voiceguide.script.conditions import check_condition
from voiceguide.script.directions import read_direction
from voiceguide.script.front import declared, read_front, split_front
from voiceguide.script.markdown import Block, Bracketed, Words, read_blocks
from voiceguide.script.mistakes import MOST_PROBLEMS, Mistake, noted, raise_all, short
from voiceguide.script.model import Attributes, Beat, Front, Node, Only, Place, Say, Script, Section
from voiceguide.script.patterns import PATTERNS
from voiceguide.script.scope import Scope
from voiceguide.script.sentences import sentences
from voiceguide.script.size import MOST_STEPS
from voiceguide.script.text import read_text
from voiceguide.script.variables import names, wrong_blanks
from voiceguide.script.yamltree import read_yaml

_STRANGE = re.compile(r"https?://\S+|www\.\S+|<!--|[\[\]]|(?<!\S)#{1,6}(?=[^\W\d_])")


def parse(text: bytes | str, source: str) -> Script:
    """The routine in `text` (UTF-8, at most 1 MiB); `source` is the file name for people. Raises ScriptErrors, all at once."""
    problems: list[Problem] = []
    script = read_script(text, source, problems)
    raise_all(problems)
    return script


def read_script(text: bytes | str, source: str, problems: list[Problem]) -> Script:
    """What can be read of the routine in `text`, each mistake noted in `problems`."""
    front, known, body = Front("Untitled", Place(source, 1)), None, ""
    with noted(problems, Place(source, 1)):
        yaml, body = split_front(read_text(text, source, problems), source, problems)
        if yaml is not None:
            fields = read_yaml(yaml, source, 1, problems)
            front = read_front(fields, problems)
            known = names(front) | declared(fields)
    builder = _Builder(front, known, problems)
    with noted(problems, front.at):
        for block in read_blocks(body, source, problems):
            builder.take(block)
            if len(problems) >= MOST_PROBLEMS:
                break
    if not builder.steps and not problems:
        silent = Mistake("the script has nothing to play", "write some words beneath the front matter")
        problems.append(silent.problem(front.at))
    return Script(front, builder.sections(), source, tuple(builder.voices))


@dataclass(slots=True)
class _Draft:
    """A section being written; `scope` is what holds in it by now."""

    title: str
    at: Place
    level: int
    scope: Scope
    attributes: Attributes = field(default_factory=Attributes)
    body: "list[Node | _Draft]" = field(default_factory=list)

    def done(self) -> Section:
        body = tuple(node.done() if isinstance(node, _Draft) else node for node in self.body)
        return Section(self.title, self.at, body, self.level, self.attributes)


class _Builder:
    """Takes blocks in reading order and sorts them into sections; `known` None means nobody knows the variables' names."""

    def __init__(self, front: Front, known: frozenset[str] | None, problems: list[Problem]) -> None:
        self.front, self.known, self.problems = front, known, problems
        self.drafts: list[_Draft] = []
        self.open: _Draft | None = None
        self.voices: list[tuple[str, Place]] = []
        self.steps = 0

    def sections(self) -> tuple[Section, ...]:
        return tuple(draft.done() for draft in self.drafts)

    def take(self, block: Block) -> None:
        if block.level > 0:
            self.heading(block)
            return
        draft = self.open or self.chapter(self.front.title, block.at)
        nodes = self.paragraph(block, draft) if block.level == 0 else [Beat(block.at)]
        draft.body.extend(nodes)
        self.steps += len(nodes) + sum(len(node.body) for node in nodes if isinstance(node, Only))
        if self.steps > MOST_STEPS:
            raise Mistake(f"the script has more than {MOST_STEPS} cues", "share it out among several scripts", at=block.at)

    def chapter(self, title: str, at: Place) -> _Draft:
        breathing = self.front.breathing or PATTERNS["easy"].use
        self.open = _Draft(title, at, 1, Scope(at, breathing))
        self.drafts.append(self.open)
        return self.open

    def heading(self, block: Block) -> None:
        words = [piece for piece in block.pieces if isinstance(piece, Words)]
        title, groups = cut_braces("".join(piece.text for piece in words), self.known or frozenset())
        if block.level == 1:
            draft = self.chapter(title, block.at)
        else:
            parent = self.drafts[-1] if self.drafts else self.chapter(self.front.title, block.at)
            draft = self.open = _Draft(title, block.at, 2, parent.scope)
            parent.body.append(draft)
        at = words[0].place(groups[0][0]) if groups and len(words) == 1 else block.at
        with noted(self.problems, at):
            draft.attributes = read_attributes([text for _, text in groups], at)
            for condition in draft.attributes.when if self.known is not None else ():
                check_condition(condition, self.front)
        with noted(self.problems, block.at):
            _check_heading(block, title)
        self.blanks(title, block.at)

    def blanks(self, text: str, at: Place) -> None:
        if self.known is not None:
            self.problems.extend(mistake.problem(at) for _, mistake in wrong_blanks(text, self.known))

    def paragraph(self, block: Block, draft: _Draft) -> list[Node]:
        nodes: list[Node] = []
        only: Only | None = None
        for piece in block.pieces:
            if len(self.problems) >= MOST_PROBLEMS:
                break
            if isinstance(piece, Words):
                opens = not any(isinstance(node, Say) for node in nodes)
                nodes.extend(self.spoken(piece, draft.scope, opens, alone=len(block.pieces) == 1))
                continue
            self.blanks(piece.text, piece.at)
            with noted(self.problems, piece.at):
                made = read_direction(piece.text, replace(draft.scope, at=piece.at))
                if isinstance(made, Scope):
                    self.voices += [(made.voice, made.at)] if made.voice and made.voice != draft.scope.voice else []
                    draft.scope = made
                elif not isinstance(made, Only):
                    nodes.append(made)
                else:
                    only = self.opened(made, only, inside=bool(nodes))
        return [replace(only, body=tuple(nodes))] if only else nodes

    def opened(self, only: Only, before: Only | None, *, inside: bool) -> Only:
        """What a paragraph is for, told by the directions that it begins with."""
        name = only.round or "when"
        if inside or (before and before.round and only.round):
            where = "stands inside a paragraph" if inside else f"cannot follow [{before.round if before else ''}]"
            raise Mistake(f"[{name}] {where}", "begin a paragraph with it")
        for condition in only.when if self.known is not None else ():
            check_condition(condition, self.front)
        return Only((before and before.round) or only.round, (), (before.when if before else ()) + only.when)

    def spoken(self, words: Words, scope: Scope, opens: bool, alone: bool) -> Iterator[Say]:
        if self.known is not None:
            wrong = wrong_blanks(words.text, self.known)
            self.problems.extend(mistake.problem(words.place(offset)) for offset, mistake in wrong)
        for start, end in sentences(words.text):
            text = words.text[start:end]
            if not alone and all(unicodedata.category(character)[0] in "PZ" for character in text):
                continue
            with noted(self.problems, words.place(start)):
                _check_sentence(text, words, start)
                yield replace(scope, at=words.place(start)).say(text, opens)
                opens = False


def _check_heading(block: Block, title: str) -> None:
    if block.level > 2:
        raise Mistake(f"{'#' * block.level} is a heading of its own kind", "sections are # and steps inside them ##")
    if any(isinstance(piece, Bracketed) for piece in block.pieces):
        raise Mistake("a direction stands in a heading", "write it in a paragraph beneath")
    if not title:
        raise Mistake("the heading is empty", "give the section a name")


def _check_sentence(text: str, words: Words, start: int) -> None:
    if strange := _STRANGE.search(text):
        at = words.place(start + strange.start())
        if strange[0] == "<!--":
            raise Mistake("the comment does not end in its paragraph", "close it with --> before the empty line", at=at)
        if strange[0] in "[]":
            fix = "close the direction and its quotation marks in the same paragraph"
            raise Mistake("a square bracket is left over", fix, at=at)
        if strange[0][0] == "#":
            raise Mistake(f"no space follows {strange[0]}", "a heading is written # Rest; elsewhere leave the sign out", at=at)
        raise Mistake(f"the address {short(strange[0])} cannot be spoken", "write [the words](address)", at=at)
