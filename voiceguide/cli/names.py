"""What a shell completes: the names of routines, voices, soundscapes and mixes, and files where no name begins like it."""

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

Completing = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _from(known: Callable[[], Iterable[str]]) -> Completing:
    """A completion from the names that there are when it is asked."""

    def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        del context, parameter
        found = [CompletionItem(name) for name in known() if name.startswith(typed)]
        return found or [CompletionItem(typed, type="file")]

    return complete


def _routines() -> Iterable[str]:
    from voiceguide.library import routines

    return routines()


def _voices() -> Iterable[str]:
    """Those without a colon, at which shells divide words."""
    from voiceguide.speech.voice import voices

    return (voice.name for voice in voices() if ":" not in voice.name)


def _soundscapes() -> Iterable[str]:
    from voiceguide.library import soundscapes

    return soundscapes()


def _mixes() -> Iterable[str]:
    from voiceguide.mix.presets import PRESETS

    return PRESETS


routines, voices, soundscapes, mixes = map(_from, (_routines, _voices, _soundscapes, _mixes))
