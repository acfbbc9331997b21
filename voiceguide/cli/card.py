"""`voiceguide card`: a session on one sheet of paper."""

from pathlib import Path
from typing import Any

import click

from voiceguide.cli import options

EXAMPLES = """\b
Examples:
  voiceguide card first-back-massage --for 20m -o massage.html
  voiceguide card evening.md --set name=Sam --transcript -o evening.html
"""


@click.command(epilog=EXAMPLES)
@options.planned
@options.output("The HTML file to write. Without it, the routine's title with .html, here.", ".html", ".htm")
@click.option("--transcript", is_flag=True, help="Print every word that is spoken as well, on the sheets after the card.")
@options.force
def command(output: Path | None, transcript: bool, force: bool, **asked: Any) -> None:
    """Write a session as a card that prints on one sheet of A4.

    What is needed, what to check first, and each part with its time, strokes, pressure and breath. Every word that is spoken is
    in the file too, folded away on the screen, and not printed unless --transcript is given. Open it in any browser; it needs
    no network. Nothing is voiced.
    """
    from voiceguide.card.content import content
    from voiceguide.card.page import page
    from voiceguide.cleantext import filename
    from voiceguide.cli import screen
    from voiceguide.files import atomic_write, check_apart, check_target

    position = asked["variables"].get("position", "")
    with options.opened(**asked) as session:
        target = output or Path(filename(session.title, ".html"))
        check_target(target, force=force)
        check_apart(target, session.stage.files)
        sections = [booking.section for booking in session.opening.budget.bookings]
        card = content(session.script.front, sections, session.outline(), position=position, avoided=session.avoided)
        with atomic_write(target, force=force) as file:
            file.write(page(card, transcript=transcript).encode())
    screen.out(str(target))
