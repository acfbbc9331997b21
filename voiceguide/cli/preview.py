"""`voiceguide preview`: a minute and a quarter of a session, heard now or written to a file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import options, whole

if TYPE_CHECKING:
    from voiceguide.preview import Preview
    from voiceguide.sound.devices import DeviceInfo

EXAMPLES = """\b
Examples:
  voiceguide preview first-back-massage --for 20m
  voiceguide preview breathe --soundscape rain -o breathe-preview.mp3
"""


@click.command(epilog=EXAMPLES)
@options.session
@options.output("Write it to this file: .mp3, .wav or .flac. Without it, it is played.")
@click.option("--device", metavar="NAME", help="The sound device; `voiceguide devices` lists them.")
@options.force
def command(output: Path | None, device: str | None, force: bool, plain: bool, **asked: Any) -> None:
    """Hear what a session is like, in about 75 seconds.

    Its first words, a breath, a change of sides and its end, over its own soundscape. A routine without sides shows the
    beginning of its longest hold. All of it is voiced first and kept, so that playing or exporting it is quick afterwards.
    Ctrl-C ends it.
    """
    from voiceguide.cli import screen
    from voiceguide.export.save import kind_of
    from voiceguide.files import check_target
    from voiceguide.preview import Preview
    from voiceguide.sound.devices import chosen

    if output:
        kind_of(output)
        check_target(output, force=force)
    device = None if output else options.device(device)
    found = chosen(device) if device and device != whole.NAME else None
    with options.opened(**asked) as session:
        preview = Preview(session)
        if device == whole.NAME:
            return whole.play(preview, plain=plain)
        with screen.progress(plain=plain) as progress:
            if output:
                preview.export(output, force=force, progress=progress)
            else:
                preview.plan(progress)
        if output:
            screen.out(str(output))
        else:
            _play(preview, found)
    return None


def _play(preview: "Preview", device: "DeviceInfo | None") -> None:
    from voiceguide.cli import screen
    from voiceguide.console import lines
    from voiceguide.live.booth import Booth

    with Booth(device) as booth:
        player = preview.player(booth)
        player.watchers.append(lines.Lines(screen.line, lines.plain, screen.say))
        player.run()
