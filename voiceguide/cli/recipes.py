"""`voiceguide soundscapes new` and `check`: recipes of one's own."""

from functools import partial
from pathlib import Path

import click

from voiceguide.cli import names, options, starter

STARTER = """# A soundscape of your own. `voiceguide soundscapes check FILE` finds mistakes, `render ./FILE` makes it a sound,
# and `render ./FILE --svg look.svg` a picture. Every key, its range and unit: docs/soundscapes.md.

title = "{title}"
tags = ["rain", "sleep"]
loudness = -27      # LUFS; the layers are balanced against one another, and the whole is brought to this
highpass = 40       # Hz; nothing below, which keeps rumble out

# How strong each frequency is: [Hz, dB] points. Higher numbers at high frequencies sound brighter.
spectrum = [[60, -12], [300, -5], [1000, 1], [2000, 3], [4000, 1], [9000, 0], [16000, -6]]

# What a routine may turn from 0 to 1: soundscape: {{use: {name}, controls: {{intensity: 0.3}}}}
# Each target is given its change at 0 and at 1: dB are added, other numbers are multiplied. At `default` nothing changes.
[controls.intensity]
default = 0.5
maps = {{ "drops.level" = [-8, 4], "drops.rate" = [0.4, 2] }}

[controls.distance]
default = 0.3
maps = {{ "drops.level" = [3, -14], "scene.tilt" = [0.3, -1.5], "scene.width" = [1.1, 0.7] }}

# The hiss of it: noise that moves a little, so that it is alive.
[[layer]]
id = "bed"
type = "noise"
mods = [{{ rate = 0.25, depth = 0.5, shared = 0.5 }}, {{ rate = 1.5, depth = 0.3, shared = 0.3 }}]

# Single drops in front: short bursts at random times. `level` is in dB against the bed.
[[layer]]
id = "drops"
type = "events"
level = -5
rate = 200          # a second
spread = 6.5        # dB by which they differ
grain = {{ decay = [0.0015, 0.035], freq = [450, 9000] }}

# Another soundscape, far behind. Take the signs # away to hear it.
# [[layer]]
# id = "water"
# type = "scene"
# use = "stream"
# level = -14

# A recording of your own beside this file, or a folder of them, which never loops.
# [[layer]]
# id = "garden"
# type = "recording"
# file = "garden.flac"
# level = -10
# author = "who made it"
# license = "CC0-1.0"
"""


@click.command(epilog="Example: voiceguide soundscapes new attic.toml && voiceguide soundscapes render ./attic.toml")
@click.argument("path", type=click.Path(path_type=Path))
@options.force
def new(path: Path, force: bool) -> None:
    """Write a starter recipe with notes, to make your own.

    PATH is the new TOML file; its name becomes the title.
    """
    from voiceguide.cli import screen

    target = starter.write(path, written, like="attic.toml", force=force)
    screen.out(str(target))
    screen.say(f"now change it, and: voiceguide soundscapes check {screen.typed(target)}")


def written(name: str) -> str:
    """The starter recipe, titled after the file `name`."""
    spoken = starter.words(name, "my soundscape")
    return STARTER.format(title=starter.title(spoken), name="-".join(spoken.split()))


@click.command(epilog="Example: voiceguide soundscapes check attic.toml rain --json")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=names.soundscapes)
@options.as_json
def check(files: tuple[str, ...], json_: bool) -> int:
    """Find every mistake in recipes, and in what they use.

    FILE is a path, or a name that `voiceguide soundscapes` shows. Every mistake is shown as file:line:column: error: what it
    is, why it matters, and what to write instead; then the exit code is 3.
    """
    from voiceguide import library
    from voiceguide.ambience.checking import mistakes
    from voiceguide.cli.check import told

    paths = [library.locate("soundscapes", file) for file in files]
    find = partial(library.find, "soundscapes")
    return told([wrong for path in paths for wrong in mistakes(path, find)], len(files), json_=json_)
