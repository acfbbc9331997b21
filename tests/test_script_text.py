"""Bytes to clean text: what editors leave behind is fine, what could deceive is refused where it stands."""

import pytest

from voiceguide.errors import Problem
from voiceguide.script.mistakes import noted
from voiceguide.script.model import Place
from voiceguide.script.text import MOST_BYTES, MOST_LINES, read_text, refuse_controls


def refused(text):
    found: list[Problem] = []
    with noted(found, Place("a.md", 1)):
        read_text(text, "a.md", found)
    return found


def place(text):
    problem = refused(text)[0]
    return problem.line, problem.column, problem.message


def test_marks_and_line_ends_of_editors_are_fine():
    assert read_text(b"\xef\xbb\xbfa\r\nb\tc\r\n", "a.md", []) == "a\nb\tc\n"
    assert read_text("shoul\u00adders\u200b [pau\u2060se 3s]", "a.md", []) == "shoulders [pause 3s]"
    assert read_text("Grüße 😀 「あ」", "a.md", []) == "Grüße 😀 「あ」"


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        (b"ab\ncd\xff", (2, 3), "not UTF-8"),
        ("käse\n".encode("latin-1"), (1, 2), "not UTF-8"),
        ("hello".encode("utf-16"), (1, 1), "not UTF-8"),
        (b"a\nb\x00", (2, 2), "U+0000"),
        (b"a\rb", (1, 2), "line"),
        ("é\x1b[31m", (1, 2), "U+001B"),
        ("a\n\n x\u202e", (3, 3), "U+202E"),
        ("\u2066", (1, 1), "U+2066"),
        ("a\u2028b", (1, 2), "U+2028"),
        ("a\x85", (1, 2), "U+0085"),
        ("a\ufeff", (1, 2), "U+FEFF"),
        ("\ud800", (1, 1), "U+D800"),
    ],
)
def test_what_is_refused_and_where(text, at, message):
    line, column, said = place(text)
    assert (line, column) == at
    assert message in said


def test_the_rest_can_be_read_where_it_stands():
    assert read_text("a\u200eb\rc\x0bd\n", "a.md", []) == "a b\nc d\n"


def test_every_refused_character_is_named_up_to_a_hundred():
    assert [problem.line for problem in refused("a\x01\nb\x02")] == [1, 2]
    assert [(problem.line, problem.column) for problem in refused("a\rb\x02")] == [(1, 2), (2, 2)]
    assert len(refused("\x01" * 5000)) == 100


def test_limits():
    assert place(b"a" * (MOST_BYTES + 1))[2] == "the script is larger than 1 MiB"
    assert "more than 20000 lines" in place("\n" * (MOST_LINES + 1))[2]
    assert read_text("\n" * MOST_LINES + "a", "a.md", []).endswith("a")


def test_an_escape_cannot_bring_a_control_character_in():
    with pytest.raises(ValueError, match=r"U\+001B"):
        refuse_controls("a\x1b")
    refuse_controls("a b")
