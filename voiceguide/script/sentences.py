"""Prose to sentences. A sentence ends at . ! ? or … before white space, unless what follows goes on in lower case, or what
stands before is an abbreviation, an initial or a number that counts; 。！？ end one without white space."""

import re

COUNTING = frozenset(["fig", "no", "min", "max", "sec", "approx", "ca"])
ABBREVIATIONS = frozenset(
    [
        "cf",
        "dr",
        "e.g",
        "eg",
        "i.e",
        "ie",
        "incl",
        "jr",
        "messrs",
        "mr",
        "mrs",
        "ms",
        "mt",
        "prof",
        "resp",
        "sr",
        "st",
        "viz",
        "vs",
    ]
)

_END = re.compile(r"""(?<![.!?…।؟])[.!?…।؟]+["'”’»)\]]*(?=\s|$)|[。！？]+["'”’»」』)\]]*""")
_WORD_BEFORE = re.compile(r"\S+$")
_OPENING = "\"'“‘«([{*_¿¡"


def sentences(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence in `text`, white space around it left out; what has no end mark is one as well."""
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if _ends(text, start, match):
            spans.append((start, match.end()))
            start = match.end()
    spans.append((start, len(text)))
    return [trimmed for span in spans if (trimmed := _trimmed(text, *span))]


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    follow = text[match.end() : match.end() + 8].lstrip()
    first = follow.lstrip(_OPENING)[:1]
    if match[0][0] in "。！？" or not follow:
        return True
    if first.islower():
        return False
    return not (match[0] == "." and _abbreviated(text, start, match.start(), first))


def _abbreviated(text: str, start: int, end: int, follow: str) -> bool:
    word = _WORD_BEFORE.search(text, max(start, end - 12), end)
    last = word[0].lstrip(_OPENING) if word else ""
    lowered = last.lower()
    if lowered in COUNTING:
        return follow.isdigit()
    return lowered in ABBREVIATIONS or (len(last) == 1 and last.isupper() and last != "I")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    begin = start + len(piece) - len(piece.lstrip())
    return begin, begin + len(bare)
