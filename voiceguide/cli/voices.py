"""`voiceguide voices`: who can speak, and fetching or removing a voice."""

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial

import click

from voiceguide.cli import names, options

EXAMPLES = """\b
Examples:
  voiceguide voices
  voiceguide voices add emma
  voiceguide export breathe --voice emma
"""
SYSTEM = "system:"
Row = tuple[str, str, str, str]


@click.group("voices", invoke_without_command=True, epilog=EXAMPLES)
@click.option("--all", "every", is_flag=True, help="Each language of the system's voices on a line of its own.")
@options.as_json
@options.plain
@click.pass_context
def command(context: click.Context, every: bool, json_: bool, plain: bool) -> None:
    """List the voices, or fetch one."""
    from voiceguide.cli import screen
    from voiceguide.speech.voice import voices

    options.alone(context)
    if context.invoked_subcommand:
        return
    found = voices()
    if json_:
        screen.emit([asdict(voice) for voice in found])
    else:
        rows = [(one.name, one.engine, one.language, "; ".join(filter(None, (one.description, one.how)))) for one in found]
        screen.table(("name", "engine", "language", "about"), rows if every else _folded(rows), plain=plain)


@command.command(epilog="Example: voiceguide voices add emma")
@click.argument("name", shell_complete=names.voices)
@options.plain
def add(name: str, plain: bool) -> None:
    """Fetch the voice NAME, so that it speaks offline ever after.

    The only command that uses a network. What arrives is checked against the checksum that came with voiceguide's packages.
    """
    from voiceguide.cli import screen
    from voiceguide.speech import fetch

    with screen.progress(plain=plain) as progress:
        path = fetch.add(name, progress=partial(progress, f"fetching {name}"))
    screen.out(str(path))


@command.command(epilog="Example: voiceguide voices remove emma")
@click.argument("name", shell_complete=names.voices)
def remove(name: str) -> None:
    """Delete the fetched voice NAME from this machine."""
    from voiceguide.cli import screen
    from voiceguide.speech import fetch

    screen.say(f"{name} is removed" if fetch.remove(name) else f"{name} was not here; there is nothing to remove")


def _folded(rows: Sequence[Row]) -> list[Row]:
    """One line for all languages of the system's voices."""
    shown = [row for row in rows if not row[0].startswith(SYSTEM)]
    count = len(rows) - len(shown)
    return [*shown, (f"{SYSTEM}LANGUAGE", "pyttsx3", f"{count} codes", "system:de, system:it ...; --all lists them")]
