"""The person's own folders, where their system keeps such things.

Somebody without a home (a service, an unknown user) has none: their folders are nowhere, so nothing is found in them and
nothing can be kept, instead of a folder called `~` in the middle of somebody's work.
"""

import os
from collections.abc import Callable
from pathlib import Path

NOWHERE = Path(os.devnull, "voiceguide")


def config() -> Path:
    """Settings; need not exist."""
    from platformdirs import user_config_path

    return _own(lambda: user_config_path("voiceguide", appauthor=False))


def data() -> Path:
    """Routines, soundscapes and voices; need not exist."""
    from platformdirs import user_data_path

    return _own(lambda: user_data_path("voiceguide", appauthor=False))


def cache(app: str = "voiceguide") -> Path:
    """What can be made or fetched again; need not exist."""
    from platformdirs import user_cache_path

    return _own(lambda: user_cache_path(app, appauthor=False))


def state() -> Path:
    """What a session leaves behind for the next: where it was; need not exist."""
    from platformdirs import user_state_path

    return _own(lambda: user_state_path("voiceguide", appauthor=False))


def _own(find: Callable[[], Path]) -> Path:
    """Without a home, platformdirs raises RuntimeError, or in older versions gives a path that begins with `~`."""
    try:
        folder = find()
    except RuntimeError:
        return NOWHERE
    return folder if folder.is_absolute() else NOWHERE
