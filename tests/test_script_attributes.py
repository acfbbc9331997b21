"""The braces of a heading."""

import pytest

from voiceguide.audio import RATE
from voiceguide.script.attributes import ATTRIBUTES, cut_braces, read_attributes
from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Attributes, Condition, Place

AT = Place("a.md", 3, 4)


def read(*groups):
    return read_attributes(list(groups), AT)


def test_braces_at_the_end_are_cut_off():
    names = frozenset({"name", "other side"})
    assert cut_braces("Arrive {ideal 45s}", names) == ("Arrive", [(7, "ideal 45s")])
    assert cut_braces("A {keep} {2m-6m} ", names) == ("A", [(2, "keep"), (9, "2m-6m")])
    assert cut_braces("For {name}", names) == ("For {name}", [])
    assert cut_braces("For {name} {keep}", names) == ("For {name}", [(11, "keep")])
    assert cut_braces("The { other  side }", names) == ("The { other  side }", [])
    assert cut_braces("A {x} b", names) == ("A {x} b", [])
    assert cut_braces("{keep}", names) == ("", [(0, "keep")])
    assert cut_braces("a }", names) == ("a }", [])


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("ideal 3m", Attributes(ideal=180 * RATE)),
        ("2m-6m", Attributes(120 * RATE, 240 * RATE, 360 * RATE)),
        ("~2m", Attributes(60 * RATE, 120 * RATE, 240 * RATE)),
        ("3m", Attributes(180 * RATE, 180 * RATE, 180 * RATE)),
        ("2m-6m, ideal 3m", Attributes(120 * RATE, 180 * RATE, 360 * RATE)),
        ("least 2m, ideal 3m, most 6m", Attributes(120 * RATE, 180 * RATE, 360 * RATE)),
        ("each side", Attributes(sides=("left", "right"))),
        ("each side, start right", Attributes(sides=("right", "left"))),
        ("each side: near, far", Attributes(sides=("near", "far"))),
        ("Each Side: near,far, start far, keep", Attributes(sides=("far", "near"), keep=True)),
        ("repeat 3", Attributes(repeat=3)),
        ("repeat 3, between 20s", Attributes(repeat=3, between=20 * RATE)),
        ("optional", Attributes(optional=1)),
        ("optional 2", Attributes(optional=2)),
        ("keep", Attributes(keep=True)),
        ("when minutes >= 25", Attributes(when=(Condition("minutes", ">=", "25", AT),))),
        (
            "when minutes≥25, when position = side lying",
            Attributes(when=(Condition("minutes", ">=", "25", AT), Condition("position", "=", "side lying", AT))),
        ),
        ("when a b != c", Attributes(when=(Condition("a b", "!=", "c", AT),))),
        (
            "pressure 3-5, area low back, technique kneading",
            Attributes(tags=(("pressure", "3-5"), ("area", "low back"), ("technique", "kneading"))),
        ),
        ("pressure 3–5", Attributes(tags=(("pressure", "3-5"),))),
        ("area neck, area shoulders", Attributes(tags=(("area", "neck"), ("area", "shoulders")))),
        ("  keep  ,  ideal   3m  ", Attributes(keep=True, ideal=180 * RATE)),
    ],
)
def test_good_attributes(text, made):
    assert read(text) == made


def test_several_groups_are_one():
    assert read("keep", "ideal 3m") == Attributes(keep=True, ideal=180 * RATE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("optionel", "there is no attribute 'optionel'; did you mean 'optional'?"),
        ("both sides", "there is no attribute 'both sides'"),
        ("ideal", "'ideal' is not understood; write it like {ideal 3m}"),
        ("ideal 3", "write 3s for seconds or 3m for minutes"),
        ("ideal 3m, ideal 4m", "ideal is said twice"),
        ("keep, keep", "keep is said twice"),
        ("3", "write 3s for seconds"),
        ("least 6m, ideal 3m", "out of order"),
        ("2m-6m, ideal 7m", "out of order"),
        ("6m-2m", "ends before it begins"),
        ("keep, optional", "cannot be kept and optional"),
        ("each side: near", "write it like {each side: near, far}"),
        ("each side: near, near", "both sides have the same name"),
        ("start right", "no side is called 'right'; write each side, start right"),
        ("each side, start far", "no side is called 'far'"),
        ("repeat", "write it like {repeat 3, between 20s}"),
        ("repeat 0", "cannot be repeated 0 times"),
        ("repeat 999999999", "write a number from 1 to 100"),
        ("repeat 3, between 20", "write 20s"),
        ("repeat -1", "is not understood"),
        ("optional 0", "is not understood"),
        ("when minutes", "write it like {when minutes >= 25}"),
        ("when minutes => 25", "write it like"),
        ("pressure 11", "from 0 to 10"),
        ("pressure 5-3", "the lower first"),
        ("pressure 3, pressure 4", "pressure is said twice"),
    ],
)
def test_bad_attributes(text, message):
    with pytest.raises(Mistake) as caught:
        read(text)
    assert message in str(caught.value)


def test_empty_braces():
    assert read("") == Attributes()
    with pytest.raises(Mistake, match="the braces hold nothing"):
        read("keep,, optional")


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_example_of_the_table_sets_something(name):
    assert read(ATTRIBUTES[name].example.strip("{}")) != Attributes()
