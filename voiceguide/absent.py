"""A package that is installed but would better not be: slow to import, or giving other bits than the rest of the world gets."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType


@contextmanager
def absent(package: str) -> Iterator[None]:
    """Let others import as if a package were not installed; what was imported of it before is there again afterwards.

    For one thread: whoever imports that package meanwhile does not find it either."""
    hidden = {name: part for name, part in sys.modules.copy().items() if name.split(".")[0] == package}
    blocked: dict[str, ModuleType | None] = {package: None, **dict.fromkeys(hidden)}
    sys.modules.update(blocked)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in blocked:
            del sys.modules[name]
        sys.modules.update(hidden)
