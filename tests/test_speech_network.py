from importlib.resources import files

import numpy as np
import pytest

from voiceguide.speech import network, prepared

MODEL = files("hibari") / "assets" / "oov.onnx"
LETTERS = {"chars": np.arange(1, 12, dtype=np.int64)[None]}


@pytest.fixture
def opened(monkeypatch, own_home):
    """What is opened from now on: a file or bytes."""
    found, real = [], network._open
    monkeypatch.setattr(network, "_open", lambda model, options: found.append(type(model)) or real(model, options))
    monkeypatch.setattr(network, "prepared", at_once)
    return found


def at_once(name, made_of, make):
    """`prepared`, without the wait."""
    data = prepared.recall(name, made_of)
    if data is None:
        prepared.keep(name, made_of, make)
    return data


def results(session):
    return [part.tobytes() for part in session.run(None, LETTERS)]


def test_the_optimised_network_gives_the_same_to_the_bit(opened):
    first, second = results(network.session(MODEL)), results(network.session(MODEL))
    assert first == second
    assert opened == [str, str, bytes]


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:999] + b"??" + data[1001:], lambda data: b""])
def test_a_damaged_one_is_made_again(opened, own_home, damage):
    first = results(network.session(MODEL))
    path = next(own_home.rglob("oov.onnx.ort"))
    path.write_bytes(damage(path.read_bytes()))
    assert [results(network.session(MODEL)) for _ in range(2)] == [first, first]
    assert opened == [str, str, str, str, bytes]


def test_another_processor_makes_its_own(opened, monkeypatch, tmp_path):
    network.session(MODEL)
    other = tmp_path / "cpuinfo"
    other.write_text("processor\t: 0\nmodel name\t: Other\nflags\t\t: sse2\n\nprocessor\t: 1\n")
    monkeypatch.setattr(network, "PROCESSOR", other)
    assert network._processor() == ["model name\t: Other", "flags\t\t: sse2"]
    network.session(MODEL)
    assert opened == [str, str, str, str]


def test_a_system_that_tells_nothing_of_its_processor_is_no_obstacle(opened, monkeypatch, tmp_path):
    monkeypatch.setattr(network, "PROCESSOR", tmp_path / "none")
    assert network._processor() == []
    assert results(network.session(MODEL)) == results(network.session(MODEL))


def test_a_file_that_is_no_network_is_an_error_and_nothing_is_kept(monkeypatch, tmp_path, own_home):
    path = tmp_path / "model.onnx"
    path.write_bytes(b"no model")
    monkeypatch.setattr(prepared, "WAIT_SECONDS", 600.0)
    with pytest.raises(Exception, match=r"model\.onnx"):
        network.session(path)
    assert not list(own_home.rglob("*.ort"))
