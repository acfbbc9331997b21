"""The front matter: every setting read, every mistake noted at its own place."""

import pytest

from voiceguide.audio import RATE
from voiceguide.script.front import declared, read_front, split_front
from voiceguide.script.model import Length, Soundscape, Variable
from voiceguide.script.yamltree import read_yaml


def front(yaml):
    problems = []
    made = read_front(read_yaml(yaml, "a.md", 2, problems), problems)
    return made, problems


def good(yaml):
    made, problems = front("title: A\n" + yaml)
    assert problems == []
    return made


def bad(yaml):
    made, problems = front("title: A\n" + yaml)
    assert made.title == "A"
    return [(problem.line, problem.column, str(problem)) for problem in problems]


def minutes(*lengths):
    return Length(*(round(length * 60 * RATE) for length in lengths))


def test_a_front_matter_with_everything_in_it():
    made = good(
        "summary: Two\n  lines.\nfor: partner\nminutes: {least: 6, ideal: 10, most: 15}\nvoice: heart\npace: 110\n"
        "language: pt-BR\n"
        "soundscape: {use: rain, level: -3, controls: {intensity: 0.4}}\nbreathing: extended\nneeds: [a chair, a pillow]\n"
        "position: [prone, seated]\ncautions: fever\nsay: {tapotement: tapot mon}\ntaper: off\nguidance: sparse\n"
        "author: A. B.\nlicense: CC0\nreviewed: 2025-03-01\nvariables: {name: {default: your partner, ask: Who is it for?}}\n"
    )
    assert (made.title, made.summary, made.audience, made.voice, made.pace) == ("A", "Two lines.", "partner", "heart", 110)
    assert (made.minutes, made.language, made.breathing.name) == (minutes(6, 10, 15), "pt-BR", "extended")
    assert made.soundscape == Soundscape("rain", -3, (("intensity", 0.4),))
    assert [made.place(key).line for key in ("voice", "soundscape", "check")] == [7, 10, 2]
    assert (made.needs, made.position, made.cautions) == (("a chair", "a pillow"), ("prone", "seated"), ("fever",))
    assert (made.say, made.taper, made.guidance) == ((("tapotement", "tapot mon"),), False, "sparse")
    assert (made.author, made.license, made.reviewed) == ("A. B.", "CC0", "2025-03-01")
    assert [(each.name, each.default, each.ask) for each in made.variables] == [("name", "your partner", "Who is it for?")]


@pytest.mark.parametrize(
    ("written", "lengths"),
    [
        ("12", (12, 12, 12)),
        ("2.5", (2.5, 2.5, 2.5)),
        ("{least: 6, most: 16}", (6, 11, 16)),
        ("{ideal: 10, most: 15}", (10, 10, 15)),
        ("{least: 6, ideal: 10}", (6, 10, 10)),
        ("{least: 6}", (6, 6, 6)),
        ("010", (10, 10, 10)),
    ],
)
def test_minutes(written, lengths):
    assert good(f"minutes: {written}").minutes == minutes(*lengths)


@pytest.mark.parametrize(
    ("written", "scene"),
    [
        ("rain", Soundscape("rain")),
        ("off", Soundscape(None)),
        ("{use: my-rain.toml}", Soundscape("my-rain.toml")),
        ("{use: off}", Soundscape(None)),
        ("garden/", Soundscape("garden/")),
        ("{use: ocean, follow: breath}", Soundscape("ocean", breathes=True)),
    ],
)
def test_soundscapes(written, scene):
    assert good(f"soundscape: {written}").soundscape == scene


def test_variables_short_and_long():
    made = good(
        "variables:\n  name: Sam\n  oil: {choices: [oil, lotion], default: oil}\n  friend:\n  side  kick: {ask: Who?}\n"
    )
    named = [(each.name, each.default, each.choices, each.ask) for each in made.variables]
    assert named == [
        ("name", "Sam", (), ""),
        ("oil", "oil", ("oil", "lotion"), ""),
        ("friend", None, (), ""),
        ("side kick", None, (), "Who?"),
    ]
    assert isinstance(made.variables[0], Variable)
    assert made.variables[1].at.line == 5


def test_a_setting_with_nothing_after_the_colon_is_not_said():
    made = good("voice:\nminutes: ~\nfor:\n")
    assert (made.voice, made.minutes, made.audience) == (None, None, None)


