"""What turning a control does: numbers of the recipe are shifted (levels in dB) or scaled (everything else).

At a control's default nothing changes; between the default and either end the change grows in a straight line. A target is
`layer.key`, `layer.table.key`, `scene.key` for the recipe's own numbers or `shore.key`; `*` stands for every entry of a list.
Several controls may move one number; together they never leave the key's range.
"""

from collections.abc import Mapping, Sequence
from dataclasses import is_dataclass, replace
from typing import Any, NamedTuple

from voiceguide.ambience.keys import Entry, Level, Number, Pair, Range, entries
from voiceguide.ambience.recipe import CONTROLS, Moved, Recipe

OWN = ("scene", "shore")


class Change(NamedTuple):
    """One number that a control moves: before, after (not clipped), and its key."""

    before: Any
    after: Any
    key: Entry


def settled(recipe: Recipe, values: Mapping[str, float]) -> Recipe:
    """The recipe with its controls at `values` (0 to 1, by name; those left out stay at their defaults)."""
    for name, value in sorted(values.items()):
        control = getattr(recipe.controls, name)
        for target, ends in control.maps:
            recipe = _moved(recipe, target, ends, value, control.default)
    return recipe


def correction(recipe: Recipe, values: Mapping[str, float]) -> Pair:
    """dB to add to the measured gain and swing for controls at `values`."""
    found = [(_measured(recipe, name), value, getattr(recipe.controls, name).default) for name, value in values.items()]
    gain = sum(_between(moved.gain, 0.0, value, default) for moved, value, default in found)
    swing = sum(_between(moved.swing, 0.0, value, default) for moved, value, default in found)
    return gain, swing


def available(recipe: Recipe) -> dict[str, float]:
    """The controls that do something, and their defaults."""
    return {name: control.default for name in CONTROLS if (control := getattr(recipe.controls, name))}


def check(recipe: Recipe, target: str, ends: Pair) -> None:
    """ValueError when a target is not there, cannot be moved, or would leave its range at one of the ends."""
    for at, amount in zip((0.0, 1.0), ends, strict=True):
        for before, after, key in _changes(recipe, target, amount):
            if _movable(key).clip(after) != after:
                raise ValueError(f"{before!r} would become {after!r} at {at:g}, outside {key.kind}")


def _moved(recipe: Recipe, target: str, ends: Pair, value: float, default: float) -> Recipe:
    neutral = 0.0 if any(isinstance(key.kind, Level) for _, _, key in _changes(recipe, target, 1.0)) else 1.0
    moved: Recipe = _replaced(recipe, _steps(recipe, target), _between(ends, neutral, value, default), [])
    return moved


def _changes(recipe: Recipe, target: str, amount: float) -> list[Change]:
    """What becomes of every number behind a target."""
    changes: list[Change] = []
    _replaced(recipe, _steps(recipe, target), amount, changes)
    return changes


def _steps(recipe: Recipe, target: str) -> Sequence[str]:
    """A target as the way from the recipe down to a number."""
    first, *rest = target.split(".")
    if first == "scene":
        return tuple(rest)
    if first == "shore":
        return "shore", *rest
    layers = [layer.id for layer in recipe.layers]
    if first not in layers:
        raise ValueError(f"there is no layer {first!r}; the layers are {', '.join(layers)}")
    return "layers", str(layers.index(first)), *rest


def _replaced(value: Any, steps: Sequence[str], amount: float, changes: list[Change]) -> Any:
    """`value` with the number at the end of `steps` changed by `amount`; each change is noted in `changes`."""
    if isinstance(value, tuple) and steps:
        chosen = range(len(value)) if steps[0] == "*" else _index(steps[0], len(value))
        parts = enumerate(value)
        return tuple(_replaced(part, steps[1:], amount, changes) if at in chosen else part for at, part in parts)
    if not is_dataclass(value) or isinstance(value, type) or not steps:
        raise ValueError("a control moves numbers: write layer.key, layer.table.key or layer.list.*.key")
    key = _entry(type(value), steps[0])
    part = getattr(value, key.field)
    if len(steps) > 1:
        return replace(value, **{key.field: _replaced(part, steps[1:], amount, changes)})
    kind = _movable(key)
    after = _changed(part, kind, amount)
    changes.append(Change(part, after, key))
    return replace(value, **{key.field: kind.clip(after)})


def _entry(table: type, name: str) -> Entry:
    known = entries(table)
    key = next((key for key in known if name in (key.name, key.field)), None)
    if key is None:
        raise ValueError(f"there is no key {name!r}; the keys are {', '.join(key.name for key in known)}")
    return key


def _movable(key: Entry) -> Number | Range:
    if not isinstance(key.kind, (Number, Range)) or (isinstance(key.kind, Number) and key.kind.whole):
        raise ValueError(f"{key.name!r} cannot be moved by a control")
    return key.kind


def _changed(value: Any, kind: Number | Range, amount: float) -> Any:
    if isinstance(kind, Range):
        return value[0] * amount, value[1] * amount
    return value + amount if isinstance(kind, Level) else value * amount


def _between(ends: Pair, neutral: float, value: float, default: float) -> float:
    """`neutral` at the default, `ends` at 0 and 1, straight lines between."""
    if value < default:
        return neutral + (ends[0] - neutral) * (default - value) / default
    return neutral + (ends[1] - neutral) * (value - default) / (1 - default) if value > default else neutral


def _measured(recipe: Recipe, name: str) -> Moved:
    return getattr(recipe.measured, name) if recipe.measured else Moved()


def _index(step: str, length: int) -> tuple[int, ...]:
    if not step.isdigit() or int(step) >= length:
        raise ValueError(f"there is no entry {step!r}; write a number below {length}, or *")
    return (int(step),)
