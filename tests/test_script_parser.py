"""`parse`: whole routines, exact places, and nothing but a Script or ScriptErrors whatever goes in."""

import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voiceguide.audio import RATE
from voiceguide.errors import ScriptErrors
from voiceguide.script.model import Attributes, Beat, Bell, Breathe, CheckIn, Hold, Only, Pause, Place, Say, Script, Section
from voiceguide.script.parser import parse

ROUTINES = [path.read_bytes() for path in sorted((Path(__file__).parent.parent / "scripts").glob("*.md"))]
HEAD = "---\ntitle: A\nvariables: {name: Sam}\n---\n"
SHOULDERS = """---
title: Ten-minute shoulders
for: partner
minutes: {least: 6, ideal: 10, most: 15}
soundscape: stream
breathing: extended
needs: [a chair, a pillow]
cautions: [back, neck]
variables:
  name: {default: your partner}
---

# Arrive {ideal 45s}

Stand behind {name}, and rest both hands on the shoulders. [pause 3s] Nothing to do yet.

[breathe x3]

> A note for readers: never spoken.

# Squeeze the ridge {each side, pressure 3-5, area shoulders, technique kneading}

Take the muscle between neck and {side} shoulder, and squeeze slowly, then let go.

[first] Lean in with your weight. Keep your own elbows soft.

[hold 40s-2m, beat 24/min, remind every 30s "Slow and even." | "Let go completely each time.", halfway, countdown 3]

# Check {keep}

[check-in "Ask for a number, one to ten. Five or six is right.", wait 7s]

# Finish {ideal 15s}

[bell bowl]
Rest your hands. [pause 5s] Thank you.
"""


def sections(body):
    return parse(HEAD + body, "a.md").sections


def nodes(body):
    (section,) = sections(body)
    return section.body


def said(body):
    return [node.text for node in nodes(body) if isinstance(node, Say)]


def problems(text):
    with pytest.raises(ScriptErrors) as caught:
        parse(text, "a.md")
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


def wrong(body):
    """Line of the body, column and message of every problem."""
    return [(line - 4, column, message) for line, column, message in problems(HEAD + body)]


def test_a_whole_routine():
    script = parse(SHOULDERS.encode(), "shoulders.md")
    assert (script.source, script.front.title, script.front.audience) == ("shoulders.md", "Ten-minute shoulders", "partner")
    assert [section.title for section in script.sections] == ["Arrive", "Squeeze the ridge", "Check", "Finish"]
    arrive, ridge, check, finish = script.sections
    assert arrive.attributes == Attributes(ideal=45 * RATE)
    assert [type(node) for node in arrive.body] == [Say, Pause, Say, Breathe]
    assert arrive.body[0] == Say(
        "Stand behind {name}, and rest both hands on the shoulders.", Place("shoulders.md", 15, 1), opens=True
    )
    assert arrive.body[2].opens is False
    assert (arrive.body[3].pattern.name, arrive.body[3].count) == ("extended", 3)
    assert ridge.attributes.sides == ("left", "right")
    assert [type(node) for node in ridge.body] == [Say, Only, Hold]
    assert [say.text for say in ridge.body[1].body] == ["Lean in with your weight.", "Keep your own elbows soft."]
    assert isinstance(check.body[0], CheckIn)
    assert [type(node) for node in finish.body] == [Bell, Say, Pause, Say]
    assert finish.body[1].at == Place("shoulders.md", 36, 1)


@pytest.mark.parametrize("routine", ROUTINES)
def test_the_bundled_routines_parse_with_any_line_ends(routine):
    script = parse(routine, "a.md")
    assert parse(b"\xef\xbb\xbf" + routine.replace(b"\n", b"\r\n"), "a.md") == script
    assert parse(routine.decode(), "a.md") == script


def test_sections_and_steps():
    made = sections("Hi.\n\n## Zero\n\nA.\n\n# One\n\nB.\n\n## Two {keep}\n\nC.\n\n# Three\n\nD.")
    assert [(section.title, section.level) for section in made] == [("A", 1), ("One", 1), ("Three", 1)]
    assert [type(node) for node in made[0].body] == [Say, Section]
    step = made[1].body[1]
    assert (step.title, step.level, step.attributes.keep, step.body[0].text) == ("Two", 2, True, "C.")
    assert made[1].at.line == 11


def test_text():
    assert said("One. Two\nthree.\n\n- four\n- *five* [six](http://x.y)") == ["One.", "Two three.", "four", "five six"]
    assert [node.opens for node in nodes("One. Two.\n\n- three\n- four. Five.\n\n[bell] Six.") if isinstance(node, Say)] == [
        True,
        False,
        True,
        True,
        False,
        True,
    ]
    assert said("Rest [pause 3s]. Now, [pause 3s] … go.") == ["Rest", "Now,", "… go."]
    assert [type(node) for node in nodes("Rest [pause 3s].")] == [Say, Pause]
    assert [type(node) for node in nodes("A.\n\n---\n\nB.\n***")] == [Say, Beat, Say, Beat]
    assert said("[first](http://x.y) of all (gently). `[bell]` Fine.") == ["first of all (gently).", "Fine."]


