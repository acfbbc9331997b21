import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.console.letters import CELLS, FONT, POINTS, large, wrapped


def test_a_letter_is_five_points_of_one_width_and_no_two_are_alike() -> None:
    assert all(len(rows) == POINTS and len({len(row) for row in rows}) == 1 for rows in FONT.values())
    assert all(set("".join(rows)) <= {"#", "."} for rows in FONT.values())
    assert len(set(FONT.values())) == len(FONT)
    assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;?!'\"-() ") <= set(FONT)


def test_two_points_share_a_cell() -> None:
    assert large("L1", 20) == ["█   ▄█", "█    █", "▀▀▀ ▀▀▀"]


def test_accents_and_curly_quotes_are_read_without_them() -> None:
    assert large("Où? It’s là…", 80) == large("OU? IT'S LA...", 80)


@pytest.mark.parametrize("text", ["смотри", "丝", "€", "\x1b"])
def test_what_has_no_large_letter_is_not_drawn(text: str) -> None:
    assert large(text, 200) is None


def test_a_word_that_does_not_fit_is_not_cut() -> None:
    assert large("extraordinarily", 40) is None
    assert large("extraordinarily", 80) is not None


@given(st.text(alphabet="".join(FONT), max_size=80), st.integers(25, 200))
def test_large_letters_stay_within_the_width_in_rows_of_three(text: str, width: int) -> None:
    lines = large(text, width)
    if lines is not None:
        assert len(lines) % 3 == 0
        assert all(len(line) <= width for line in lines)
        assert set("".join(lines)) <= set(CELLS.values())


@given(st.text(max_size=200), st.integers(1, 40))
def test_lines_keep_every_word_in_order_and_never_grow(text: str, width: int) -> None:
    lines = wrapped(text, width, len)
    assert all(0 < len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    words = [word for word in text.split() if len(word) <= width]
    assert all(any(word in line.split() for line in lines) for word in words if len(text.split()) == len(words))
