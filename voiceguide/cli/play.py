"""`voiceguide play`: a routine heard now, with as little to do for the listener as can be."""

import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from voiceguide.audio import clock, frames, seconds
from voiceguide.cli import options, whole
from voiceguide.cli.names import routines

if TYPE_CHECKING:
    from voiceguide.live.bookmark import Bookmark
    from voiceguide.live.player import Player
    from voiceguide.session import Session
    from voiceguide.sound.devices import DeviceInfo

Wanted = tuple["Bookmark | None", dict[str, Any], float | None]
"""A place to go on from, what opens the session, and the time (seconds since the epoch) at which it is to be over."""

EXAMPLES = """\b
Examples:
  voiceguide play first-back-massage --for 20m
  voiceguide play foam-roller-upper-back --delay 2m --any-key --large
  voiceguide play breathe --for 5m --sleep
  voiceguide play --resume
"""


def _delay(context: click.Context, parameter: click.Parameter, text: str | None) -> int | None:
    """Frames to wait before the beginning; None for "until I am ready"."""
    return None if text == "ready" else options.read_frames(context, parameter, text) or 0


@click.command(epilog=EXAMPLES)
@click.argument("routine", required=False, shell_complete=routines)
@options.wishes
@click.option("--device", metavar="NAME", help="The sound device; `voiceguide devices` lists them.")
@click.option("--delay", callback=_delay, metavar="TIME", help="Begin after this time, or at a key: 2m, ready.")
@click.option("--repeat", "repeats", callback=options.between(0, 99), metavar="N", help="Hear it N times more.")
@click.option("--resume", is_flag=True, help="Go on with the session that was left in the middle, two seconds before.")
@click.option("--any-key", is_flag=True, help="Every key rests and goes on, for an elbow; only q stops.")
@click.option("--large", is_flag=True, help="Large letters, to be read from two metres.")
@options.as_json
def command(
    routine: str | None,
    device: str | None,
    delay: int | None,
    repeats: int | None,
    resume: bool,
    any_key: bool,
    large: bool,
    json_: bool,
    plain: bool,
    **asked: Any,
) -> None:
    """Hear a routine now, through to its end.

    Space rests and goes on; the other keys are shown below the words. The sound is what an export would be. When the sound
    device goes away, the session waits for it and goes on where it was. Ctrl-C ends it; --resume goes on later.
    """
    from voiceguide.live.booth import Booth
    from voiceguide.terminal import saved

    if resume == (routine is not None):
        raise click.UsageError("name a ROUTINE to play (`voiceguide list` shows them), or give --resume alone")
    device = options.device(device)
    if device == whole.NAME:
        return _play_whole(str(routine), asked, plain, live=resume or repeats or delay != 0 or any_key or large or json_)
    with ExitStack() as open_:
        booth = open_.enter_context(Booth(_found(device)))
        booth.terminal(saved(0))
        kept, asked, ends = resumed(asked, repeats) if routine is None else begun(routine, asked, delay, repeats)
        session = open_.enter_context(options.opened(**asked, soon=True))
        promised = None if ends is None else frames(ends - time.time())
        player = session.player(booth, delay=delay, repeats=repeats or 0, promised=promised, bookmark=kept)
        open_.enter_context(_beside(player, session, asked, kept, ends))
        open_.enter_context(_seen(player, json_=json_, plain=plain, large=large, any_key=any_key))
        player.run()
    return None


def _found(name: str | None) -> "DeviceInfo | None":
    if name is None:
        return None
    from voiceguide.sound.devices import chosen

    return chosen(name)


def _play_whole(routine: str, asked: dict[str, Any], plain: bool, live: bool | int) -> None:
    """As a whole, which nothing can be asked of that happens while it plays."""
    if live:
        words = "without --resume, --delay, --repeat, --any-key, --large and --json"
        raise click.UsageError(f"{whole.NAME} plays a session once, as a whole: {words}")
    with options.opened(routine, **asked) as session:
        whole.play(session, plain=plain)


