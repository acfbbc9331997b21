"""Markdown to blocks: headings, paragraphs and beats, cut into plain words and directions, every piece with its place.

The Markdown is read by markdown-it (CommonMark and tables), with three small rules of our own: one takes directions out of
the words, before links are looked for; one notes where each piece of text begins, which the parser itself forgets; one ends
the work when a text holds more marks than any routine could (a megabyte of brackets costs seconds otherwise). Addresses
are never used, so they are not put in order either.
A line of dashes under a paragraph is a beat here, never a heading, and notes, tables, code and HTML yield no words.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from voiceguide.errors import Problem
from voiceguide.script.directions import DIRECTIONS
from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Place

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MOST_BLOCKS = 20_000
MOST_MARKS = 30_000
MOST_CHARACTERS = 5_000
DEEPEST_LIST = 12

_BRACKET = re.compile(r"""\[((?:[^\[\]"“”]++|"[^"]*+"|“[^”]*+”){0,60}+)\]""")
_HTML = re.compile(r"<!--(?:(?!-->).)*+(?:-->)?|<[^<>]*+>", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\]\n]+\]:")
_UNSPOKEN = {"blockquote_open": 1, "blockquote_close": -1, "table_open": 1, "table_close": -1}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block's content stood: its rows begin at `starts` (offsets), on lines from `line`, at `columns` (from 1)."""

    file: str
    line: int
    starts: tuple[int, ...]
    columns: tuple[int, ...]

    def place(self, offset: int) -> Place:
        """The place of a character of the content."""
        row = bisect_right(self.starts, offset) - 1
        return Place(self.file, self.line + row, self.columns[row] + offset - self.starts[row])


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words; the character `text[starts[i]]` stood at `offsets[i]` of the block's content."""

    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    origin: Origin

    def place(self, index: int) -> Place:
        """The place of the character `text[index]`."""
        piece = bisect_right(self.starts, index) - 1
        return self.origin.place(self.offsets[piece] + index - self.starts[piece])


@dataclass(frozen=True, slots=True)
class Bracketed:
    """A direction, without its brackets."""

    text: str
    at: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (`level` 1 to 6), a paragraph (0) or a beat (-1)."""

    level: int
    pieces: tuple[Words | Bracketed, ...]
    at: Place


def read_blocks(text: str, file: str, problems: list[Problem]) -> Iterator[Block]:
    """The blocks of a body in reading order; what would be lost without a word is noted in `problems`."""
    env: dict[str, Any] = {"file": file, "blocks": 0, "marks": 0}
    lines = text.split("\n")
    hidden, level = 0, 0
    for token in _markdown().parse(text, env):
        hidden += _UNSPOKEN.get(token.type, 0)
        if hidden or token.map is None:
            continue
        at = Place(file, token.map[0] + 1)
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "inline":
            origin, size = _origin(token.content, at, lines), len(token.content)
            if size > MOST_CHARACTERS:
                problems.append(Mistake(f"a paragraph of {size} characters", "leave an empty line in it").problem(at))
            else:
                yield Block(level, _pieces(token.content, origin, env), origin.place(0))
            level = 0
        elif token.type == "hr":
            yield Block(-1, (), at)
        elif token.type == "html_block" and any(map(str.isalnum, _HTML.sub("", token.content))):
            problems.append(Mistake("words inside HTML are not spoken", "write them as plain text").problem(at))
        elif token.type == "code_block":
            problems.append(Mistake("indented words are code, and not spoken", "begin the line at the margin").problem(at))
    problems.extend(_lost(env))


@cache
def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table").disable(["lheading", "inline", "text_join", "fragments_join"])
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.block.ruler.before("table", "limit", _limit_rule)
    parser.inline.ruler.before("text", "place", _place_rule)
    parser.inline.ruler.before("link", "direction", _direction_rule)
    return parser


def _limit_rule(state: "StateBlock", start: int, _end: int, _silent: bool) -> bool:
    state.env["blocks"] += 1
    at = Place(state.env["file"], start + 1)
    if state.env["blocks"] > MOST_BLOCKS:
        raise Mistake(f"the script has more than {MOST_BLOCKS} paragraphs and list items", "share it out", at=at)
    if state.level > DEEPEST_LIST:
        raise Mistake("lists inside lists, too deep to follow", "write plain paragraphs", at=at)
    return False


def _place_rule(state: "StateInline", silent: bool) -> bool:
    state.env["marks"] += 1
    if state.env["marks"] > MOST_MARKS:
        raise Mistake("the script holds more marks than words", "take out what is not meant as Markdown", at=state.env["at"])
    if not silent and not state.pending and state.tokens is state.env["tokens"]:
        state.env["starts"][len(state.tokens)] = state.pos
    return False


def _direction_rule(state: "StateInline", silent: bool) -> bool:
    match = _BRACKET.match(state.src, state.pos, state.posMax)
    if match is None or _is_link(state, match):
        return False
    if not silent and not _is_silent(match[1]):
        token = state.push("direction", "", 0)
        token.content = match[1]
        token.meta = {"offset": match.start()}
    state.pos = match.end()
    return True


def _is_link(state: "StateInline", match: re.Match[str]) -> bool:
    from markdown_it.common.utils import normalizeReference

    references = state.env.get("references", {})
    follow = _BRACKET.match(state.src, match.end(), state.posMax)
    labels = [match[1], follow[1]] if follow else [match[1]]
    return state.src.startswith("(", match.end()) or any(normalizeReference(label) in references for label in labels)


def _is_silent(label: str) -> bool:
    """Task boxes and footnote marks."""
    return label in (" ", "x", "X") or label.startswith("^")


def _lost(env: dict[str, Any]) -> Iterator[Problem]:
    """Directions that Markdown took for the definition of a link, which nobody sees or hears."""
    for label, reference in env.get("references", {}).items():
        if label.split()[0].lower() in DIRECTIONS:
            mistake = Mistake("a colon after a direction makes it the address of a link", "leave the colon out")
            yield mistake.problem(Place(env["file"], reference["map"][0] + 1))


def _origin(content: str, at: Place, lines: list[str]) -> Origin:
    starts, columns, offset = [], [], 0
    for row, line in zip(content.split("\n"), lines[at.line - 1 :], strict=False):
        bare = row.rstrip()
        starts.append(offset)
        columns.append(max(line.rfind(bare), 0) + 1 if bare else 1)
        offset += len(row) + 1
    return Origin(at.file, at.line, tuple(starts), tuple(columns))


def _pieces(content: str, origin: Origin, env: dict[str, Any]) -> tuple[Words | Bracketed, ...]:
    if _FOOTNOTE.match(content):
        return ()
    parser, children = _markdown(), list[Any]()
    env.update(at=origin.place(0), tokens=children, starts={})
    parser.inline.parse(content, parser, env, children)
    return tuple(_gather(children, env["starts"], origin))


def _gather(children: "list[Token]", starts: dict[int, int], origin: Origin) -> Iterator[Words | Bracketed]:
    """Neighbouring texts joined to Words, directions between them; `starts` gives the offset of most children."""
    gathered: list[tuple[str, int]] = []
    address, offset = False, 0
    for index, child in enumerate(children):
        offset = starts.get(index, offset)
        if child.type == "direction":
            yield from _words(gathered, origin)
            yield Bracketed(child.content, origin.place(child.meta["offset"]))
            gathered = []
        elif child.info == "auto":
            address = child.nesting > 0
        elif not address and (spoken := _spoken(child)):
            gathered.append((spoken, offset))
        offset += len(child.markup if child.type == "text_special" else child.content)
    yield from _words(gathered, origin)


def _spoken(child: "Token") -> str:
    if child.type in ("text", "text_special"):
        return child.content
    return " " if child.type in ("softbreak", "hardbreak") or child.content.lower().startswith("<br") else ""


def _words(gathered: list[tuple[str, int]], origin: Origin) -> Iterator[Words]:
    text = "".join(piece for piece, _ in gathered)
    if text.strip():
        starts, offsets, position = [], [], 0
        for piece, offset in gathered:
            starts.append(position)
            offsets.append(offset)
            position += len(piece)
        yield Words(text, tuple(starts), tuple(offsets), origin)
