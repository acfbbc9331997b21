import json

from sound_server import SoundServer

from voiceguide.cli.main import run
from voiceguide.sound import simple


def test_each_device_is_listed_with_the_name_to_ask_for(sound_server: SoundServer, capsys) -> None:
    sound_server.create_sink("kitchen")
    assert run(["devices", "--plain"]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["--DEVICE", "DEFAULT", "HOW"]
    assert [row.split()[0] for row in rows] == ["main", "kitchen", "null", *(["simpleaudio"] if simple.usable() else [])]
    assert rows[0].split()[1:] == ["yes", "pulseaudio"]
    assert "plays to nobody" in rows[2]


def test_as_data(sound_server: SoundServer, capsys) -> None:
    assert run(["devices", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found[0] == {"name": "main", "backend": "PULSEAUDIO", "id": "6d61696e", "default": True}
    assert "null" in {one["name"] for one in found}


def test_what_a_device_calls_itself_cannot_harm_a_terminal(sound_server: SoundServer, capsys) -> None:
    sound_server.pactl("load-module", "module-null-sink", "sink_properties=device.description=\x1b]0;gone\x07Hall")
    assert run(["devices"]) == 0
    out = capsys.readouterr().out
    assert "Hall" in out
    assert not {"\x1b", "\x07"} & set(out)


def test_none_ends_with_4_and_says_what_to_do(sound_server: SoundServer, capsys) -> None:
    sound_server.remove_sink("main")
    assert run(["devices", "--json"]) == 4
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip() == "error: there is no sound device; connect one and start the sound server, or export to a file"