def begun(routine: str, asked: Mapping[str, Any], delay: int | None, repeats: int | None) -> Wanted:
    """A session from its beginning; one that has a time to end at has its minutes shared by the times that it is heard."""
    until = asked["until"]
    if until is None:
        return None, {"routine": routine, **asked}, None
    each = max(1, (until - (delay or 0)) // (1 + (repeats or 0)))
    return None, {"routine": routine, **asked, "until": each}, time.time() + seconds(until)


def resumed(asked: Mapping[str, Any], repeats: int | None) -> Wanted:
    """The session that was left in the middle; what is asked for now comes on top."""
    from voiceguide.cli import screen
    from voiceguide.live import bookmark

    kept = bookmark.read()
    before = dict(kept.options)
    now = {name: value for name, value in asked.items() if value not in (None, {}) and name != "until"}
    ends = before.pop("ends", None)
    if asked["until"] is not None:
        ends = time.time() + seconds(asked["until"])
    elif ends is not None and ends <= time.time():
        screen.say(f"{time.strftime('%H:%M', time.localtime(ends))}, when it was to end, is past; it goes on at its own length")
        ends = None
    kept = kept if repeats is None else replace(kept, repeats=repeats)
    return kept, {**dict.fromkeys(asked), **before, **now}, ends


@contextmanager
def _beside(
    player: "Player", session: "Session", asked: Mapping[str, Any], kept: "Bookmark | None", ends: float | None
) -> Iterator[None]:
    """What goes on beside the sound: the bookmark, the log, the desktop."""
    from voiceguide.desktop.joining import joined

    logged = _logged(player, session, str(asked["routine"]))
    with _kept(player, session, asked, kept, ends), logged, joined(player, session.title):
        yield


@contextmanager
def _kept(
    player: "Player", session: "Session", asked: Mapping[str, Any], kept: "Bookmark | None", ends: float | None
) -> Iterator[None]:
    """Keep the place while it plays, and say at the end how to go on."""
    from voiceguide.cli import screen
    from voiceguide.errors import UsageError
    from voiceguide.live.bookmark import fingerprint
    from voiceguide.live.keeper import Keeper

    routine = str(asked["routine"])
    routine = str(Path(routine).resolve()) if Path(routine).is_file() else routine
    again = {**asked, "routine": routine, "until": None, "length": session.length}
    name = fingerprint(session.text, again)
    if kept is not None and kept.session != name:
        raise UsageError(f"{kept.routine} was changed since it was left, or other options are given; start it anew")
    keeper = Keeper(routine, name, again if ends is None else again | {"ends": ends}, player.note)
    player.watchers.append(keeper)
    try:
        yield
    finally:
        left = keeper.close()
        if left is not None:
            screen.say(f"stopped at {clock(left)}; `voiceguide play --resume` goes on from there")


def _logged(player: "Player", session: "Session", routine: str) -> AbstractContextManager[None]:
    """A line in the log when it is over, where the person has asked for a log."""
    if not session.settings.log:
        return nullcontext()
    from voiceguide.cli import screen
    from voiceguide.live import diary

    return diary.kept(player, routine, session.settings.pressure, screen.say)


@contextmanager
def _seen(player: "Player", *, json_: bool, plain: bool, large: bool, any_key: bool) -> Iterator[None]:
    """Keys, and a screen, or lines where that is asked for or no screen can be drawn."""
    from voiceguide.cli import screen
    from voiceguide.console import lines
    from voiceguide.console.keyboard import Keyboard
    from voiceguide.console.screen import Screen, drawable

    with ExitStack() as open_:
        keyboard = open_.enter_context(Keyboard(player.post, lambda: player.transport, any_key=any_key))
        if keyboard.off:
            player.note(keyboard.off)
        if json_ or plain or not drawable():
            words = lines.as_json if json_ else partial(lines.plain, any_key=any_key)
            player.watchers.append(lines.Lines(screen.line, words, screen.say))
        else:
            player.watchers.append(open_.enter_context(Screen(large=large, any_key=any_key)))
        yield