def test_who_speaks_to_whom_holds_until_the_section_ends():
    made = sections("[to giver]\nA.\n\n## Step\n[pace 100] B.\n\n## Next\nC. [voice emma] [hold 9s, halfway]\n\n# End\nD.")
    flat = [each for section in made for node in section.body for each in (node.body if isinstance(node, Section) else [node])]
    heard = [(say.text, say.to, say.pace, say.voice) for say in flat if isinstance(say, Say)]
    assert heard == [
        ("A.", "giver", None, None),
        ("B.", "giver", 100, None),
        ("C.", "giver", None, None),
        ("D.", "both", None, None),
    ]
    (hold,) = [node for node in flat if isinstance(node, Hold)]
    assert (hold.halfway.to, hold.halfway.voice) == ("giver", "emma")


@pytest.mark.parametrize(("setting", "pattern"), [("", "easy"), ("breathing: six", "six")])
def test_how_people_breathe_unless_said_otherwise(setting, pattern):
    (section,) = parse(f"---\ntitle: A\n{setting}\n---\n[breathe] [hold 2 breaths]", "a.md").sections
    assert section.body[0].pattern.name == pattern
    assert section.body[1].length.ideal == 2 * section.body[0].pattern.period


def test_all_mistakes_at_once_in_reading_order_with_their_places():
    text = (
        "---\ntitle: A\nmusik: rain\npace: fast\n---\n# One {optionel}\n\nHi {nmae}, good\nmorning. [puase 5s]\n"
        "Bye. [pause 5]\n\n### Deep [bell]\n\n- [hold 2m-1m] 😀\n"
    )
    assert problems(text) == [
        (3, 1, "there is no setting 'musik'"),
        (4, 7, "'fast' is not a number of words a minute"),
        (6, 7, "there is no attribute 'optionel'"),
        (8, 4, "there is no variable 'nmae'"),
        (9, 10, "there is no direction 'puase'"),
        (10, 6, "'5' is not a time"),
        (12, 5, "### is a heading of its own kind"),
        (14, 3, "2m-1m ends before it begins"),
        (14, 16, "no voice can speak '😀'"),
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("a [hold 5s", [(1, 3, "a square bracket is left over")]),
        ('a [hold 5s, say "x at half] b', [(1, 3, "a square bracket is left over")]),
        ("a ] b", [(1, 3, "a square bracket is left over")]),
        ("See https://x.y/z now", [(1, 5, "the address 'https://x.y/z' cannot be spoken")]),
        ("a <!-- b\n\nc --> d", [(1, 3, "the comment does not end in its paragraph")]),
        ("a {b\n{}", [(1, 3, "a brace stands alone"), (2, 1, "a brace stands alone")]),
        ('[check-in "Hi {nmae}?"]', [(1, 1, "there is no variable 'nmae'")]),
        ("# Hi {nmae} you\n\nA.", [(1, 3, "there is no variable 'nmae'")]),
        ("# A {when minuets >= 3}\n\nA.", [(1, 5, "there is no condition on 'minuets'")]),
        ("#\n\nA.", [(1, 1, "the heading is empty")]),
        ("# {keep}\n\nA.", [(1, 3, "the heading is empty")]),
        ("# A {ke [bell] ep}\n\nA.", [(1, 3, "a direction stands in a heading"), (1, 3, "there is no attribute 'ke ep'")]),
        ("## A [bell]\n\nA.", [(1, 4, "a direction stands in a heading")]),
        ("A. [first] B.", [(1, 4, "[first] stands inside a paragraph")]),
        ("A. [when minutes > 3] B.", [(1, 4, "[when] stands inside a paragraph")]),
        ("[again] [first] B.", [(1, 9, "[first] cannot follow [again]")]),
        ("[when oil = none] B.", [(1, 1, "there is no condition on 'oil'")]),
        ("[when so] B.", [(1, 1, "'so' is not a condition")]),
        ("!!!", [(1, 1, "no voice can speak '!!!'")]),
        ("# A\n\n## B\n\n[to giver]", [(-2, 1, "the script has nothing to play")]),
        ("> only a note", [(-2, 1, "the script has nothing to play")]),
        ("A " * 501 + ".", [(1, 1, "a sentence of 1003 characters")]),
        ("Hi.\n\n<div>Rest</div>", [(3, 1, "words inside HTML are not spoken")]),
        ("Hi.\n\n\tRest.\n\n    [bell]", [(3, 1, "indented words are code, and not spoken")]),
        ("Hi.\n\n- Rest.\n\n      So.", [(5, 1, "indented words are code, and not spoken")]),
        ("Hi.\n#Rest", [(2, 1, "no space follows #")]),
        ("##Rest\n\nHi #1 and 2#.", [(1, 1, "no space follows ##")]),
    ],
)
def test_mistakes_in_the_words(body, found):
    assert wrong(body) == found


