"""Cards of bundled routines, of one written here, and one that means harm, for the tests of cards."""

from functools import cache
from pathlib import Path

from voiceguide import library
from voiceguide.audio import RATE
from voiceguide.card.content import Content, Line, Row, content
from voiceguide.script.model import Front, Place
from voiceguide.script.parser import parse
from voiceguide.session import open_session

BUNDLED = tuple(sorted(path.stem for path in library.bundled("scripts").glob("*.md")))

ROUTINE = """---
title: Two hands & a back
summary: Short.
for: partner
minutes: {least: 3, ideal: 5, most: 10}
needs: [a towel, oil]
position: [prone, seated]
cautions: [fever, broken skin]
author: A. Writer
reviewed: 2026-01-01 by B. Reader
---

# Arrive

[to giver] Rest both hands.

[breathe extended x3]

# Shoulders {each side, pressure 3-5, area shoulders, technique kneading}

Squeeze the {side} shoulder.

[hold 20s-2m, breathe six]

[check-in "How is it?", wait 5s]

# One spot {pressure 6}

## Press {pressure 2-3, technique hold}

[to receiver] Tell them where.

[hold 20s-60s]

# Rest {optional, when minutes >= 6}

Nothing to do.
"""

SCRIPT = "</title></style><script>alert(1)</script>"
IMAGE = "<img src=http://example.org/x.png onerror=alert(2)> & \"quoted' \u202e backwards"
HOSTILE = Content(
    Front(
        SCRIPT,
        Place("x.md", 1),
        summary=IMAGE,
        audience="partner",
        language='"><script>alert(3)</script>',
        needs=(SCRIPT, IMAGE),
        cautions=("--></p><iframe src='http://example.org'>",),
        author="'\" onload=alert(4)",
        license=SCRIPT,
        reviewed=IMAGE,
    ),
    SCRIPT,
    90 * RATE,
    (
        Row(
            SCRIPT, 0, 30 * RATE, False, IMAGE, SCRIPT, (1, 99), True, (SCRIPT,), 2, (Line(0, SCRIPT), Line(9, IMAGE, "giver"))
        ),
        Row("x" * 3000, 30 * RATE, 60 * RATE, True, "\N{FAMILY}" * 99, "\u202e\x00\ud800"),
    ),
    (SCRIPT, IMAGE),
)
"""What no routine should be able to do to its card, in every place that has words."""


def card(text: str, folder: Path, minutes: float | None = None, **options) -> Content:
    """The card of a routine written here."""
    path = folder / "routine.md"
    path.write_text(text)
    return _card(path, None if minutes is None else int(minutes * RATE * 60), **options)


def _card(routine: Path | str, length: int | None, position: str = "") -> Content:
    variables = {"position": position} if position else {}
    with open_session(routine, length=length, overrides={"voice": "tone"}, variables=variables) as session:
        sections = [booking.section for booking in session.opening.budget.bookings]
        return content(session.script.front, sections, session.outline(), position=position)


@cache
def bundled(name: str, wish: str) -> Content:
    """The card of a bundled routine at its least, ideal or most minutes."""
    source = library.read_routine(name)
    return _card(name, getattr(parse(source.text, source.name).front.minutes, wish))
