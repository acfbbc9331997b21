"""`voiceguide show`: when everything happens, as a table, as data or as a picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import options

if TYPE_CHECKING:
    from voiceguide.plan.timeline import Timeline
    from voiceguide.session import Session

EXAMPLES = """\b
Examples:
  voiceguide show first-back-massage --for 12m
  voiceguide show breathe --json | jq '.sections[].title'
  voiceguide show breathe --svg breathe.svg
"""


@click.command(epilog=EXAMPLES)
@options.session
@options.picture("Draw a picture: chapters, voice, breath and bed.")
@options.force
@options.as_json
def command(svg: Path | None, force: bool, json_: bool, plain: bool, **asked: Any) -> None:
    """Show what is said, breathed and struck, and when.

    Sentences are voiced first, for only then is their length known; they are kept, so that an export is quick afterwards.
    """
    from voiceguide.audio import clock
    from voiceguide.cli import screen
    from voiceguide.files import check_apart, check_target

    if svg:
        check_target(svg, force=force)
    with options.opened(**asked) as session:
        if svg:
            check_apart(svg, session.stage.files)
        with screen.progress(plain=plain) as progress:
            timeline = session.plan(progress)
        if svg:
            _draw(session, timeline, svg, force)
    if json_:
        screen.emit(as_data(timeline))
    elif svg:
        screen.out(str(svg))
    else:
        screen.table(("start", "length", "track", "what"), _rows(timeline), plain=plain)
        screen.say(f"{session.title}: {clock(timeline.length)}{_left_out(timeline, session.avoided)}")


def as_data(timeline: "Timeline") -> dict[str, Any]:
    """The timeline for programs; positions are frames at `rate`, and a cue's `section` counts `sections` from 0."""
    from voiceguide.audio import RATE

    sections = [chapter for chapter in timeline.chapters if chapter.level == 1]
    shown = ("id", "start", "end", "track", "text", "to", "section", "line")
    return {
        "rate": RATE,
        "frames": timeline.length,
        "sections": [{"title": one.title, "start": one.start, "end": one.end} for one in sections],
        "cues": [{name: getattr(cue, name) for name in shown} for cue in timeline.cues],
        "dropped": list(timeline.dropped),
    }


def _rows(timeline: "Timeline") -> list[tuple[str, str, str, str]]:
    """Chapters and cues in order of time."""
    from voiceguide.audio import clock, seconds

    chapters = [(one.start, 0, clock(one.end - one.start), "#" * one.level, one.title) for one in timeline.chapters]
    cues = [(one.start, 1, f"{seconds(one.end - one.start):.1f} s", str(one.track), one.text) for one in timeline.cues]
    return [(clock(start), length, track, what) for start, _, length, track, what in sorted(chapters + cues)]


def _draw(session: "Session", timeline: "Timeline", svg: Path, force: bool) -> None:
    from voiceguide.cli.picture import picture
    from voiceguide.files import atomic_write

    mixer = session.mixer()
    drawn = picture(session.title, timeline, lambda at: mixer.bed_level(timeline, at))
    with atomic_write(svg, force=force) as file:
        file.write(drawn.encode())


def _left_out(timeline: "Timeline", avoided: tuple[str, ...]) -> str:
    fitted = f"; left out to fit: {', '.join(timeline.dropped)}" if timeline.dropped else ""
    return fitted + (f"; left out to avoid: {', '.join(avoided)}" if avoided else "")
