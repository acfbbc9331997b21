"""Markdown to blocks: what is spoken, what is a direction, and where every piece stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.script.markdown import MOST_BLOCKS, Bracketed, Words, read_blocks
from voiceguide.script.mistakes import Mistake


def blocks(text, problems=None):
    return list(read_blocks(text, "a.md", [] if problems is None else problems))


def pieces(text):
    return [piece.text if isinstance(piece, Words) else [piece.text] for block in blocks(text) for piece in block.pieces]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Hello *soft* **firm** _slow_ hands.", ["Hello soft firm slow hands."]),
        ("one\ntwo", ["one two"]),
        ("one  \ntwo\\\nthree", ["one two three"]),
        ("a [pause 5s] b", ["a ", ["pause 5s"], " b"]),
        ("[pause 5s][bell]", [["pause 5s"], ["bell"]]),
        ("[hold 45s,\n halfway]", [["hold 45s,\n halfway"]]),
        ('[say "a ] b" x]', [['say "a ] b" x']]),
        ("[say “a [b] c”]", [["say “a [b] c”"]]),
        ("Relax![pause 3s] Good.", ["Relax!", ["pause 3s"], " Good."]),
        ("*soft [pause 3s] hands*", ["soft ", ["pause 3s"], " hands"]),
        ("See [the page](http://x.y) now", ["See the page now"]),
        ("See [the page][p] and [p] now\n\n[p]: http://x.y", ["See the page and p now"]),
        ("See <http://x.y> now", ["See  now"]),
        ("`[pause 5s]` a ``[bell]``", [" a "]),
        ("\\[pause 5s\\]", ["[pause 5s]"]),
        ("a ![pause 5s](x.png) b", ["a  b"]),
        ("a <!-- [bell] --> b <b>c</b>d", ["a  b cd"]),
        ("a<br>b<br/>c", ["a b c"]),
        ("a&amp;b &eacute;", ["a&b é"]),
        ("- [ ] one\n- [x] two", [" one", " two"]),
        ("Knead.[^1]\n\n[^1]: A note of its own.", ["Knead."]),
        ("> note\n> [bell]\n\nafter", ["after"]),
        ("- > note\n- item", ["item"]),
        ("| a | b |\n|---|---|\n| [bell] | d |\n\nafter", ["after"]),
        ("```\n[bell]\n```\n\n    [bell]\n", []),
        ("<!-- a\n\n[bell]\n\nb -->\n\nafter", ["after"]),
        ("1. one\n2. two\n   - deep", ["one", "two", "deep"]),
        ("2 * 3 * 4 and snake_case_word", ["2 * 3 * 4 and snake_case_word"]),
    ],
)
def test_pieces(text, made):
    assert pieces(text) == made


def test_levels_and_beats():
    text = "# A\n\none\n---\n\n## B\n***\n### C #\ntwo\n===\n"
    assert [(block.level, block.at.line) for block in blocks(text)] == [
        (1, 1),
        (0, 3),
        (-1, 4),
        (2, 6),
        (-1, 7),
        (3, 8),
        (0, 9),
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("one two\nthree\n", ["two", "three"]),
        ("   one\n  two\n", ["one", "two"]),
        ("- one\n  two\n  - three\n", ["one", "two", "three"]),
        ("1. *one* and **two** `code` three", ["one", "two", "three"]),
        ("[a](http://two.two) two", ["two"]),
        ("one <!-- two --> two", ["two"]),
        ("&eacute;&amp; one\\* two", ["one", "two"]),
        ("one![pic](two) two", ["two"]),
        ("# one [bell] two #\n", ["one", "two"]),
        ("[bell] one\n[bell] two", ["one", "two"]),
        ("<http://one.org> two", ["two"]),
        ("[x] one _two_", ["one", "two"]),
        ("**two\nthree** four", ["two", "three", "four"]),
    ],
)
def test_every_word_knows_its_place(text, marked):
    lines = text.split("\n")
    found = [piece for block in blocks(text) for piece in block.pieces if isinstance(piece, Words)]
    for word in marked:
        words = next(words for words in found if word in words.text)
        at = words.place(words.text.rindex(word))
        line = lines[at.line - 1]
        assert line.startswith(word, at.column - 1)
        assert line.rindex(word) == at.column - 1


def test_directions_know_their_places():
    text = "a [bell]\nbé [bell] **c [bell]**\n- d\n  [bell]\n"
    found = [piece.at for block in blocks(text) for piece in block.pieces if isinstance(piece, Bracketed)]
    assert [(at.line, at.column) for at in found] == [(1, 3), (2, 4), (2, 15), (4, 3)]


def test_words_that_would_be_lost_are_noted():
    problems = []
    blocks("<div>\nRest now.\n</div>\n\n<p align='x'></p>\n\n[pause 5s]: gently\n", problems)
    assert [(problem.line, problem.message) for problem in problems] == [
        (1, "words inside HTML are not spoken"),
        (7, "a colon after a direction makes it the address of a link"),
    ]


def test_a_paragraph_without_end_is_noted_and_the_next_is_read():
    problems = []
    assert [block.at.line for block in blocks("a " * 3000 + "\n\nb\n", problems)] == [3]
    assert "a paragraph of 5999 characters" in problems[0].message


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\n\n" * (MOST_BLOCKS + 1), "paragraphs and list items"),
        ("- " * 10 + "a", "too deep to follow"),
        (("*a" * 2000 + "\n\n") * 40, "more marks than words"),
    ],
)
def test_limits(text, message):
    with pytest.raises(Mistake, match=message) as caught:
        blocks(text)
    assert caught.value.at is not None


@given(st.text(alphabet='ab[]()*_`<>!-#\\&;^"“”| \n{}é', max_size=120))
def test_every_place_lies_in_the_text(text):
    lines = text.split("\n")
    try:
        found = blocks(text)
    except Mistake:
        return
    for block in found:
        for piece in block.pieces:
            indexes = range(len(piece.text)) if isinstance(piece, Words) else ()
            for at in [piece.place(index) for index in indexes] if indexes else [piece.at]:
                assert 1 <= at.line <= len(lines)
                assert 1 <= at.column <= len(lines[at.line - 1]) + 1
