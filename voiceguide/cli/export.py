"""`voiceguide export`: a routine becomes a mastered sound file."""

from pathlib import Path
from typing import Any

import click

from voiceguide.cli import options

EXAMPLES = """\b
Examples:
  voiceguide export first-back-massage --for 12m -o massage.mp3
  voiceguide export breathe --for 5m --mix lush --soundscape rain
  voiceguide export evening.md --for 6m --set name=Sam -o evening.flac --report evening.json
"""
FILE = click.Path(path_type=Path)


@click.command(epilog=EXAMPLES)
@options.session
@options.output("The file to write: .mp3, .wav or .flac. Without it, the routine's title with .mp3, here.")
@click.option("--seed", callback=options.setting, metavar="N", help="Chance: the same seed gives the same sound (1).")
@click.option("--bits", callback=options.setting, metavar="N", help="Bits a sample in WAV and FLAC: 16 or 24 (16).")
@click.option("--bitrate", callback=options.setting, metavar="KBIT", help="MP3 quality in kbit/s (128).")
@click.option(
    "--cover", type=FILE, metavar="FILE", help="A PNG or JPEG picture for the cover of an MP3 or FLAC; else one is drawn."
)
@click.option("--report", "told", type=FILE, metavar="FILE", help="Write what was measured to this file, as JSON.")
@options.force
@click.option("--block-frames", type=click.IntRange(1), default=65_536, hidden=True)
def command(
    output: Path | None, cover: Path | None, told: Path | None, force: bool, plain: bool, block_frames: int, **asked: Any
) -> None:
    """Write a routine to a sound file, exactly as long as asked.

    ROUTINE is a name that `voiceguide list` shows, or the path of a Markdown file. A length that cannot be is refused, with the
    shortest and longest possible. What was measured is reported. Interrupting leaves nothing half-written.
    """
    from voiceguide.cleantext import filename
    from voiceguide.cli import screen
    from voiceguide.files import atomic_write, check_apart, check_target

    if told:
        check_target(told, force=force)
    with options.opened(**asked, soon=True) as session:
        target = output or Path(filename(session.title, ".mp3"))
        if told:
            check_apart(told, (target, *session.stage.files, *([cover] if cover else [])))
        with screen.progress(plain=plain) as progress:
            report = session.export(target, force=force, progress=progress, block_frames=block_frames, cover=cover)
    if told:
        with atomic_write(told, force=force) as file:
            file.write(report.to_json().encode())
    screen.out(str(target))
    screen.table(("measured", "value"), report.rows(), plain=plain, talk=True)
