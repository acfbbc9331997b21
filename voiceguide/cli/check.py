"""`voiceguide check`: what is wrong in a routine, all of it at once."""

import click

from voiceguide.cli import options
from voiceguide.errors import Problem

FOUND = 3


@click.command(epilog="Example: voiceguide check evening.md morning.md --json")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@options.as_json
def command(files: tuple[str, ...], json_: bool) -> int:
    """Check routines, named or by path; the exit code is 3 when there is an error.

    Every mistake is shown as file:line:column: error: what it is, why it matters, and what to write instead.
    """
    from voiceguide.cli import screen
    from voiceguide.cli.problems import as_data, sentence

    problems = [problem for file in files for problem in _problems(file)]
    if json_:
        screen.emit([as_data(problem) for problem in problems])
    else:
        for problem in problems:
            screen.out(sentence(problem))
        screen.say(f"{len(files)} checked, {len(problems) or 'nothing'} wrong")
    return FOUND if problems else 0


def _problems(file: str) -> tuple[Problem, ...]:
    """Mistakes of the script and of what it includes; blanks that only a person can fill are none."""
    from voiceguide import library
    from voiceguide.audio import RATE
    from voiceguide.errors import ScriptErrors
    from voiceguide.script.includes import expand
    from voiceguide.script.parser import parse
    from voiceguide.script.unfold import unfold

    source = library.read_routine(file)
    try:
        script = expand(parse(source.text, source.name), library.include)
        blanks = {one.name: (one.choices or (one.name,))[0] for one in script.front.variables if one.default is None}
        ideal = script.front.minutes.ideal if script.front.minutes else 0
        unfold(script, blanks, ideal / (60 * RATE))
    except ScriptErrors as error:
        return error.problems
    return ()
