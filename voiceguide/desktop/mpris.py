"""The two interfaces of MPRIS 2.2 on a D-Bus: what desktops, media keys, headsets and phones drive a player by.

Every property is read-only: pace belongs to the routine, volume to the machine and to the session's own keys.
"""

from collections.abc import Callable
from typing import Annotated, Any

from dbus_fast import PropertyAccess, Variant
from dbus_fast.annotations import DBusBool, DBusDict, DBusDouble, DBusInt64, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voiceguide.desktop.nowplaying import BUTTONS, TRACK, NowPlaying, microseconds
from voiceguide.live.commands import Command, Stop

NAME = "org.mpris.MediaPlayer2.voiceguide"
PATH = "/org/mpris/MediaPlayer2"
READ = PropertyAccess.READ

Strings = Annotated[list[str], DBusSignature("as")]
Post = Callable[[Command], None]


ROOT: dict[str, tuple[Any, object]] = {
    "CanQuit": (DBusBool, True),
    "CanRaise": (DBusBool, False),
    "HasTrackList": (DBusBool, False),
    "Identity": (DBusStr, "voiceguide"),
    "SupportedUriSchemes": (Strings, []),
    "SupportedMimeTypes": (Strings, []),
}

PLAYER: dict[str, tuple[Any, object]] = {
    **dict.fromkeys(("CanPlay", "CanPause", "CanGoNext", "CanGoPrevious", "CanSeek", "CanControl"), (DBusBool, True)),
    **dict.fromkeys(("Rate", "MinimumRate", "MaximumRate", "Volume"), (DBusDouble, 1.0)),
}


class Root(ServiceInterface):
    """Who we are. There is no window to raise; to quit is to stop."""

    def __init__(self, post: Post) -> None:
        super().__init__("org.mpris.MediaPlayer2")
        self.post = post

    @dbus_method("Raise")
    def lift(self) -> None:
        """Nothing: there is no window."""

    @dbus_method("Quit")
    def quit(self) -> None:
        """Stop as softly as ever."""
        self.post(Stop())


class Player(ServiceInterface):
    """What is playing, as `seen` has it at the time, and the buttons."""

    def __init__(self, seen: Callable[[], NowPlaying], post: Post) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self.seen = seen
        self.post = post

    @dbus_property(READ, "PlaybackStatus")
    def status(self) -> DBusStr:
        """Playing, Paused or Stopped."""
        return self.seen().status

    @dbus_property(READ, "Metadata")
    def metadata(self) -> DBusDict:
        """The section is the title and the routine the album, so that a small screen shows what is on."""
        return _metadata(self.seen())

    @dbus_property(READ, "Position")
    def position(self) -> DBusInt64:
        """In microseconds."""
        return microseconds(self.seen().position)

    @dbus_method("Seek")
    def seek(self, offset: DBusInt64) -> None:
        """Move by so many microseconds."""
        self._ask(self.seen().sought(offset))

    @dbus_method("SetPosition")
    def set_position(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """Go to a place in our one track."""
        self._ask(self.seen().placed(track, position))

    @dbus_method("OpenUri")
    def open(self, uri: DBusStr) -> None:
        """Nothing: a session plays what it was started with."""

    @dbus_signal("Seeked")
    def seeked(self, position: int) -> DBusInt64:
        """The position is another than anybody could reckon."""
        return position

    def tell(self, before: NowPlaying, now: NowPlaying) -> None:
        """Signal what changed, and only that."""
        changed: dict[str, object] = {}
        if now.status != before.status:
            changed["PlaybackStatus"] = now.status
        if _metadata(now) != _metadata(before):
            changed["Metadata"] = _metadata(now)
        if changed:
            self.emit_properties_changed(changed)
        if now.jumped(before):
            self.seeked(microseconds(now.position))

    def _ask(self, command: Command | None) -> None:
        if command is not None:
            self.post(command)


def _constant(name: str, kind: Any, value: object) -> Any:
    """A property that never changes."""

    def read(self: ServiceInterface) -> object:
        return value

    read.__name__ = name
    read.__annotations__["return"] = kind
    return dbus_property(READ, name)(read)


def _button(name: str) -> Any:
    """A method that posts one command."""

    def press(self: Player) -> None:
        self.post(BUTTONS[name]())

    return dbus_method(name)(press)


for interface, constants in ((Root, ROOT), (Player, PLAYER)):
    for name, (kind, value) in constants.items():
        setattr(interface, name, _constant(name, kind, value))
for name in BUTTONS:
    setattr(Player, name, _button(name))


def _metadata(now: NowPlaying) -> dict[str, Variant]:
    return {
        "mpris:trackid": Variant("o", TRACK),
        "mpris:length": Variant("x", microseconds(now.length)),
        "xesam:title": Variant("s", now.part or now.routine),
        "xesam:album": Variant("s", now.routine),
        "xesam:artist": Variant("as", ["voiceguide"]),
    }
