from dataclasses import replace

import pytest
from card_kit import BUNDLED, ROUTINE, bundled, card
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.card.content import Content, Row
from voiceguide.card.fit import EASY, HEIGHT, LARGEST, SMALLEST, details, height, layout
from voiceguide.script.model import Front, Place

PLACE = Place("kit.md", 1)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=120)


def with_rows(count: int, title: str = "Long strokes", summary: str = "") -> Content:
    row = Row(title, 0, 1, stroke="gliding", area="back", pressure=(2, 3))
    return Content(Front("Kit", PLACE, summary), "", count, (row,) * count)


@pytest.mark.slow
@pytest.mark.parametrize("wish", ["least", "ideal", "most"])
@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_routine_fits_one_sheet_in_letters_that_can_be_read(name, wish):
    made = bundled(name, wish)
    assert height(made, layout(made)) < HEIGHT
    assert layout(made).points >= 8


def test_letters_are_as_large_as_there_is_room_and_rows_flat_where_that_helps():
    sizes = [layout(with_rows(count)).points for count in (3, 12, 20, 30, 45)]
    assert sizes == sorted(sizes, reverse=True)
    assert (sizes[0], layout(with_rows(3)).rows) == (LARGEST, "tall")
    assert layout(with_rows(30)).rows == "flat"
    assert layout(with_rows(300)).points == SMALLEST


@pytest.mark.slow
@given(st.integers(1, 60), TEXTS, TEXTS)
def test_what_fits_is_within_the_sheet_and_tall_rows_are_easy_to_read(count, title, summary):
    made = with_rows(count, title, summary)
    chosen = layout(made)
    assert SMALLEST <= chosen.points <= LARGEST
    assert chosen.points == SMALLEST or height(made, chosen) < HEIGHT
    assert chosen.rows == "flat" or chosen.points >= EASY
    longer = replace(made, rows=(*made.rows, made.rows[0]))
    assert height(longer, chosen) > height(made, chosen)


def test_the_small_print_of_a_row(tmp_path):
    arrive, shoulders, *_ = card(ROUTINE, tmp_path).rows
    assert details(arrive) == ("breathe 4 in, 6 out",)
    assert details(shoulders) == ("kneading", "shoulders", "each side", "breathe 5 in, 5 out", "asks how it is, 2 times")