@pytest.mark.parametrize(
    ("yaml", "at", "said"),
    [
        ("titel: B", (3, 1), "there is no setting 'titel'; did you mean 'title'?"),
        ("musik: rain", (3, 1), "there is no setting 'musik'"),
        ("summary: [a]", (3, 10), "this setting is a text"),
        ("for: me", (3, 6), "there is no choice 'me'; known: partner, self, rest"),
        ("minutes: 12m", (3, 10), "'12m' is not a number of minutes; write a number from 0.1 to 480"),
        ("minutes: 5:00", (3, 10), "not a number of minutes"),
        ("minutes: 1_0", (3, 10), "not a number of minutes"),
        ("minutes: 481", (3, 10), "from 0.1 to 480"),
        ("minutes: nan", (3, 10), "not a number"),
        ("minutes: {least: 9, ideal: 5}", (3, 10), "out of order"),
        ("minutes: {leats: 9}", (3, 11), "did you mean 'least'?"),
        ("minutes: {ideal: [1]}", (3, 18), "this setting is a text"),
        ("minutes: {}", (3, 10), "says nothing"),
        ("pace: 500", (3, 7), "write a number from 80 to 220"),
        ("pace: 1e9999999", (3, 7), "not a number of words a minute"),
        ("language: english please", (3, 11), "not a language"),
        ("soundscape: {level: -3}", (3, 13), "has no name"),
        ("soundscape: {use: rain, controls: {wind: 3}}", (3, 42), "write a number from 0 to 1"),
        ("soundscape: {use: rain, levle: 3}", (3, 25), "did you mean 'level'?"),
        ("soundscape: {use: rain, follow: breth}", (3, 33), "did you mean 'breath'?"),
        ("breathing: box", (3, 12), "a pattern with holds is never a default; choose easy"),
        ("breathing: sigh", (3, 12), "holds the breath"),
        ("breathing: dolphin", (3, 12), "there is no breathing pattern 'dolphin'"),
        ("voice: [a]", (3, 8), "this setting is a text"),
        ("needs: {a: b}", (3, 8), "this setting is a text"),
        ("variables: [a]", (3, 12), "variables are written as"),
        ("variables: {side: x}", (3, 13), "cannot name a variable; it is filled by itself"),
        ("variables: {1st: x}", (3, 13), "cannot name a variable; a name is a letter"),
        ("variables: {oil: {choices: [a, b], default: c}}", (3, 45), "there is no choice of oil 'c'"),
        ("variables: {pronouns: it}", (3, 23), "known: they, she, he"),
        ("variables: {pronouns: {choices: [she, it]}}", (3, 33), "there is no choice of pronouns 'it'"),
        ("variables: {oil: {defualt: c}}", (3, 19), "did you mean 'default'?"),
        ("taper: maybe", (3, 8), "neither on nor off"),
        ("guidance: lots", (3, 11), "known: full, some, sparse"),
        ("say: tapotement", (3, 6), "say is written as"),
    ],
)
def test_mistakes_and_their_places(yaml, at, said):
    (problem,) = bad(yaml)
    assert problem[:2] == at
    assert said in problem[2]


def test_all_mistakes_at_once_within_a_setting_too():
    found = bad("pace: x\nvariables:\n  m: a\n  side: b\n  1st: c\nmusik: d")
    assert sorted(line for line, _, _ in found) == [3, 6, 7, 8]


@pytest.mark.parametrize("yaml", ["", "author: A", "title:", "title: ~"])
def test_a_title_must_be_there(yaml):
    _, problems = front(yaml)
    assert [problem.message for problem in problems] == ["the script has no title"]


def test_a_title_has_no_blanks():
    _, problems = front("title: For {name}")
    assert [(problem.column, problem.message) for problem in problems] == [(8, "a title has no blanks")]


def test_declared_names_count_even_with_a_mistake_in_them():
    fields = read_yaml("variables: {a: {defualt: x}, b c: y}", "a.md", 2, [])
    assert declared(fields) == {"a", "b c"}


def test_the_body_keeps_its_lines():
    yaml, body = split_front("---\ntitle: A\n---\n\n# B\n", "a.md", [])
    assert (yaml, body) == ("\ntitle: A\n", "\n\n\n\n# B\n")
    assert split_front("---\n---\nx", "a.md", []) == ("\n", "\n\nx")


@pytest.mark.parametrize(
    ("text", "message", "yaml", "body"),
    [
        ("# Hello", "the script has no front matter", None, "# Hello"),
        ("", "the script has no front matter", None, ""),
        ("\n---\ntitle: A\n---\nHi", "the front matter does not begin on the first line", "\n\ntitle: A\n", "\n\n\n\nHi"),
        ("---\ntitle: A\n", "the front matter never ends", None, "\n\n"),
        ("---\ntitle: A\n\n## Hi\n", "the front matter never ends", None, "\n\n\n## Hi\n"),
        ("---\n" + "#" * 70_000 + "\n---\nHi", "the front matter is larger than 64 KiB", None, "\n\n\nHi"),
    ],
)
def test_where_is_the_front_matter(text, message, yaml, body):
    problems = []
    assert split_front(text, "a.md", problems) == (yaml, body)
    assert [(problem.line, problem.message) for problem in problems] == [(1, message)]
