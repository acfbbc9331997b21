"""Reading recipes: every mistake has its file, its line, its key and the nearest right one."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.ambience import reading
from voiceguide.ambience.keys import Part, Parts, entries
from voiceguide.ambience.recipe import Noise, Recipe
from voiceguide.errors import Problem, RecipeError

GOOD = """\
title = "Test"

[controls.calm]
default = 0.5
maps = { "bed.level" = [-6, 6], "bed.mods.*.depth" = [2, 0] }

[[layer]]
id = "bed"
type = "noise"
mods = [{ rate = 0.3, depth = 1 }]
"""


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(RecipeError) as caught:
        reading.read(text.encode(), "test")
    assert caught.value.problems
    return caught.value.problems


def changed(before: str, after: str) -> str:
    assert before in GOOD
    return GOOD.replace(before, after)


def test_a_small_recipe_is_filled_with_defaults() -> None:
    recipe = reading.read(GOOD.encode(), "test")
    assert isinstance(recipe, Recipe)
    assert (recipe.name, recipe.title, recipe.loudness) == ("test", "Test", -27.0)
    bed = recipe.layers[0]
    assert isinstance(bed, Noise)
    assert bed.mods[0].depth == 1.0
    assert bed.frame == 2048


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (changed("rate = 0.3", "rte = 0.3"), 10, ["unknown key 'rte'", "'rate'"]),
        (changed('title = "Test"', 'titel = "Test"'), 1, ["unknown key 'titel'", "'title'"]),
        (changed("depth = 1 }", "depth = 99 }"), 10, ["'depth'", "0 to 12", "99"]),
        (changed('type = "noise"', 'type = "nose"'), 9, ["'nose'", "'noise'"]),
        (changed('type = "noise"\n', ""), 7, ["'type'", "events"]),
        (changed("default = 0.5", "default = 5"), 4, ["'default'", "0 to 1"]),
        (changed('"bed.level"', '"bad.level"'), 5, ["'bad.level'", "the layers are bed"]),
        (changed('"bed.level"', '"bed.volume"'), 5, ["'bed.volume'", "'volume'", "level"]),
        (changed('"bed.level" = [-6, 6]', '"bed.level" = [-6, 60]'), 5, ["60", "-60 to 24"]),
        (changed('"bed.level"', '"bed.id"'), 5, ["cannot be moved"]),
        (changed('"bed.level"', '"bed"'), 5, ["write layer.key"]),
        (changed("mods.*", "mods.3"), 5, ["no entry '3'"]),
        (changed("[controls.calm]", "[controls.clam]"), 3, ["'clam'", "'calm'"]),
        (changed('id = "bed"', 'id = "scene"'), 8, ["'scene' is taken"]),
        (changed("mods = [{", 'follow = "shore"\nmods = [{'), 10, ["no shore"]),
        (changed('id = "bed"\n', ""), 7, ["'id' is missing"]),
        (GOOD + '\n[[layer]]\nid = "bed"\ntype = "noise"\n', 13, ["'bed' is taken"]),
        ('title = "x"\n', 1, ["'layer' is missing"]),
        ('title = "x"\nlayer = 3\n', 2, ["'layer'", "list of up to 16 tables"]),
        ('title = "x"\nlayer = [3]\n', 2, ["expected a table"]),
        ('title = "x\n', 1, ["not TOML"]),
        ("", 1, ["'title' is missing"]),
    ],
    ids=str,
)
def test_a_mistake_names_file_line_key_and_what_to_write(text: str, line: int, words: list[str]) -> None:
    found = [problem for problem in problems(text) if problem.line == line]
    assert found
    assert all(word in " ".join(map(str, found)) for word in words), found
    assert str(found[0]).startswith(f"test.toml:{line}:")


def test_all_mistakes_are_told_at_once() -> None:
    text = changed("rate = 0.3", "rte = 0.3").replace("default = 0.5", "default = 5").replace("title", "titel")
    assert len(problems(text)) >= 4


def test_too_much_text_and_wrong_bytes_are_refused() -> None:
    for content in (b"x" * 70_000, b"title = '\xff'", b"a = " + b"[" * 30_000):
        with pytest.raises(RecipeError):
            reading.read(content, "test")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_recipe_or_a_recipe_error(content: bytes) -> None:
    with pytest.raises(RecipeError):
        reading.read(content, "test")


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.sampled_from('[]{}"=.\n0#x')), min_size=1, max_size=4))
def test_a_recipe_with_slips_is_a_recipe_or_a_recipe_error(slips: list[tuple[int, str]]) -> None:
    text = GOOD
    for place, letter in slips:
        text = text[:place] + letter + text[place + 1 :]
    try:
        assert reading.read(text.encode(), "test").layers
    except RecipeError as error:
        assert all(problem.line >= 1 for problem in error.problems)  # noqa: PT017


def every_key(table: type, around: str = "%s") -> Iterator[tuple[str, str]]:
    """Each key of a table and of those inside it, with the text of a recipe in which it is misspelt."""
    for key in entries(table):
        yield key.name, around % f"{key.name}{key.name[-1]} = 1"
        if isinstance(key.kind, Part):
            yield from every_key(key.kind.of, around % f"{key.name} = {{ %s }}")
        elif isinstance(key.kind, Parts) and isinstance(key.kind.of, type):
            yield from every_key(key.kind.of, around % f"{key.name} = [{{ %s }}]")
        elif isinstance(key.kind, Parts):
            for name, layer in key.kind.of.items():
                yield from every_key(layer, around % f'{key.name} = [{{ type = "{name}", %s }}]')


@pytest.mark.parametrize(("key", "text"), list(every_key(Recipe)))
def test_a_misspelt_key_of_any_table_is_refused_with_the_right_one(key: str, text: str) -> None:
    unknown = [str(problem) for problem in problems(text) if "unknown key" in problem.message]
    assert len(unknown) == 1
    assert f"unknown key '{key}{key[-1]}'; did you mean '{key}'?" in unknown[0]
