import gzip
import json
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.speech import tables
from voiceguide.speech.tables import BIG, Table, read, write

WORDS = [f"word{number}" for number in range(BIG)]
BIG_ONE = {word: [number, 0.5] for number, word in enumerate(WORDS)}


def test_a_big_dictionary_becomes_a_table_and_everything_else_stays():
    value = {"tags": ["NN", "VB"], "weights": BIG_ONE, "few": {"a": 1.5, "b": None}}
    opened = read(write(value))
    assert isinstance(opened["weights"], Table)
    assert opened == value
    assert (type(opened), type(opened["few"])) == (dict, dict)


def test_only_what_is_asked_for_is_read():
    table = read(write(BIG_ONE))
    assert table["word99"] == [99, 0.5]
    assert sum(not isinstance(shelf, bytes) for shelf in table._shelves) == 1


@pytest.mark.slow
@settings(max_examples=50)
@given(
    st.dictionaries(st.text(st.characters(), max_size=4), st.none() | st.floats(allow_nan=False) | st.text(max_size=3)),
    st.lists(st.text(max_size=4)),
    st.integers(1, 5),
)
def test_a_table_answers_as_its_dictionary_does(entries, questions, shelf):
    before = tables.BIG, tables.SHELF
    tables.BIG, tables.SHELF = 1, shelf
    try:
        table = read(write(entries))
    finally:
        tables.BIG, tables.SHELF = before
    assert table == entries
    assert (len(table), set(table)) == (len(entries), set(entries))
    for key in [*questions, *entries, "", "\U0010ffff"]:
        assert table.get(key) == entries.get(key)
        assert (key in table) == (key in entries)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["lexicon_us_gold.json.gz", "lexicon_gb_silver.json.gz", "tagger.json.gz"])
def test_hibaris_own_tables_are_the_same_to_the_last_entry(name):
    plain = json.loads(gzip.decompress((files("hibari") / "assets" / name).read_bytes()))
    assert read(write(plain)) == plain
