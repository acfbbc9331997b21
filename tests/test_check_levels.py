import check_kit
import pytest

from voiceguide.check.levels import covers, giving, pressing, pressure, spoken_pressure, tapping, tool


def passage(text: str):
    return check_kit.seen(text).plans[0].passages[0]


def test_tags_come_before_words():
    assert pressure(passage("# A {pressure 2-3}\n\nPress hard and deep.\n\n[hold 1m]")) == (2, 3)
    assert pressure(passage("# A\n\nPress hard and deep.\n\n[hold 1m]")) == (6, 6)
    assert pressure(passage("# A\n\nListen to the rain.\n\n[hold 1m]")) is None


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("A pressure of nine.", [9]),
        ("Eight out of ten.", [8]),
        ("From one to ten.", []),
        ("Three of ten is plenty here.", [3]),
        ("Eight of ten is enough.", [8]),
        ("A pressure of ten is enough.", [10]),
        ("Never a pressure of nine.", []),
        ("Nine lives.", []),
    ],
)
def test_pressure_in_words(text, asked):
    assert list(spoken_pressure(text)) == asked


def test_what_a_passage_works_with():
    assert tool(passage("# A {technique roller}\n\nSlowly.\n\n[hold 1m]")) == "roller"
    assert tool(passage("# A\n\nRoll the ball slowly.\n\n[hold 1m]")) == "ball"
    assert tapping(passage("# A\n\nTap lightly.\n\n[hold 1m]"))
    assert not tapping(passage("# A\n\nOne tap is one pass.\n\n[hold 1m]"))
    assert pressing(passage("# A {technique hold}\n\nWait.\n\n[hold 1m]"))


def test_work_on_the_whole_back_warms_every_part_of_it():
    assert covers("back", "shoulders")
    assert covers("shoulder blade", "shoulders")
    assert not covers("legs", "shoulders")


def test_hands_are_at_work_where_pressure_is():
    plan = check_kit.seen("# Talk\n\nHello.\n\n[hold 1m]\n\n# Strokes {pressure 2}\n\nGlide.\n\n[hold 1m]").plans[0]
    assert [one.section.title for one in giving(plan)] == ["Strokes"]
