"""A session or a preview heard through simpleaudio, which takes it only as a whole and cannot be told anything meanwhile."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from voiceguide.preview import Preview
    from voiceguide.session import Session

NAME = "simpleaudio"


def play(heard: "Session | Preview", *, plain: bool) -> None:
    """Voice and mix all of it, then play it to its end."""
    from voiceguide import plugins
    from voiceguide.audio import seconds
    from voiceguide.cli import screen

    sink = plugins.load("sinks", NAME)()
    with screen.progress(plain=plain) as progress:
        timeline, done = heard.plan(progress), 0
        for block in heard.blocks():
            sink.write(block)
            done += len(block)
            progress("mixing", seconds(done), seconds(timeline.length))
    screen.say(f"{heard.title}; Ctrl-C ends it")
    sink.close()
