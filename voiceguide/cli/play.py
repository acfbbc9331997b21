"""`voiceguide play`: a routine heard now, with as little to do for the listener as can be."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import click

from voiceguide.cli import options

if TYPE_CHECKING:
    from voiceguide.live.booth import Booth
    from voiceguide.live.player import Player
    from voiceguide.session import Session

EXAMPLES = """\b
Examples:
  voiceguide play first-back-massage --for 20m
  voiceguide play foam-roller-upper-back --delay 2m --any-key --large
  voiceguide play breathe --ends-at 15:50 --sleep
  voiceguide play --resume
"""
SINK = "simpleaudio"


def _delay(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    """Frames to wait before the beginning; None for "until I am ready"."""
    if text == "ready":
        return None
    return options.read_frames(context, parameter, text) or 0


@click.command(epilog=EXAMPLES)
@options.session
@click.option("--device", metavar="NAME", help="The sound device; `voiceguide devices` lists them.")
@click.option(
    "--delay", callback=_delay, metavar="TIME", help="Begin after this time, such as 2m to lie down; or `ready`: at a key."
)
@click.option("--repeat", "repeats", type=click.IntRange(0, 99), default=0, metavar="N", help="Hear it N times more.")
@click.option("--guidance", metavar="AMOUNT", help="How much is said: full, some or sparse.")
@click.option("--any-key", is_flag=True, help="Every key rests and goes on, for an elbow; only q stops.")
@click.option("--large", is_flag=True, help="Large letters, to be read from two metres.")
@options.as_json
def command(
    device: str | None, delay: int | None, repeats: int, any_key: bool, large: bool, json_: bool, plain: bool, **asked: Any
) -> None:
    """Hear a routine now, through to its end.

    Space rests and goes on; the keys are shown below the words. The sound is what an export would be. If the sound device goes
    away, the session waits for it and goes on where it was; Ctrl-C ends it, and --resume continues it later.
    """
    from voiceguide.live.booth import Booth

    chosen = _chosen(device)
    if chosen == SINK:
        return _play_whole(plain, asked)
    with ExitStack() as open_:
        booth = open_.enter_context(Booth(chosen))
        promised = asked["until"]
        if promised and delay:
            asked["until"] = max(1, promised - delay)
        session = open_.enter_context(options.opened(**asked))
        player = session.player(booth, delay=delay, repeats=repeats, promised=promised)
        open_.enter_context(_watched(player, session, booth, json_=json_, plain=plain, large=large, any_key=any_key))
        player.run()
    return None


def _chosen(name: str | None) -> Any:
    """The device asked for here or in config.toml; None for the system's choice."""
    from voiceguide.settings import config_layer, settle

    name = name or settle(config_layer()).device
    if name is None or name == SINK:
        return name
    from voiceguide.live.devices import chosen

    return chosen(name)


def _play_whole(plain: bool, asked: dict[str, Any]) -> None:
    """Through simpleaudio, which takes a session only as a whole and cannot be told anything meanwhile."""
    from voiceguide import plugins
    from voiceguide.cli import screen

    with options.opened(**asked) as session:
        sink = plugins.load("sinks", SINK)()
        with screen.progress(plain=plain) as progress:
            timeline, done = session.plan(progress), 0
            for block in session.blocks():
                sink.write(block)
                done += len(block)
                progress("mixing", done, timeline.length)
        screen.say(f"{session.title}; Ctrl-C ends it")
        sink.close()


@contextmanager
def _watched(
    player: "Player", session: "Session", booth: "Booth", *, json_: bool, plain: bool, large: bool, any_key: bool
) -> Iterator[None]:
    """Keys, and a screen or lines, while the session plays."""
    from voiceguide.live.keyboard import Keyboard
    from voiceguide.live.screen import Screen, drawable

    with ExitStack() as open_:
        keyboard = open_.enter_context(Keyboard(player.post, lambda: player.transport, any_key=any_key))
        if json_ or plain or not drawable():
            player.watchers.append(_Lines(json_, any_key))
        else:
            player.watchers.append(_Drawn(open_.enter_context(Screen(large=large, any_key=any_key))))
        if keyboard.off:
            player.note(keyboard.off)
        yield
    del session, booth


class _Lines:
    """A line for each thing that happens."""

    def __init__(self, json_: bool, any_key: bool) -> None:
        self._json, self._any_key = json_, any_key

    def event(self, event: Any, transport: Any) -> None:
        """Say it, if there is something to say."""
        from voiceguide.cli import screen
        from voiceguide.live import lines

        del transport
        line = lines.as_json(event) if self._json else lines.plain(event, any_key=self._any_key)
        if line:
            screen.out(line)

    def show(self, transport: Any, status: Any) -> None:
        """Nothing between events."""


class _Drawn:
    """The picture in the terminal."""

    def __init__(self, screen: Any) -> None:
        self._screen = screen

    def event(self, event: Any, transport: Any) -> None:
        """Seen in the next picture."""

    def show(self, transport: Any, status: Any) -> None:
        """Draw it, with the time of day at its end."""
        from dataclasses import replace
        from datetime import datetime, timedelta

        from voiceguide.audio import seconds

        end = datetime.now() + timedelta(seconds=seconds(transport.left))
        self._screen.show(transport, replace(status, ends=end.strftime("%H:%M")))
