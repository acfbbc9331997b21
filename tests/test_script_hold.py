"""`[hold ...]`: the length and every clause."""

import pytest

from voiceguide.audio import RATE
from voiceguide.script.hold import CLAUSES, read_hold
from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Anchor, Countdown, Length, Place
from voiceguide.script.patterns import PATTERNS
from voiceguide.script.scope import Scope

AT = Place("a.md", 3, 4)
SCOPE = Scope(AT, PATTERNS["easy"].use, "giver")


def hold(text):
    return read_hold(text, SCOPE)


def test_lengths():
    assert hold("45s").length == Length(*[45 * RATE] * 3)
    assert hold("30s-2m").length == Length(30 * RATE, 75 * RATE, 120 * RATE)
    assert hold("~2m").length.ideal == 120 * RATE
    assert hold("5 breaths").length.ideal == 45 * RATE
    assert hold("5 breaths, breathe extended").length.ideal == 50 * RATE
    assert hold("12 strokes, beat 6/min").length.ideal == 120 * RATE


def test_all_clauses_at_once():
    made = hold(
        '1m-3m, weight 2.5, breathe six, beat 6/min, remind every 45s "Slow, even." | “Soft elbows.”, halfway, '
        'say "Warm?" at 20s, say "Nearly." at -10s, say "Half." at half, countdown 5 tick'
    )
    assert (made.weight, made.breathe.name, made.beat, made.at) == (2.5, "six", 6, AT)
    assert made.reminders.every == 45 * RATE
    assert [line.text for line in made.reminders.lines] == ["Slow, even.", "Soft elbows."]
    assert (made.halfway.text, made.halfway.to) == ("Halfway.", "giver")
    assert [anchor.offset for anchor in made.anchors] == [20 * RATE, -10 * RATE, None]
    assert isinstance(made.anchors[0], Anchor)
    assert made.countdown == Countdown(5, "tick")


def test_defaults():
    made = hold("45s, countdown 3")
    assert (made.weight, made.countdown) == (1, Countdown(3, "spoken"))
    assert (made.breathe, made.beat, made.reminders, made.halfway, made.anchors) == (None, None, None, None, ())
    assert hold('45s, halfway "Turn now."').halfway.text == "Turn now."
    assert hold('45s, say "Go." at 0s').anchors[0].offset == 0
    assert hold("45s, COUNTDOWN 3 Bell").countdown == Countdown(3, "bell")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a hold begins with its length"),
        ("0s", "a hold of no time at all"),
        ("45", "write 45s for seconds"),
        ("halfway, 45s", "a hold begins with its length"),
        ("45s, hafway", "did you mean 'halfway'"),
        ("45s, 3", "there is no clause of a hold '3'"),
        ("45s, beat 24", "write strokes a minute"),
        ("45s, beat 0/min", "not a beat"),
        ("45s, beat 300/min", "not a beat"),
        ("45s, weight 0", "not a weight"),
        ("45s, weight x", "not a weight"),
        ("45s, weight 1, weight 2", "said twice"),
        ("45s, halfway, halfway", "said twice"),
        ("45s, remind every 45s", 'write it like remind every 45s "Slow hands."'),
        ("45s, remind every 45s Slow.", "how often to say what"),
        ('45s, remind every 2s "Slow."', "less than 5 s apart"),
        ('45s, remind every 45 "Slow."', "write 45s for seconds"),
        ('45s, remind every 45s "..."', "no voice can speak"),
        ('45s, say "Warm?"', "does not say what to say when"),
        ('45s, say "Warm?" at 50s', "would come when the hold is over"),
        ('45s, say "Warm?" at -46s', "would come when the hold is over"),
        ("45s, halfway now", "not in quotation marks"),
        ("45s, countdown", "write 1 to 10"),
        ("45s, countdown 11", "write 1 to 10"),
        ("45s, countdown 3 gong", "then spoken, tick or bell"),
        ("2s, countdown 3", "the countdown is longer than the hold can be"),
        ("12 strokes", "add the beat"),
        ("45s, breathe deep", "no breathing pattern"),
    ],
)
def test_mistakes(text, message):
    with pytest.raises(Mistake) as caught:
        hold(text)
    assert message in str(caught.value)


@pytest.mark.parametrize("name", CLAUSES)
def test_every_example_of_the_table_sets_something(name):
    assert hold(f"1m, {CLAUSES[name].example}") != hold("1m")
