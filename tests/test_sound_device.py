"""Devices ask for sound until they are closed, and one that hangs holds up nobody."""

import time
from threading import Event

import numpy as np
import pytest
from sound_server import Capture, SoundServer
from waiting import until

from voiceguide.audio import RATE
from voiceguide.errors import DeviceError
from voiceguide.sound import device
from voiceguide.sound.device import Nobody, Opener, open_device
from voiceguide.sound.devices import NULL, DeviceInfo


class Taken:
    """Gives a constant, and counts until it is `wanted` frames."""

    def __init__(self, wanted: int = RATE // 2) -> None:
        self.frames, self.wanted, self.enough = 0, wanted, Event()

    def pull(self, frames: int) -> bytes:
        self.frames += frames
        if self.frames >= self.wanted:
            self.enough.set()
        return np.full((frames, 2), 3000, "<i2").tobytes()


def test_nobody_takes_sound_at_the_speed_it_is_told() -> None:
    """Ten seconds of sound in a tenth of one, and no sooner."""
    taken, began = Taken(10 * RATE), time.monotonic()
    nobody = Nobody(taken.pull, speed=100.0)
    assert taken.enough.wait(5)
    assert time.monotonic() - began > 0.09
    nobody.close()
    assert not nobody._thread.is_alive()


def test_null_is_nobody() -> None:
    opened = open_device(NULL, Taken().pull)
    assert isinstance(opened, Nobody)
    opened.close()


def test_a_speaker_plays_what_it_is_given_and_says_where(sound_server: SoundServer) -> None:
    taken = Taken()
    with Capture(sound_server) as heard:
        speaker = open_device(None, taken.pull)
        until(lambda: bool((heard.samples == 3000).any()), "nothing was heard")
        assert sound_server.stream_count() == 1
        speaker.close()
    assert speaker.name == "default (PulseAudio)"
    assert not sound_server.stream_count()


def test_a_speaker_asked_for_is_the_one_that_plays(sound_server: SoundServer) -> None:
    sound_server.create_sink("kitchen")
    with Capture(sound_server, "kitchen") as kitchen:
        speaker = open_device(DeviceInfo("kitchen", "PULSEAUDIO", b"kitchen".hex()), Taken().pull)
        until(lambda: bool((kitchen.samples == 3000).any()), "nothing was heard")
        speaker.close()
    assert speaker.name == "kitchen (PulseAudio)"


def test_where_there_is_no_device_it_says_what_to_do(sound_server: SoundServer) -> None:
    sound_server.remove_sink("main")
    with pytest.raises(DeviceError, match=r"answers \([a-z ]+\); connect one, or export"):
        open_device(None, Taken().pull)


@pytest.mark.slow
def test_a_device_that_comes_later_is_opened_then(sound_server: SoundServer) -> None:
    sound_server.remove_sink("main")
    taken = Taken()
    opener = Opener(None, taken.pull)
    until(lambda: bool(opener.words), "it did not try")
    assert opener.device is None
    sound_server.create_sink("main")
    assert taken.enough.wait(5)
    until(lambda: opener.device is not None, "it did not open")
    assert opener.opening == 0.0
    assert opener.device
    opener.device.close()


def test_a_server_that_hangs_holds_up_only_its_own_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    thawed = Event()

    def hang(asked: DeviceInfo | None, pull: device.Pull) -> Nobody:
        thawed.wait(10)
        return Nobody(pull)

    monkeypatch.setattr(device, "open_device", hang)
    taken = Taken()
    opener = Opener(None, taken.pull)
    until(lambda: opener.opening > 0.1, "it is not seen to open")
    thawed.set()
    until(lambda: opener.device is not None, "it did not open")
    assert opener.device
    opener.device.close()
