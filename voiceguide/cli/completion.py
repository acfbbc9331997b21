"""`voiceguide completion`: the script that teaches a shell our commands, options and routine names."""

import click
from click.shell_completion import get_completion_class


@click.command(epilog='Example: eval "$(voiceguide completion bash)" in ~/.bashrc')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(context: click.Context, shell: str) -> None:
    """Print the completion script for bash, zsh or fish.

    Names of routines, voices and soundscapes complete as well.
    """
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"click cannot complete in {shell}")
    click.echo(made(context.find_root().command, {}, "voiceguide", "_VOICEGUIDE_COMPLETE").source())
