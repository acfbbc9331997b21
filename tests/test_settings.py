from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.errors import UsageError
from voiceguide.settings import SETTINGS, Layer, Settings, config_layer, settle


def config(folder: Path, text: str) -> Layer:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return config_layer(path)


def test_nobody_said_anything():
    settings = settle()
    assert settings == Settings()
    assert settings.voice == "heart"
    assert settings.source("voice") == "default"


def test_the_last_layer_wins_and_every_value_knows_where_it_was_written(tmp_path):
    file = config(tmp_path, '# my own\nvoice = "emma"\npace = 118\n\nmix = "lush"\n')
    settings = settle(file, Layer("calm.md", {"pace": 110.0, "voice": None}), Layer("command line", {"mix": "off"}))
    assert (settings.voice, settings.pace, settings.mix) == ("emma", 110.0, "off")
    assert settings.source("voice") == f"{tmp_path}/config.toml:2"
    assert settings.source("pace") == "calm.md"
    assert settings.source("mix") == "command line"
    assert settings.source("seed") == "default"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('\nvoise = "emma"', ":2: there is no setting 'voise'; did you mean 'voice'?"),
        ("zzz = 1", ":1: there is no setting 'zzz'; there are: voice, pace, mix"),
        ("pace = 9", ":1: pace cannot be 9; write a number from 80 to 220"),
        ("pace = nan", "pace cannot be nan"),
        ("pace = true", "pace cannot be True"),
        ('pace = "fast"', "pace cannot be 'fast'"),
        ("seed = 1.5", "seed cannot be 1.5; write a whole number"),
        ('mix = "loud"', "mix cannot be 'loud'; write one of clear, lush, off"),
        ("bits = 20", "bits cannot be 20; write one of 16, 24"),
        ("taper = 1", "taper cannot be 1; write true or false"),
        ('voice = " "', "voice cannot be ' '; write words"),
        ("[voice]\nname = 1", ":1: voice cannot be"),
        ("voice = ", "not TOML"),
        ("jobs = 0", "jobs cannot be 0"),
    ],
)
def test_a_wrong_config_names_the_file_the_line_and_what_to_write(tmp_path, written, message):
    with pytest.raises(UsageError) as caught:
        settle(config(tmp_path, written))
    assert str(caught.value).startswith(str(tmp_path / "config.toml"))
    assert message in str(caught.value)


def test_a_config_in_another_encoding_is_told_in_words(tmp_path):
    (tmp_path / "config.toml").write_bytes('artist = "Zoë"'.encode("latin-1"))
    with pytest.raises(UsageError, match=r"config\.toml: not UTF-8 text; save it as UTF-8"):
        config_layer(tmp_path / "config.toml")


def test_all_that_is_wrong_is_told_at_once_a_line_for_each(tmp_path):
    with pytest.raises(UsageError) as caught:
        settle(config(tmp_path, 'pace = 9\nvoise = "emma"\n'), Layer("command line", {"mix": "loud"}))
    assert [line.split(": ")[0] for line in str(caught.value).split("\n")] == [
        f"{tmp_path}/config.toml:1",
        f"{tmp_path}/config.toml:2",
        "command line",
    ]


def test_a_missing_config_says_nothing(tmp_path):
    assert settle(config_layer(tmp_path / "none" / "config.toml")) == Settings()


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"voice = 'a'\x00", b"[" * 5000, b"#" * 70_000])
def test_a_config_that_is_no_config_is_refused(tmp_path, raw):
    path = tmp_path / "config.toml"
    path.write_bytes(raw)
    with pytest.raises(UsageError, match=r"config\.toml"):
        config_layer(path)


def test_a_config_that_cannot_be_read_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        config_layer(tmp_path)


def test_the_config_is_the_persons_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    (tmp_path / "voiceguide").mkdir()
    (tmp_path / "voiceguide" / "config.toml").write_text('artist = "Ada"', encoding="utf-8")
    assert settle(config_layer()).artist == "Ada"


def test_a_folder_may_begin_at_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settle(Layer("x", {"cache_dir": "~/sounds"})).cache_dir == tmp_path / "sounds"


def test_every_field_is_a_setting_with_a_meaning_and_a_default_that_may_be_written():
    assert set(SETTINGS) == {item.name for item in fields(Settings)} - {"sources"}
    for setting in SETTINGS.values():
        assert setting.meaning
        assert setting.default is None or setting.kind.read(setting.default) == setting.default


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text())


@given(st.sampled_from(sorted(SETTINGS)), ANYTHING)
def test_any_value_gives_settings_or_a_usage_error(name, value):
    try:
        where = settle(Layer("here", {name: value})).source(name)
    except UsageError as error:
        where = str(error)
    assert where.startswith("default" if value is None else "here")


@pytest.mark.parametrize(("written", "steps"), [("softer", -1), ("medium", 0), ("firmer", 1), ("-2", -2), (2, 2)])
def test_pressure_in_words_or_steps(written, steps):
    assert settle(Layer("here", {"pressure": written})).pressure == steps


@pytest.mark.parametrize("written", ["hard", "3", 1.5, True])
def test_pressure_that_is_no_step_is_refused(written):
    with pytest.raises(UsageError, match="from -2 to 2"):
        settle(Layer("here", {"pressure": written}))
