"""Where others plug in: voices, sinks and layers, found by entry points.

A package adds one with a line in its own pyproject.toml, and ours are registered the same way:

    [project.entry-points."voiceguide.voices"]
    hibari = "voiceguide.speech.hibari:load"

The object named there is called to load the back end; its heavy imports belong inside it.
"""

import difflib
import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from voiceguide.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

Group = Literal["voices", "sinks", "layers"]


def names(group: Group) -> tuple[str, ...]:
    """The back ends of a group that are registered here, sorted; whether one can be loaded is another question."""
    return tuple(sorted({point.name for point in _points(group)}))


def load(group: Group, name: str) -> Callable[..., Any]:
    """The loader of the back end `name`.

    Raises UsageError when nobody registered it; calling the loader raises UsageError, with the pip command, when a package
    it needs is missing.
    """
    found = next((point for point in _points(group) if point.name == name), None)
    if found is None:
        near = difflib.get_close_matches(name, names(group), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names(group)) or 'none'}"
        raise UsageError(f"there is no {name!r} among the {group}; {hint}")
    return _guarded(found)


def _points(group: Group) -> "tuple[EntryPoint, ...]":
    return _points_on(group, tuple(sys.path))


@cache
def _points_on(group: Group, path: tuple[str, ...]) -> "tuple[EntryPoint, ...]":
    """What the packages on this path register; reading them all takes milliseconds, and it is asked for every sentence."""
    from importlib.metadata import entry_points

    return tuple(sorted(entry_points(group=f"voiceguide.{group}"), key=lambda point: (point.name, point.value)))


def _guarded(point: "EntryPoint") -> Callable[..., Any]:
    def loader(*arguments: Any, **options: Any) -> Any:
        try:
            return point.load()(*arguments, **options)
        except ModuleNotFoundError as error:
            raise UsageError(
                f"{point.name} needs the package {error.name!r}, which is not installed; run: {_install(point)}"
            ) from error

    return loader


def _install(point: "EntryPoint") -> str:
    """The pip command: a back end named like one of its package's extras is installed with that extra."""
    package = point.dist.name if point.dist else "voiceguide"
    extras = (point.dist.metadata.get_all("Provides-Extra") or []) if point.dist else []
    return f"pip install '{package}[{point.name}]'" if point.name in extras else f"pip install --force-reinstall {package}"
