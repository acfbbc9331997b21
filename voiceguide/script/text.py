"""Bytes to text that can be shown and spoken: UTF-8, at most 1 MiB, line ends made one kind, no control characters.

Control characters could steer a terminal, bidirectional ones could show a text in another order than it is spoken, so both
are refused where they stand instead of being dropped. A byte order mark and Windows line ends are what editors leave behind,
soft hyphens and spaces without width what word processors do: nobody sees them, and a word with one in it is that word.
"""

import re
from itertools import islice

from voiceguide.errors import Problem
from voiceguide.script.mistakes import MOST_PROBLEMS, Mistake
from voiceguide.script.model import Place

MOST_BYTES = 1 << 20
MOST_LINES = 20_000

_UNSEEN = re.compile("[\u00ad\u200b\u2060]")
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def read_text(text: bytes | str, source: str, problems: list[Problem]) -> str:
    """The text with `\\n` line ends, without a byte order mark and what nobody sees. A character that cannot be used is
    noted in `problems` and a space; a text that cannot be read at all is a Mistake."""
    decoded = _decoded(text, source)
    lines = _UNSEEN.sub("", decoded.removeprefix("\ufeff").replace("\r\n", "\n"))
    if lines.count("\n") > MOST_LINES:
        raise Mistake(f"the script has more than {MOST_LINES} lines", "share it out among several scripts")
    problems.extend(_refusal(lines, match, source) for match in islice(_REFUSED.finditer(lines), MOST_PROBLEMS))
    return _REFUSED.sub(lambda match: "\n" if match[0] == "\r" else " ", lines)


def refuse_controls(text: str) -> None:
    """Mistake if a value holds a character that no script may hold (an escape in the front matter can make one)."""
    if match := _REFUSED.search(text):
        raise Mistake(f"the control character U+{ord(match[0]):04X} has no place in a script", "leave it out")


def _decoded(text: bytes | str, source: str) -> str:
    if len(text) > MOST_BYTES:
        raise Mistake("the script is larger than 1 MiB", "share it out among several scripts")
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        at = _place(text[: error.start].decode("utf-8", "replace"), source)
        raise Mistake("this is not UTF-8 text", "save the file as UTF-8 in your editor", at=at) from None


def _refusal(text: str, match: re.Match[str], source: str) -> Problem:
    at = _place(text[: match.start()], source)
    if match[0] == "\r":
        fix = "save the file with ordinary line ends"
        return Mistake("a line ends in a way only very old computers use", fix).problem(at)
    return Mistake(f"the control character U+{ord(match[0]):04X} has no place in a script", "leave it out").problem(at)


def _place(before: str, source: str) -> Place:
    before = before.replace("\r", "\n")
    line = before.count("\n") + 1
    return Place(source, line, len(before) - (before.rfind("\n") + 1) + 1)
