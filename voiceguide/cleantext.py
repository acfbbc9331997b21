"""Text on its way out: one function for each destination.

What an author wrote may hold anything Unicode has. Control, bidirectional and invisible characters could redraw a terminal,
hide the end of a file name or break a tag, so none of them passes (Unicode categories Cc, Cf, Cs, Co, Cn; line and paragraph
separators become spaces).
"""

import re
import unicodedata

NAME_BYTES = 120
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]")
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
XML_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}


def terminal(text: str) -> str:
    """One line for a terminal: nothing in it can move the cursor; bytes that are no text show as a replacement mark."""
    return _visible(re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text))


def tag(text: str) -> str:
    """One line for a title, an artist or a chapter name inside a sound file."""
    return " ".join(_visible(text).split())


def xml(text: str) -> str:
    """One line for the text or a quoted attribute of XML, SVG or HTML, escaped."""
    return "".join(XML_ENTITIES.get(character, character) for character in _visible(text))


def filename(text: str, suffix: str = "") -> str:
    """A name for a new file, safe on every system: `First back massage` with `.mp3` is `first-back-massage.mp3`.

    Letters and digits of any script stay. Never a path, hidden, reserved (CON) or empty; at most 120 bytes before `suffix`.
    """
    plain = unicodedata.normalize("NFC", _visible(text).lower())
    words = "".join(character if unicodedata.category(character)[0] in "LMN" else " " for character in plain)
    short = "-".join(words.split()).encode()[:NAME_BYTES].decode(errors="ignore").strip("-") or "session"
    return ("session-" if RESERVED.fullmatch(short) else "") + short + suffix


def _visible(text: str) -> str:
    spaced = re.sub(r"\s", " ", text)
    return "".join(character for character in spaced if unicodedata.category(character) not in UNSEEN)
