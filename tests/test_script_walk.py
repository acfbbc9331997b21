"""Every node once, in the order it is read."""

from plan_kit import AT, hold, say, section

from voiceguide.audio import RATE
from voiceguide.script.model import Anchor, CheckIn, Only, Reminders, Sides
from voiceguide.script.walk import every, said_by, sections_of, steps_of

LEFT, RIGHT, AGAIN, REST = say("Left."), say("Right."), say("Once more."), hold(1, 2)
STEP = section("Step", LEFT, level=2)
SIDES = Sides(((STEP,), (RIGHT,)), (say("Now the other side."),), AT)
ONLY = Only("again", (AGAIN,))
WHOLE = section("Whole", SIDES, ONLY, REST)


def test_every_node_comes_before_what_is_in_it_and_after_what_is_read_before():
    assert list(every([WHOLE])) == [WHOLE, SIDES, STEP, LEFT, RIGHT, ONLY, AGAIN, REST]


def test_sections_and_steps_are_two_parts_of_it():
    assert list(sections_of([WHOLE])) == [WHOLE, STEP]
    assert list(steps_of([WHOLE])) == [SIDES, LEFT, RIGHT, AGAIN, REST]
    assert list(every([])) == []


def test_words_are_found_wherever_a_step_hides_them():
    full = hold(60, 90, reminders=Reminders(RATE, (LEFT, RIGHT)), halfway=AGAIN, anchors=(Anchor(say("At."), 0),))
    assert [one.text for one in said_by(full)] == ["At.", "Once more.", "Left.", "Right."]
    assert said_by(CheckIn(LEFT, RATE, AT)) == said_by(LEFT) == (LEFT,)
    assert said_by(WHOLE) == ()
