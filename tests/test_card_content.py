import pytest
from card_kit import BUNDLED, ROUTINE, bundled, card

from voiceguide.audio import RATE
from voiceguide.card.content import in_words
from voiceguide.script.patterns import read_pattern


def test_a_row_says_what_is_done_there(tmp_path):
    made = card(ROUTINE, tmp_path)
    assert [(row.title, row.inner) for row in made.rows] == [
        ("Arrive", False),
        ("Shoulders", False),
        ("One spot", False),
        ("Press", True),
    ]
    arrive, shoulders, spot, press = made.rows
    assert (arrive.stroke, arrive.pressure, arrive.sides, arrive.breaths) == ("", None, False, ("4 in, 6 out",))
    assert (shoulders.stroke, shoulders.area, shoulders.pressure) == ("kneading", "shoulders", (3, 5))
    assert (shoulders.sides, shoulders.breaths, shoulders.asks) == (True, ("5 in, 5 out",), 2)
    assert (spot.pressure, press.pressure, press.stroke) == ((6, 6), (2, 3), "hold")
    assert [(line.text, line.to) for line in press.words] == [("Tell them where.", "receiver")]
    assert arrive.words[0].to == "giver"


def test_the_whole_is_exactly_as_long_as_asked_and_says_what_was_left_out(tmp_path):
    made = card(ROUTINE, tmp_path, 3)
    assert made.length == 3 * 60 * RATE
    assert sum(row.length for row in made.sections) == made.length
    assert card(ROUTINE, tmp_path, 6.5).rows[-1].title == "Rest"
    short = ROUTINE.replace("# Rest {optional, when minutes >= 6}", "# Rest {optional, least 3m}")
    assert card(short, tmp_path, 3).left_out == ("Rest",)


def test_the_position_is_the_one_asked_for_else_the_usual_one(tmp_path):
    assert card(ROUTINE, tmp_path).position == "prone"
    assert card(ROUTINE, tmp_path, position="seated").position == "seated"


@pytest.mark.slow
@pytest.mark.parametrize("name", BUNDLED)
def test_rows_are_in_order_of_time_and_sections_fill_the_session(name):
    made = bundled(name, "ideal")
    starts = [row.start for row in made.rows]
    assert starts == sorted(starts)
    assert [row.start for row in made.sections[1:]] == [row.start + row.length for row in made.sections[:-1]]
    assert sum(row.length for row in made.sections) == made.length
    assert all(row.pressure is None or 1 <= row.pressure[0] <= row.pressure[1] <= 7 for row in made.rows)
    assert sum(len(row.words) for row in made.sections) > 5


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("extended", "4 in, 6 out"),
        ("478", "4 in, 7 hold, 8 out"),
        ("coherent", "5.5 in, 5.5 out"),
        ("sigh", "2 in, 1 more, 6 out, 1 rest"),
    ],
)
def test_a_breath_in_words(written, words):
    assert in_words(read_pattern(written)) == words
