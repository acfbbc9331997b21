"""`unfold`: sides, repeats, conditions and blanks, written out as they will be heard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE
from voiceguide.errors import ScriptErrors, UsageError
from voiceguide.script.model import Attributes, CheckIn, Hold, Include, Only, Pause, Say, Section, Sides
from voiceguide.script.parser import parse
from voiceguide.script.unfold import unfold

FRONT = (
    "title: A\nfor: {audience}\nposition: [prone, seated]\nneeds: [a chair, a pillow]\n"
    "variables: {{name: Sam, oil: {{choices: [oil, lotion]}}}}\n"
)


def written(body, values=None, minutes=10, audience="self"):
    front = FRONT.format(audience=audience)
    return unfold(parse(f"---\n{front}---\n{body}", "a.md"), values or {}, minutes)


def told(nodes):
    """What is heard, in order; pauses as seconds."""
    for node in nodes:
        if isinstance(node, Section):
            yield from told(node.body)
        elif isinstance(node, Sides):
            for number, one in enumerate(node.passes):
                yield from [f"({node.changes[number - 1].text})"] if number else []
                yield from told(one)
        elif isinstance(node, Say):
            yield node.text
        elif isinstance(node, Pause):
            yield node.frames // RATE


def heard(body, values=None, minutes=10, audience="self"):
    return list(told(written(body, values, minutes, audience)))


def refused(body, values=None, minutes=10):
    with pytest.raises(ScriptErrors) as caught:
        written(body, values, minutes)
    return [(problem.line - 7, problem.message, problem.fix) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("braces", "audience", "lines"),
    [
        ("each side", "self", ["left, then right", "(Now the other side, the right.)", "right, then left"]),
        ("each side", "partner", ["left, then right", "(Now their right side.)", "right, then left"]),
        ("each side, start right", "partner", ["right, then left", "(Now their left side.)", "left, then right"]),
        ("each side: near, far", "partner", ["near, then far", "(Now the far side.)", "far, then near"]),
    ],
)
def test_sides(braces, audience, lines):
    assert heard(f"# A {{{braces}}}\n\n{{side}}, then {{other side}}", audience=audience) == lines


def test_repeats_with_a_rest_between():
    body = "# A {repeat 3, between 20s}\n\n[first] Long words.\n\n[again] Again, {ordinal}.\n\nNumber {n}."
    assert heard(body) == ["Long words.", "Number 1.", 20, "Again, second.", "Number 2.", 20, "Again, third.", "Number 3."]


def test_all_rounds_on_one_side_then_all_on_the_other():
    body = "# A {each side, repeat 2, between 5s}\n\n[first] Long.\n\n[again] Short.\n\n{side} {n}"
    change = "(Now the other side, the right.)"
    assert heard(body) == ["Long.", "left 1", 5, "Short.", "left 2", change, "Short.", "right 1", 5, "Short.", "right 2"]


def test_steps_inside_a_section_with_sides_are_written_out_on_both():
    (section,) = written(
        "# A {each side, keep}\n\nOne.\n\n## The {side} arm {repeat 2}\n\n[first] Long {n}.\n\n[again] Short {n}."
    )
    (sides,) = section.body
    assert section.attributes == Attributes(keep=True)
    assert [[node.title for node in one if isinstance(node, Section)] for one in sides.passes] == [
        ["The left arm"],
        ["The right arm"],
    ]
    assert list(told([sides])) == [
        "One.",
        "Long 1.",
        "Short 2.",
        "(Now the other side, the right.)",
        "One.",
        "Short 1.",
        "Short 2.",
    ]


def test_a_step_can_have_sides_of_its_own():
    (section,) = written("# A\n\nOne.\n\n## B {each side}\n\n{side}.")
    assert isinstance(section.body[1], Section)
    assert isinstance(section.body[1].body[0], Sides)


def test_sections_keep_what_the_planner_needs():
    (section,) = written("# A {2m-6m, repeat 2, optional 2, when minutes > 5, area neck}\n\nHi.")
    assert section.attributes == Attributes(120 * RATE, 240 * RATE, 360 * RATE, optional=2, tags=(("area", "neck"),))


def test_blanks_everywhere():
    body = (
        '# For {name}\n\n{name}, with {needs}, {minutes} minutes.\n\n[check-in "Fine, {name}?"]\n\n'
        '[hold 1m, halfway "{name}.", remind every 10s "{name}!", say "{giver}, {receiver}." at half]'
    )
    (section,) = written(body, {"giver": "Kim"}, 17.98)
    say, check, hold = section.body
    assert (section.title, say.text) == ("For Sam", "Sam, with a chair and a pillow, 18 minutes.")
    assert isinstance(check, CheckIn)
    assert check.question.text == "Fine, Sam?"
    assert isinstance(hold, Hold)
    assert [hold.halfway.text, hold.reminders.lines[0].text, hold.anchors[0].say.text] == ["Sam.", "Sam!", "Kim, your partner."]


@pytest.mark.parametrize(
    ("when", "values", "minutes", "there"),
    [
        ("minutes >= 25", {}, 25, True),
        ("minutes >= 25", {}, 24.999, False),
        ("minutes < 18, when minutes > 17", {}, 17 + 59 / 60, True),
        ("position = prone", {}, 10, True),
        ("position = prone", {"position": "seated"}, 10, False),
        ("position != prone", {"position": "seated"}, 10, True),
        ("guidance = full", {}, 10, True),
        ("guidance = full", {"guidance": "some"}, 10, False),
        ("for = self", {}, 10, True),
        ("name = Kim", {"name": "Kim"}, 10, True),
        ("oil = lotion", {"oil": "oil"}, 10, False),
    ],
)
def test_conditions(when, values, minutes, there):
    assert heard(f"# A\n\nHi.\n\n## B {{when {when}}}\n\nThere.", values, minutes) == ["Hi.", "There."][: 1 + there]


def test_paragraphs_for_some_only():
    body = (
        "# A {repeat 2}\n\n[when oil = oil] Oil.\n\n[first] [when oil = oil, position = prone] Both.\n\n"
        "[when name = Sam] [again] Later.\n\n- [when oil != oil] [pause 2s] None."
    )
    assert heard(body, {"oil": "oil"}) == ["Oil.", "Both.", "Oil.", "Later."]
    assert heard(body, {"oil": "oil", "position": "seated"}) == ["Oil.", "Oil.", "Later."]
    assert heard(body, {"oil": "lotion", "name": "Kim"}) == [2, "None.", 2, "None."]


def test_pronouns_pressure_and_capitals_in_the_words():
    body = (
        "# A {pressure 3-5, each side}\n\n{Name}: {they say} how firm; {pressure} is right.\n\n## B {pressure 2}\n\n{Pressure}."
    )
    words = heard(body, {"name": "kim", "pronouns": "he"}, audience="partner")
    assert words[:3] == ["Kim: he says how firm; 3 to 5 is right.", "2.", "(Now his right side.)"]


def test_sections_in_which_nothing_happens_are_left_out():
    assert [
        section.title for section in written("# A\n\n# B {when minutes > 99}\n\nB.\n\n# C\n\n> note\n\n# D\n\n[first] D.")
    ] == ["D"]
    (section,) = written("# A {each side}\n\n[first] Once.")
    assert [len(one) for one in section.body[0].passes] == [1, 0]


@pytest.mark.parametrize(
    ("body", "values", "found"),
    [
        (
            "{side}",
            {},
            [(1, "{side} has no value here", "it stands in a section with {each side}, not in that section's own heading")],
        ),
        (
            "# The {side} {each side}\n\nHi.",
            {},
            [(1, "{side} has no value here", "it stands in a section with {each side}, not in that section's own heading")],
        ),
        (
            "{oil}\n\n{oil} {n}",
            {},
            [
                (1, "{oil} has no value here", "give it a default, or a value: --set oil=..."),
                (3, "{oil} has no value here", "give it a default, or a value: --set oil=..."),
            ],
        ),
        ("# A {when oil = oil}\n\nHi.", {}, [(1, "oil has no value", "give it a default, or a value: --set oil=...")]),
        ("# A {when name < 5}\n\nHi.", {}, [(1, "name is 'Sam', not a number", "compare words with = or !=")]),
        ("# A {when minutes > 99}\n\nHi.", {}, [(-5, "nothing is left to play", "look at the conditions")]),
        (
            "# A {when oil = oil}\n\nHi. {side}",
            {},
            [
                (1, "oil has no value", "give it a default, or a value: --set oil=..."),
                (3, "{side} has no value here", "it stands in a section with {each side}, not in that section's own heading"),
            ],
        ),
        ("[include other]", {}, [(1, "other has not been brought in", "")]),
        (
            "# A {repeat 100}\n\n## B {repeat 100}\n\nHi.",
            {},
            [(1, "written out, the script has more than 5000 cues", "repeat less")],
        ),
    ],
)
def test_what_is_refused(body, values, found):
    assert refused(body, values) == found


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"oil": "butter"}, "A: there is no choice of oil 'butter'; known: oil, lotion"),
        ({"position": "seatd"}, "A: there is no choice of position 'seatd'; did you mean 'seated'?"),
        ({"nmae": "Kim"}, "A: there is no variable 'nmae'; did you mean 'name'?"),
    ],
)
def test_values_that_cannot_be_are_the_person_s_own_mistake(values, said):
    with pytest.raises(UsageError) as refused:
        written("Hi.", values)
    assert str(refused.value) == said


def left_over(nodes):
    for node in nodes:
        assert not isinstance(node, Only | Include)
        if isinstance(node, Section):
            assert node.level == 2
            assert node.attributes == Attributes()
            left_over(node.body)
        elif isinstance(node, Sides):
            assert len(node.passes) == len(node.changes) + 1 == 2
            for one in node.passes:
                left_over(one)
        elif isinstance(node, Say):
            assert "{" not in node.text


HEADINGS = st.sampled_from(
    ["# A", "# B {each side}", "# C {repeat 2}", "## D", "## E {each side: near, far}", "## F {repeat 3, between 5s}"]
)
LINES = st.sampled_from(["Hi {name}.", "[first] Once.", "[again] More. [bell]", "[pause 5s]", "[hold 5s-9s]", "---"])


@given(st.lists(HEADINGS | LINES, max_size=12))
def test_only_steps_sections_and_sides_are_left(lines):
    sections = written("\n\n".join(["Hello.", *lines]))
    assert sections
    for section in sections:
        assert section.level == 1
        assert section.body
        left_over(section.body)
