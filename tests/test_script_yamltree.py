"""The restricted YAML: text stays text, and nothing can be built, repeated or nested out of hand."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import Place
from voiceguide.script.yamltree import Fields, Items, Text, read_yaml


def read(source, problems=None):
    return read_yaml(source, "a.md", 2, [] if problems is None else problems)


def plain(value):
    if isinstance(value, Fields):
        return {key.text: plain(entry) for key, entry in value.entries}
    return [plain(each) for each in value.values] if isinstance(value, Items) else value.text


@pytest.mark.parametrize(
    "typed",
    ["5:00", "1:30", "0:30", "24:00", "no", "yes", "on", "off", "010", "0x1F", "1_0", "2024-01-01", "1e3", ".inf", "NaN", "y"],
)
def test_values_stay_what_was_typed(typed):
    assert plain(read(f"a: {typed}")) == {"a": typed}


def test_lists_maps_and_blocks():
    source = "a: [x, 'y z']\nb:\n  c: >\n    two\n    lines\n  d:\n    - 1\n    - {e: f}\n"
    assert plain(read(source)) == {"a": ["x", "y z"], "b": {"c": "two lines", "d": ["1", {"e": "f"}]}}


def test_places_count_from_one_and_from_the_first_line():
    fields = read("a: 1\nbc:  [x, y]\n")
    key, value = fields.entries[1]
    assert (key.at, value.at, value.values[1].at) == (Place("a.md", 3, 1), Place("a.md", 3, 6), Place("a.md", 3, 10))


@pytest.mark.parametrize(
    ("source", "empty"), [("a:", True), ("a: ~", True), ("a: null", True), ("a: ''", False), ("a: 'null'", False)]
)
def test_nothing_said(source, empty):
    value = read(source).entries[0][1]
    assert isinstance(value, Text)
    assert value.empty == empty


def test_no_front_matter_at_all_is_empty():
    assert read("").entries == read("# only a comment\n").entries == ()


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("a: &x b", "anchors", 2),
        ("a: b\nc: *a", "anchors", 3),
        ("a: !!python/object:os.system x", "tags", 2),
        ("a: !x y", "tags", 2),
        ("a: b\n<<: {c: d}", "plain word", 3),
        ("[a]: b", "plain word", 2),
        ("- a", "key: value", 2),
        ("just text", "key: value", 2),
        ("a: b: c", "cannot be read", 2),
        ("a: 'x", "cannot be read", 2),
        ("a: b\nc: [d, e\nf: g", r"\[ opens a list that is not closed", 3),
        ("a: b\nc: {d: e\nf: g", "{ opens a group that is not closed", 3),
        ("a: b\nc: 'd\nf: g\n", "a quotation mark is not closed", 3),
        ("a: b\n\t- c", "a tab stands", 3),
        ("a:\tb", "a tab stands", 2),
        ("a: b\n...\n---\nc: d", "two documents", 2),
        ("a: " + "[" * 11 + "]" * 11, "too deeply", 2),
        ("a:\n" + "\n".join(" " * depth + "b:" for depth in range(1, 14)), "too deeply", 12),
    ],
)
def test_what_is_refused_and_where(source, message, line):
    with pytest.raises(Mistake, match=message) as caught:
        read(source)
    assert caught.value.at.line == line


def test_hard_spaces_are_spaces():
    assert plain(read("a:\u00a0b\u00a0c\nd:\n\u00a0 e: f")) == {"a": "b c", "d": {"e": "f"}}


def test_a_key_said_twice_is_noted_and_the_rest_is_read():
    problems = []
    assert plain(read("a: 1\nb: 2\na: 3", problems)) == {"a": "1", "b": "2"}
    assert [(problem.line, problem.message) for problem in problems] == [(4, "'a' is said twice")]


def test_escapes_cannot_bring_control_characters_in():
    problems = []
    read('a: "x\\e[31m"\nb: "\\u202e"', problems)
    assert [problem.line for problem in problems] == [2, 3]


MERGES = "\n".join(f"m{i}: &m{i}\n  <<: [*m{i - 1}, *m{i - 1}]" if i else "m0: &m0 {a: b}" for i in range(24))
LAUGHS = "\n".join(f"a{i}: &a{i} [{', '.join(f'*a{i - 1}' for _ in range(9))}]" if i else "a0: &a0 lol" for i in range(9))


@pytest.mark.parametrize(
    "bomb",
    [
        MERGES,
        LAUGHS,
        "[" * 10_000,
        "{" * 10_000,
        "[a, " * 10_000,
        "{a: " * 10_000,
        "- " * 10_000,
        "? " * 10_000,
        "[ #\n" * 10_000,
    ],
)
def test_bombs_go_off_at_once_and_harmlessly(bomb):
    read("warm: up")
    begun = time.process_time()
    with pytest.raises(Mistake):
        read(bomb)
    assert time.process_time() - begun < 1


@given(st.text(alphabet="ab:[]{}-?&*!|>'\"#%@`, \n\t\\0123é", max_size=80))
def test_any_text_gives_fields_or_a_mistake(source):
    try:
        made = read(source)
    except Mistake:
        return
    assert isinstance(made, Fields)
