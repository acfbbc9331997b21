"""Safe changes made to a routine's text: every other byte stays as it was."""

import re
from collections.abc import Iterable

from voiceguide.check.rule import Edit


def apply(text: bytes, edits: Iterable[Edit]) -> bytes:
    """The text with these changes, from the last line to the first so that places stay true; line ends as the file has them."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text.decode("utf-8"))
    end = "\r\n" if any(line.endswith("\r\n") for line in lines) else "\n"
    for edit in sorted(edits, key=lambda edit: -edit.line):
        at = edit.line - 1
        if edit.instead_of:
            lines[at] = re.sub(edit.instead_of, edit.put, lines[at], count=1)
        else:
            lines.insert(at, edit.put.replace("\n", end))
    return "".join(lines).encode("utf-8")
