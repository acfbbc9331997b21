"""Large letters for a terminal, to be read from across a room, and text broken into lines.

A letter is five points high; two points share one character cell, so a line of letters takes three lines of a terminal.
"""

import unicodedata
from collections.abc import Callable

GLYPHS = """
A .##. #..# #### #..# #..#    B ###. #..# ###. #..# ###.    C .### #... #... #... .###    D ###. #..# #..# #..# ###.
E ### #.. ##. #.. ###         F ### #.. ##. #.. #..         G .### #... #.## #..# .###    H #..# #..# #### #..# #..#
I # # # # #                   J ..# ..# ..# #.# .#.         K #..# #.#. ##.. #.#. #..#    L #.. #.. #.. #.. ###
M #...# ##.## #.#.# #...# #...#  N #..# ##.# #.## #..# #..#  O .##. #..# #..# #..# .##.   P ###. #..# ###. #... #...
Q .##. #..# #..# #.#. .#.#    R ###. #..# ###. #.#. #..#    S .### #... .##. ...# ###.    T ### .#. .#. .#. .#.
U #..# #..# #..# #..# .##.    V #...# #...# .#.#. .#.#. ..#..  W #...# #...# #.#.# ##.## #...#  X #.# #.# .#. #.# #.#
Y #.# #.# .#. .#. .#.         Z #### ..#. .#.. #... ####    0 ### #.# #.# #.# ###         1 .#. ##. .#. .#. ###
2 ### ..# ### #.. ###         3 ### ..# .## ..# ###         4 #.# #.# ### ..# ..#         5 ### #.. ### ..# ###
6 ### #.. ### #.# ###         7 ### ..# .#. .#. .#.         8 ### #.# ### #.# ###         9 ### #.# ### ..# ###
. . . . . #                   , .. .. .. .# #.              : . # . # .                   ; .. .# .. .# #.
? ### ..# .#. ... .#.         ! # # # . #                   ' # # . . .                   " #.# #.# ... ... ...
- ... ... ### ... ...         + ... .#. ### .#. ...         ( .# #. #. #. .#              ) #. .# .# .# #.
/ ..# ..# .#. #.. #..         % #.# ..# .#. #.. #.#         & .##. .#.. #.#. #..# .###    = ... ### ... ### ...
"""
POINTS = 5
_words = GLYPHS.split()
FONT = {_words[at]: tuple(_words[at + 1 : at + 1 + POINTS]) for at in range(0, len(_words), 1 + POINTS)} | {
    " ": ("..",) * POINTS
}
PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
CELLS = {("#", "#"): "█", ("#", "."): "▀", (".", "#"): "▄", (".", "."): " "}

Measure = Callable[[str], int]


def wrapped(text: str, width: int, measure: Measure) -> list[str]:
    """Lines of whole words, none wider than `width` by `measure`; only a word too wide for any line is divided."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and measure(joined) <= width:
            lines[-1] = joined
        else:
            lines += _pieces(word, width, measure)
    return lines


def _pieces(word: str, width: int, measure: Measure) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and measure(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def large(text: str, width: int) -> list[str] | None:
    """`text` in large letters on lines of at most `width` cells, three to a row of words.

    None when a character has no large letter, or a word does not fit."""
    drawn = unicodedata.normalize("NFKD", text.translate(PLAIN).upper())
    plain = "".join(character for character in drawn if not unicodedata.combining(character))
    if any(character not in FONT for character in plain) or any(_wide(word) > width for word in plain.split()):
        return None
    return [line for words in wrapped(plain, width, _wide) for line in _row(words)]


def _wide(words: str) -> int:
    return sum(len(FONT[character][0]) + 1 for character in words) - 1


def _row(words: str) -> list[str]:
    points = [".".join(FONT[character][line] for character in words) for line in range(POINTS)]
    points.append("." * len(points[0]))
    pairs = zip(points[::2], points[1::2], strict=True)
    return ["".join(CELLS[pair] for pair in zip(upper, lower, strict=True)).rstrip() for upper, lower in pairs]
