import os
from threading import Event, current_thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voiceguide import folders
from voiceguide.speech import prepared
from voiceguide.speech.prepared import file_facts, forget, keep, recall

FACTS = ["engine 1.0", 42]
DATA = bytes(range(256)) * 4


def path_of(name="table"):
    return folders.cache() / "prepared" / name


@pytest.fixture
def kept(own_home):
    keep("table", FACTS, lambda: DATA)
    return path_of()


def test_what_is_kept_is_found_again(kept):
    assert recall("table", FACTS) == DATA
    assert recall("table", ["engine 1.1", 42]) is None
    assert recall("other", FACTS) is None


def test_an_entry_of_another_name_is_not_taken_for_this_one(kept):
    path_of("other").write_bytes(kept.read_bytes())
    assert recall("other", FACTS) is None


def test_a_newer_engine_replaces_what_an_older_one_kept(kept):
    keep("table", ["engine 2.0"], lambda: b"new")
    assert recall("table", ["engine 2.0"]) == b"new"
    assert [entry.name for entry in kept.parent.iterdir()] == ["table"]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(DATA) + prepared.SEAL - 1), flip=st.integers(1, 255), length=st.integers(0, len(DATA) + 31))
def test_a_damaged_or_shortened_entry_is_never_used(kept, at, flip, length):
    whole = kept.read_bytes()
    bad = bytearray(whole)
    bad[at] ^= flip
    try:
        for entry in (bytes(bad), whole[:length], b"", whole + b"x"):
            kept.write_bytes(entry)
            assert recall("table", FACTS) is None
    finally:
        kept.write_bytes(whole)
    assert recall("table", FACTS) == DATA


def test_only_its_owner_may_write_an_entry(kept, monkeypatch):
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o620)
    assert recall("table", FACTS) is None
    kept.chmod(0o600)
    monkeypatch.setattr(os, "geteuid", lambda: kept.stat().st_uid + 1)
    assert recall("table", FACTS) is None


def test_a_pipe_in_its_place_stops_nobody(kept):
    kept.unlink()
    os.mkfifo(kept)
    assert recall("table", FACTS) is None


def test_where_nothing_can_be_kept_nothing_happens(own_home, monkeypatch):
    (own_home / ".cache").write_text("a file in the way")
    keep("table", FACTS, lambda: DATA)
    assert recall("table", FACTS) is None
    monkeypatch.setattr(folders, "cache", lambda: folders.NOWHERE)
    keep("table", FACTS, lambda: DATA)
    assert recall("table", FACTS) is None


def test_what_cannot_be_made_leaves_no_trace(kept):
    with pytest.raises(ValueError, match="no table"):
        keep("table", FACTS, lambda: int("no table"))
    assert [entry.name for entry in kept.parent.iterdir()] == ["table"]
    assert recall("table", FACTS) == DATA


def test_what_is_missing_is_made_afterwards_by_another_thread(own_home, monkeypatch):
    monkeypatch.setattr(prepared, "WAIT_SECONDS", 0.0)
    threads, may, done = [], Event(), Event()

    def make():
        threads.append(current_thread())
        assert may.wait(10)
        done.set()
        return DATA

    assert prepared.prepared("table", FACTS, make) is None
    may.set()
    assert done.wait(10)
    threads[0].join(10)
    assert threads[0] is not current_thread()
    assert prepared.prepared("table", FACTS, make) == DATA


def test_a_file_is_told_from_another_of_its_name(tmp_path):
    path = tmp_path / "model"
    path.write_bytes(b"one")
    first = file_facts(path)
    path.write_bytes(b"other")
    assert file_facts(path) != first


def test_what_was_made_of_a_file_goes_with_it(own_home):
    forget("model.onnx")
    for name in ("model.onnx.ort", "model.onnx.tables", "other.onnx.ort"):
        keep(name, FACTS, lambda: DATA)
    forget("model.onnx")
    assert [entry.name for entry in path_of().parent.iterdir()] == ["other.onnx.ort"]
