"""`voiceguide voices`: who can speak, and fetching or removing a voice."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from voiceguide.cli import options

if TYPE_CHECKING:
    from collections.abc import Sequence


EXAMPLES = """\b
Examples:
  voiceguide voices
  voiceguide voices add emma
  voiceguide export breathe --voice emma
"""
SYSTEM = "system:"


@click.group("voices", invoke_without_command=True, epilog=EXAMPLES)
@click.option("--all", "every", is_flag=True, help="Each language of the system's voices on a line of its own.")
@options.as_json
@options.plain
@click.pass_context
def command(context: click.Context, every: bool, json_: bool, plain: bool) -> None:
    """List the voices: who can speak, and how to get the others."""
    from voiceguide.cli import screen
    from voiceguide.speech.voice import voices

    if context.invoked_subcommand:
        return
    found = voices()
    if json_:
        screen.emit([asdict(voice) for voice in found])
    else:
        rows = [(one.name, one.engine, one.language, one.how or one.description) for one in found]
        screen.table(("name", "engine", "language", "about"), rows if every else _folded(rows), plain=plain)


def _folded(rows: "Sequence[tuple[str, str, str, str]]") -> "list[tuple[str, str, str, str]]":
    """One line for all languages of the system's voices."""
    shown = [row for row in rows if not row[0].startswith(SYSTEM)]
    count = len(rows) - len(shown)
    return [*shown, (f"{SYSTEM}LANGUAGE", "pyttsx3", f"{count} codes", "system:de, system:fr ...; --all lists them")]
