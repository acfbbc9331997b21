"""A recipe's text becomes a Recipe, or all its mistakes at once, each with file, line, key and the nearest right one."""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from voiceguide.ambience import controls
from voiceguide.ambience.keys import Entry, Part, Parts, entries
from voiceguide.ambience.places import line_of
from voiceguide.ambience.recipe import CONTROLS, Recipe
from voiceguide.errors import Problem, RecipeError

LIMIT = 65_536
AT = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)")

Path = tuple[str | int, ...]


def read(text: bytes, name: str, file: str = "") -> Recipe:
    """The recipe in `text`; `name` is the soundscape's, `file` is shown in messages.

    Raises RecipeError with every mistake found.
    """
    reader = _Reader(file or f"{name}.toml")
    recipe = reader.recipe(text, name)
    if recipe is None or reader.problems:
        raise RecipeError(reader.problems)
    return recipe


class _Reader:
    """Collects mistakes while the tables are turned into values."""

    def __init__(self, file: str) -> None:
        self.file, self.text = file, ""
        self.problems: list[Problem] = []

    def recipe(self, text: bytes, name: str) -> Recipe | None:
        table = self.parsed(text)
        if table is None:
            return None
        recipe: Recipe | None = self.table(Recipe, table, ())
        if recipe is None:
            return None
        self.check_layers(recipe)
        self.check_controls(recipe)
        return replace(recipe, name=name)

    def parsed(self, text: bytes) -> Mapping[str, object] | None:
        if len(text) > LIMIT:
            self.problem((), f"larger than {LIMIT // 1024} KiB", fix="a recipe is a page of text")
            return None
        try:
            self.text = text.decode("utf-8")
            return tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            self.problem((), f"not UTF-8 text at byte {error.start}", fix="save the file as UTF-8")
        except RecursionError:
            self.problem((), "nested too deeply")
        except ValueError as error:
            place = AT.search(str(error))
            line, column = (int(place[1]), int(place[2])) if place and place[1] else (self.text.count("\n") + 1, 1)
            self.problems.append(Problem(self.file, line, column, AT.sub("", str(error)), "not TOML (toml.io)", rule="recipe"))
        return None

    def table(self, described: type, table: Mapping[str, object], path: Path, besides: Iterable[str] = ()) -> Any:
        """An instance of `described`, or None when something in it was wrong."""
        keys = {key.name: key for key in entries(described)}
        before = len(self.problems)
        for name in table.keys() - keys.keys() - set(besides):
            self.unknown((*path, name), [*keys, *besides])
        for key in keys.values():
            if key.needed and key.name not in table:
                self.problem(path, f"{key.name!r} is missing", key.meaning, f"add `{key.name} = ...`: {key.kind}")
        said = ((keys[name], value) for name, value in table.items() if name in keys)
        values = {key.field: self.value(key, value, (*path, key.name)) for key, value in said}
        return described(**values) if len(self.problems) == before else None

    def value(self, key: Entry, value: object, path: Path) -> object:
        kind = key.kind
        if isinstance(kind, Part) and isinstance(value, Mapping):
            return self.table(kind.of, value, path)
        if isinstance(kind, Parts) and isinstance(value, list) and 0 < len(value) <= kind.most:
            return tuple(self.part(kind, part, (*path, number)) for number, part in enumerate(value))
        try:
            return kind.take(value)
        except ValueError as error:
            self.problem(path, f"{key.name!r}: {error}", key.meaning)
            return None

    def part(self, kind: Parts, part: object, path: Path) -> object:
        if not isinstance(part, Mapping):
            self.problem(path, f"expected a table, not {part!r}")
            return None
        if isinstance(kind.of, type):
            return self.table(kind.of, part, path)
        named = part.get("type")
        if not isinstance(named, str) or named not in kind.of:
            expected = f"'type': expected {', '.join(kind.of)}, not {named!r}"
            self.problem((*path, "type"), expected, fix=_nearest(str(named), kind.of))
            return None
        return self.table(kind.of[named], part, path, ["type"])

    def check_layers(self, recipe: Recipe) -> None:
        names = [layer.id for layer in recipe.layers]
        for number, layer in enumerate(recipe.layers):
            if layer.id in names[:number] or layer.id in controls.OWN:
                self.problem(("layer", number, "id"), f"the layer name {layer.id!r} is taken", fix="give every layer its own")
            if getattr(layer, "follow", "") and recipe.shore is None:
                self.problem(("layer", number, "follow"), "there is no shore to follow", fix="add a table [shore]")

    def check_controls(self, recipe: Recipe) -> None:
        for name in CONTROLS:
            control = getattr(recipe.controls, name)
            for target, ends in control.maps if control else ():
                try:
                    controls.check(recipe, target, ends)
                except ValueError as error:
                    self.problem(("controls", name, target), f"{target!r}: {error}")

    def unknown(self, path: Path, known: Iterable[str]) -> None:
        self.problem(path, f"unknown key {path[-1]!r}", fix=_nearest(str(path[-1]), known))

    def problem(self, path: Path, message: str, reason: str = "", fix: str = "") -> None:
        self.problems.append(Problem(self.file, line_of(self.text, path), 1, message, reason, fix, "recipe"))


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), 1, 0.5)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
