"""What programs on the bus see and can do, with dbus-send and dbus-monitor; the session is one that stands still."""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from desktop_bus import Bus
from waiting import until

from voiceguide.audio import RATE
from voiceguide.desktop.control import Desktop
from voiceguide.desktop.mpris import NAME, PATH
from voiceguide.live.commands import Back, Command, Next, Pause, Play, Seek, Stop, Toggle
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Chapter, Timeline

PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
CHAPTERS = (Chapter("Arrive", 0, 10 * RATE, 1), Chapter("Rest", 10 * RATE, 60 * RATE, 2))
SESSION = Transport(Timeline(60 * RATE, 60 * RATE, chapters=CHAPTERS), position=5 * RATE)


class Shown:
    """A session that the desktop of a test shows; `posted` is what its buttons asked for."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.posted: list[Command] = []
        self.desktop = Desktop("A soft pause", pytest.fail)
        self.thread = threading.Thread(target=self.desktop.run, args=(self.posted.append,), daemon=True)
        self.desktop.show(SESSION)
        self.thread.start()
        until(lambda: self.send("org.freedesktop.DBus.Peer.Ping")[0], "nothing on the bus")

    def send(self, *words: str) -> tuple[bool, str]:
        return self.bus.send(NAME, PATH, *words)

    def get(self, name: str, interface: str = PLAYER) -> str:
        answered, text = self.send(f"{PROPERTIES}.Get", f"string:{interface}", f"string:{name}")
        assert answered, text
        return " ".join(text.split()).partition(" variant ")[2]


@pytest.fixture
def shown(desktop_bus: Bus) -> Iterator[Shown]:
    one = Shown(desktop_bus)
    yield one
    one.desktop.close()
    one.thread.join(5)
    assert not one.thread.is_alive()


def test_every_button_posts_its_command(shown: Shown) -> None:
    for button in ("Play", "Pause", "PlayPause", "Stop", "Next", "Previous"):
        assert shown.send(f"{PLAYER}.{button}")[0]
    assert shown.send("org.mpris.MediaPlayer2.Quit")[0]
    assert shown.posted == [Play(), Pause(), Toggle(), Stop(), Next(), Back(), Stop()]


def test_a_place_can_be_asked_for(shown: Shown) -> None:
    shown.send(f"{PLAYER}.Seek", "int64:5000000")
    shown.send(f"{PLAYER}.SetPosition", "objpath:/voiceguide/session", "int64:30000000")
    assert shown.posted == [Seek(10 * RATE), Seek(30 * RATE)]


def test_what_is_hostile_does_nothing(shown: Shown) -> None:
    for extreme in (2**63 - 1, -(2**63)):
        shown.send(f"{PLAYER}.Seek", f"int64:{extreme}")
        shown.send(f"{PLAYER}.SetPosition", "objpath:/voiceguide/session", f"int64:{extreme}")
    shown.send(f"{PLAYER}.SetPosition", "objpath:/another/track", "int64:1")
    refused = [
        shown.send(f"{PLAYER}.Seek", "double:1.5"),
        shown.send(f"{PLAYER}.Seek"),
        shown.send(f"{PLAYER}.Next", "string:now"),
        shown.send(f"{PLAYER}.Explode"),
        shown.send(f"{PROPERTIES}.Set", f"string:{PLAYER}", "string:Volume", "variant:double:9"),
        shown.send(f"{PROPERTIES}.Set", f"string:{PLAYER}", "string:Rate", "variant:double:0"),
        shown.bus.send(NAME, "/elsewhere", f"{PLAYER}.Stop"),
    ]
    shown.send(f"{PLAYER}.OpenUri", "string:file:///etc/passwd")
    shown.send("org.mpris.MediaPlayer2.Raise")
    assert [answered for answered, _ in refused] == [False] * len(refused)
    assert shown.posted == []
    assert shown.get("Position") == "int64 5000000"


def test_everything_that_the_specification_asks_for_can_be_read(shown: Shown) -> None:
    root = ("CanQuit", "CanRaise", "HasTrackList", "Identity", "SupportedUriSchemes", "SupportedMimeTypes")
    for name in root:
        assert shown.get(name, "org.mpris.MediaPlayer2")
    able = ("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanSeek", "CanControl")
    assert {shown.get(name) for name in able} == {"boolean true"}
    assert {shown.get(name) for name in ("Rate", "MinimumRate", "MaximumRate", "Volume")} == {"double 1"}
    assert shown.get("PlaybackStatus") == 'string "Playing"'
    metadata = shown.get("Metadata")
    for part in ('"mpris:trackid" variant object path', "int64 60000000", '"xesam:title" variant string "Arrive"'):
        assert part in metadata
    assert '"xesam:album" variant string "A soft pause"' in metadata
    assert shown.send(f"{PROPERTIES}.GetAll", f"string:{PLAYER}")[0]


def test_only_changes_are_signalled(shown: Shown) -> None:
    heard = shown.bus.watch(f"sender='{NAME}',type='signal'")
    paused = replace(SESSION, position=11 * RATE, clock=6 * RATE, holds=(("user", 6 * RATE),))
    for second in range(6):
        shown.desktop.show(replace(SESSION, position=(5 + second) * RATE - 1, clock=second * RATE))
    shown.desktop.show(replace(SESSION, position=11 * RATE, clock=6 * RATE))
    shown.desktop.show(paused)
    shown.desktop.show(paused)
    shown.desktop.show(replace(paused, position=50 * RATE))
    until(lambda: "member=Seeked" in heard.read_text(), "no signal")
    text = heard.read_text()
    assert re.findall(r'member=(PropertiesChanged|Seeked)|string "(Metadata|PlaybackStatus)"', text) == [
        ("PropertiesChanged", ""),
        ("", "Metadata"),
        ("PropertiesChanged", ""),
        ("", "PlaybackStatus"),
        ("Seeked", ""),
    ]
    assert '"Rest"' in text
    assert '"Paused"' in text
    assert "int64 50000000" in text
