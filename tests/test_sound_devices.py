import json
import subprocess
import sys
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sound_server import Capture, SoundServer
from waiting import until

from voiceguide.errors import DeviceError, UsageError
from voiceguide.sound import devices, simple
from voiceguide.sound.devices import DeviceInfo, find

SHELF = tuple(DeviceInfo(name, "PULSEAUDIO") for name in ("Speakers", "USB Headset", "USB Headset (2)", "Kitchen"))

PLAY = """
import math, struct, sys
import miniaudio
from voiceguide.sound import devices
device = devices.chosen(sys.argv[1])
def tone():
    frames = yield b""
    while True:
        frames = yield b"".join(struct.pack("<hh", 9000, 9000) for _ in range(frames))
feed = tone()
next(feed)
backends = [miniaudio.Backend[device.backend]]
with miniaudio.PlaybackDevice(device_id=devices.handle(device), backends=backends, sample_rate=48000) as player:
    player.start(feed)
    sys.stdout.write("playing")
    sys.stdout.flush()
    sys.stdin.read()
"""


def test_the_default_is_told_from_the_others(sound_server: SoundServer) -> None:
    sound_server.create_sink("kitchen")
    sound_server.choose_sink("kitchen")
    assert [(one.name, one.backend, one.default) for one in devices.devices()] == [
        ("main", "PULSEAUDIO", False),
        ("kitchen", "PULSEAUDIO", True),
    ]


def test_two_of_the_same_make_are_numbered(sound_server: SoundServer) -> None:
    for sink in ("a", "b"):
        sound_server.pactl("load-module", "module-null-sink", f"sink_name={sink}", "sink_properties=device.description=USB")
    named = {one.name: bytes.fromhex(one.id) for one in devices.devices()}
    assert named == {"main": b"main", "USB": b"a", "USB (2)": b"b"}


@pytest.mark.slow
def test_the_device_that_is_chosen_is_the_one_that_sounds(sound_server: SoundServer) -> None:
    sound_server.create_sink("kitchen")
    with Capture(sound_server, "kitchen") as kitchen, Capture(sound_server, "main") as main:
        player = subprocess.Popen([sys.executable, "-c", PLAY, "Kit"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        try:
            until(lambda: bool((kitchen.samples == 9000).any()), "nothing was heard")
        finally:
            player.communicate(timeout=10)
    assert not main.samples.any()


def test_it_is_all_json(sound_server: SoundServer) -> None:
    (one,) = devices.devices()
    assert DeviceInfo(**json.loads(json.dumps(asdict(one)))) == one


@pytest.mark.slow
def test_a_hung_server_is_not_waited_for(sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    sound_server.freeze()
    monkeypatch.setattr(devices, "DEADLINE", 1.5)
    with pytest.raises(DeviceError, match="does not answer"):
        devices.devices()


@pytest.mark.slow
def test_no_device_says_what_to_do(sound_server: SoundServer) -> None:
    sound_server.remove_sink("main")
    with pytest.raises(DeviceError, match="connect one"):
        devices.devices()
    sound_server.kill()
    with pytest.raises(DeviceError, match="connect one"):
        devices.devices()


def test_only_alsas_cards_and_a_default_that_opens_are_devices(sound_server: SoundServer, tmp_path, monkeypatch) -> None:
    sound_server.kill()
    hint = 'hint { show on description "Kitchen" }'
    plug = f'pcm.plug {{ type plug slave.pcm "null" {hint.replace("Kitchen", "Converter")} }}'
    lines = f"pcm.!default {{ type null {hint} }}\npcm.null {{ type null }}\n{plug}\n"
    (tmp_path / "asound.conf").write_text(lines)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    assert [(one.name, one.backend, one.default) for one in devices.devices()] == [("Kitchen", "ALSA", True)]


def test_a_list_that_breaks_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / "miniaudio.py").write_text("raise ImportError('a library is missing')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(DeviceError, match="a library is missing"):
        devices.devices()


def test_null_needs_no_sound_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "devices", lambda: pytest.fail("a sound server was asked"))
    assert devices.chosen("null") == devices.NULL
    assert devices.handle(devices.NULL) is None


@pytest.mark.parametrize("usable", [True, False])
def test_simpleaudio_is_offered_where_it_works(monkeypatch: pytest.MonkeyPatch, usable: bool) -> None:
    monkeypatch.setattr(simple, "usable", lambda: usable)
    assert [one.name for one in devices.others()] == ["null", "simpleaudio"][: 1 + usable]


@pytest.mark.parametrize(
    ("asked", "meant"),
    [("Kitchen", 3), ("kitchen", 3), (" kitch ", 3), ("speak", 0), ("USB Headset", 1), ("usb headset", 1), ("(2)", 2)],
)
def test_a_name_is_found(asked: str, meant: int) -> None:
    assert find(asked, SHELF) == SHELF[meant]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("usb", "several sound devices: USB Headset, USB Headset (2)"),
        ("Speekers", "did you mean 'Speakers'?"),
        ("hall", "Kitchen; `voiceguide devices` lists them"),
        ("", "there is no sound device ''"),
    ],
)
def test_a_name_that_is_not_clear_gives_the_near_ones(asked: str, words: str) -> None:
    with pytest.raises(UsageError) as told:
        find(asked, SHELF)
    assert words in str(told.value)


@given(st.lists(st.text(min_size=1), min_size=1, unique=True), st.data())
def test_every_device_is_found_by_its_own_name(names: list[str], data: st.DataObject) -> None:
    shelf = [DeviceInfo(name, "ALSA") for name in names]
    one = data.draw(st.sampled_from(shelf))
    assert find(one.name, shelf) is one
