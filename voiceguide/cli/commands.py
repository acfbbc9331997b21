"""The commands of `voiceguide`, each loaded from the file of its name when it is asked for.

What finds the version, or a name like a wrong one, is imported where it is needed: somebody may be waiting to hear something.
"""

from importlib import import_module
from shlex import quote

import click

NAMES = (
    "play",
    "export",
    "preview",
    "show",
    "card",
    "check",
    "list",
    "new",
    "voices",
    "soundscapes",
    "devices",
    "log",
    "config",
    "doctor",
    "completion",
)


def package_version() -> str:
    """The installed version; a checkout that nobody installed has none."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("voiceguide")
    except PackageNotFoundError:
        return "(not installed)"


class Commands(click.Group):
    """A group whose commands are modules; their order is the order of the help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order a new person needs them."""
        del ctx
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        del ctx
        if cmd_name not in NAMES:
            return None
        command: click.Command = import_module(f"voiceguide.cli.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; UsageError with what was meant."""
        if args[0] not in NAMES:
            from difflib import get_close_matches

            for near in get_close_matches(args[0], NAMES, 1):
                ctx.fail(f"there is no command {args[0]!r}; did you mean {near!r}?")
            if args[0].endswith(".md"):
                ctx.fail(f"{args[0]!r} is no command; to hear it: voiceguide play {quote(args[0])}")
        return super().resolve_command(ctx, args)


def _tell_version(context: click.Context, parameter: click.Parameter, asked: bool) -> None:
    del parameter
    if asked and not context.resilient_parsing:
        click.echo(f"voiceguide, version {package_version()}")
        context.exit()


@click.command(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_tell_version, help="Show the version and exit."
)
@click.option("--debug", is_flag=True, expose_value=False, help="Anywhere: show the traceback of a fault in voiceguide itself.")
@click.pass_context
def commands(context: click.Context) -> None:
    """Calm spoken guidance over a living soundscape, from a routine written in Markdown.

    \b
    voiceguide list                                             what is there
    voiceguide play first-back-massage --for 20m                hear it now
    voiceguide export first-back-massage --for 20m              a finished MP3
    voiceguide new evening.md && voiceguide check evening.md    a routine of one's own

    Everything works offline. Data goes to stdout, talk to stderr.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
