"""`voiceguide check`: what is wrong in a routine, all of it at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from voiceguide.cli import names, options

if TYPE_CHECKING:
    from voiceguide.errors import Problem

FOUND = 3


@click.command(epilog="Example: voiceguide check evening.md morning.md --json")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=names.routines)
@options.as_json
def command(files: tuple[str, ...], json_: bool) -> int:
    """Find every mistake in routines, without speaking.

    FILE is a path, or a name that `voiceguide list` shows. Every mistake is shown as file:line:column: error: what it
    is, why it matters, and what to write instead; then the exit code is 3.
    """
    from voiceguide.session import rehearse

    return told([problem for file in files for problem in rehearse(file)], len(files), json_=json_)


def told(problems: "Sequence[Problem]", checked: int, *, json_: bool) -> int:
    """Show what was found in so many files, and give the exit code."""
    from voiceguide.cli import screen
    from voiceguide.cli.problems import as_data, sentence

    if json_:
        screen.emit([as_data(problem) for problem in problems])
    else:
        for problem in problems:
            screen.out(sentence(problem))
        wrong = f"{len(problems)} mistake{'s' * (len(problems) > 1)}" if problems else "nothing wrong"
        screen.say(f"{checked} checked, {wrong}")
    return FOUND if problems else 0