def test_a_broken_front_matter_does_not_hide_the_mistakes_beneath_it():
    assert [line for line, _, _ in problems("---\ntitle: [A\n---\nHi {who}. [bel]\n")] == [2, 4]
    assert [line for line, _, _ in problems("# Hi\n\n[bel]")] == [1, 3]
    assert [line for line, _, _ in problems("---\ntitle: A\nneeds: [a chair]\n\n# Hi {kep}\n\n[bel]")] == [1, 5, 7]
    assert [line for line, _, _ in problems("\n\n---\ntitel: A\n---\nHi {who}. [bel]\n")] == [1, 1, 4, 6, 6]
    assert [line for line, _, _ in problems("---\ntitle: A\n---\nHi\x0bthere. [bel]\n")] == [4, 4]


def test_what_is_not_settled_in_the_front_matter_is_still_declared():
    assert wrong_names("variables: {oil: {defualt: x}}", "{oil} {oli}") == ["key of a variable", "variable 'oli'"]


def wrong_names(setting, body):
    found = problems(f"---\ntitle: A\n{setting}\n---\n{body}")
    return [" ".join(message.removeprefix("there is no ").split()[: 4 if "key" in message else 2]) for _, _, message in found]


LONG = {
    "headings": "# a\n" * 100_000,
    "paragraphs": "a\n\n" * 300_000,
    "cues": "Go. " * 1000 + "\n\n" + "Go.\n\n" * 4500,
    "blank lines": "\n" * 1_000_000,
    "one line": "a" * 1_000_000,
    "too large": "a" * 2_000_000,
    **{
        f"{unit!r} in one go": unit * (1_000_000 // len(unit))
        for unit in ("[", "*", "`", " ", "<!--", "---\n", "{", "(", "- ", "> ", "![", '["', ".")
    },
    **{
        f"{unit!r} in paragraphs": (unit * (4900 // len(unit)) + "\n\n") * 200
        for unit in ("[", "*a", "`", "{", "_*", "[a](", '["', "[pause 5s]", "<a", "!.")
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_large_and_odd_texts_are_over_in_a_second(body):
    parse(HEAD + "Warm up.", "a.md")
    begun = time.process_time()
    with suppress(ScriptErrors):
        parse(HEAD + body, "a.md")
    assert time.process_time() - begun < 1


PIECES = st.sampled_from(
    [
        "[pause 5s]",
        "[hold ",
        "[",
        "]",
        "{",
        "}",
        "{name}",
        "---\n",
        "\n\n",
        "# ",
        "## ",
        "`",
        "*",
        "_",
        "<!--",
        "-->",
        "> ",
        "- ",
        "| a |\n|--|\n",
        '"',
        "“",
        "~2m",
        "x4",
        "&a ",
        "!!b ",
        "<<: ",
        "each side",
        "repeat 3",
        "[first]",
        "\t",
        "\r\n",
        "\r",
        "\x00",
        "\u202e",
        "😀",
        "é",
        "。",
        "\\",
        "&amp;",
        "![a](b)",
    ]
)


def only_script_errors(text):
    try:
        script = parse(text, "a.md")
    except ScriptErrors as errors:
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if isinstance(text, str) else None
        for problem in errors.problems:
            assert problem.file == "a.md"
            assert problem.column >= 1
            assert lines is None or (1 <= problem.line <= len(lines) and problem.column <= len(lines[problem.line - 1]) + 1)
    else:
        assert isinstance(script, Script)
        assert script.sections


@given(st.binary(max_size=200))
def test_any_bytes(data):
    only_script_errors(data)
    only_script_errors(HEAD.encode() + data)


@given(st.text(max_size=100), st.lists(PIECES | st.text(max_size=8), max_size=30))
def test_any_text(text, parts):
    only_script_errors(text)
    only_script_errors(HEAD + "".join(parts))
    only_script_errors(f"---\ntitle: A\n{''.join(parts)}\n---\n{text}")


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(ROUTINES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), PIECES | st.just("")), min_size=1, max_size=6),
)
def test_real_routines_with_something_broken(routine, changes):
    text = routine.decode()
    for where, cut, piece in changes:
        at = int(where * len(text))
        text = text[:at] + piece + text[at + cut :]
    only_script_errors(text)
