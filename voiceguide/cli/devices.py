"""`voiceguide devices`: where a session can be heard, and the name to ask for each place."""

from dataclasses import asdict

import click

from voiceguide.cli import options

KINDS = {"NULL": "plays to nobody", "simpleaudio": "gathers the whole session, then plays it"}


@click.command(epilog="Example: voiceguide devices --json")
@options.as_json
@options.plain
def command(json_: bool, plain: bool) -> None:
    """List the sound devices, and the name that --device takes.

    A part of a name is enough when no other device has it in its name. The exit code is 4 when there is no sound device.
    """
    from voiceguide.cli import screen
    from voiceguide.sound import devices

    found = (*devices.devices(), *devices.others())
    if json_:
        screen.emit([asdict(one) for one in found])
        return
    rows = [(one.name, "yes" if one.default else "", KINDS.get(one.backend, one.backend.lower())) for one in found]
    screen.table(("--device", "default", "how"), rows, plain=plain)
