"""A place in a session outlives what happens to the program, and nothing that happens to its file does harm."""

import hashlib
import json
import os
import pwd
import signal
import stat
import subprocess
import sys
import textwrap
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from live_kit import growing, whole

from voiceguide import folders
from voiceguide.audio import RATE
from voiceguide.errors import UsageError
from voiceguide.live import bookmark
from voiceguide.live.bookmark import Bookmark, fingerprint, forget, mark, place_in, read, taken_up, write
from voiceguide.live.state import Transport
from voiceguide.mix.horizon import settled
from voiceguide.plan.edits import again, longer
from voiceguide.sound.aim import Levels

S = RATE
WHOLE = whole()
SAID = [cue for cue in WHOLE.cues if cue.track == "voice"]
OPTIONS = {"routine": "first-back-massage", "length": 720 * S, "variables": {"name": "Zoë"}, "settings": {"seed": 1}}
HERE = Bookmark("first-back-massage", "0" * 64, 90 * S, SAID[2].id, 3 * S, OPTIONS)
FRAMES = st.integers(0, WHOLE.length)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def marked(timeline: object, position: int) -> Bookmark:
    return mark("kit", "1" * 64, {}, Transport(timeline, position))  # type: ignore[arg-type]


def test_what_was_kept_is_read_again() -> None:
    assert write(HERE) is None
    assert read() == HERE
    assert write(replace(HERE, position=91 * S)) is None
    assert read().position == 91 * S


@pytest.mark.slow
@settings(max_examples=30)
@given(st.text(), st.integers(0), st.dictionaries(st.text(), JSON))
def test_any_place_and_any_options_come_back(routine: str, position: int, options: dict[str, object]) -> None:
    there = Bookmark(routine, fingerprint(routine, options), position, "a", 5, options)
    assert write(there) is None
    assert read() == there


def test_what_was_chosen_by_key_is_kept_with_it() -> None:
    heard = Transport(WHOLE, 90 * S, levels=Levels(voice=4.0, bed=-30.0), mix="lush", guidance="sparse")
    assert write(mark("kit", "1" * 64, {}, heard)) is None
    begun = taken_up(Transport(WHOLE, 88 * S), read())
    assert (begun.levels, begun.mix, begun.guidance) == (heard.levels, "lush", "sparse")
    assert begun.position == 88 * S


def test_the_times_that_it_is_yet_to_be_heard_are_kept_with_it() -> None:
    assert write(mark("kit", "1" * 64, {}, Transport(WHOLE, 90 * S, repeats=2))) is None
    assert taken_up(Transport(WHOLE, 88 * S), read()).repeats == 2


def test_a_bookmark_from_before_that_was_kept_is_still_read() -> None:
    old = {"format": 1, "routine": "kit", "session": "1" * 64, "position": 90 * S, "cue": SAID[2].id, "offset": 5}
    text = json.dumps(old | {"options": OPTIONS}, sort_keys=True)
    bookmark.path().parent.mkdir(parents=True)
    bookmark.path().write_text(f"{hashlib.sha256(text.encode()).hexdigest()}\n{text}\n")
    assert read() == Bookmark("kit", "1" * 64, 90 * S, SAID[2].id, 5, OPTIONS)
    opened = Transport(WHOLE, 88 * S, mix="off", guidance="some")
    assert taken_up(opened, read()) == opened


def test_only_its_owner_can_read_it() -> None:
    write(HERE)
    assert stat.S_IMODE(bookmark.path().stat().st_mode) == 0o600
    assert stat.S_IMODE(bookmark.path().parent.stat().st_mode) == 0o700
    assert [path.name for path in bookmark.path().parent.iterdir()] == ["bookmark"]


def test_without_a_bookmark_it_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="none to resume; name a routine to play"):
        read()


@given(st.data())
def test_a_damaged_bookmark_is_never_believed(data: st.DataObject) -> None:
    write(HERE)
    good = bookmark.path().read_bytes()
    at = data.draw(st.integers(0, len(good) - 2))
    put = data.draw(st.binary(max_size=3))
    bad = good[:at] + put + good[at + data.draw(st.integers(1, 40)) :]
    bookmark.path().write_bytes(bad)
    if bad.rstrip(b"\n") != good.rstrip(b"\n"):
        with pytest.raises(UsageError, match="damaged; start the routine anew"):
            read()


@given(st.binary(max_size=300))
def test_any_bytes_give_a_clear_word(data: bytes) -> None:
    bookmark.path().parent.mkdir(parents=True, exist_ok=True)
    bookmark.path().write_bytes(data)
    with pytest.raises(UsageError, match="damaged"):
        read()


def test_a_bookmark_of_another_version_is_told_apart_from_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(bookmark, "FORMAT", 2)
        write(HERE)
    with pytest.raises(UsageError, match="another version of voiceguide; start the routine anew"):
        read()


@pytest.mark.parametrize("kind", ["folder", "pipe", "huge"])
def test_what_is_no_bookmark_is_refused_without_waiting(kind: str) -> None:
    bookmark.path().parent.mkdir(parents=True)
    if kind == "folder":
        bookmark.path().mkdir()
    elif kind == "pipe":
        os.mkfifo(bookmark.path())
    else:
        bookmark.path().write_bytes(b"x" * (bookmark.LARGEST + 1))
    with pytest.raises(UsageError, match=r"cannot be read|damaged"):
        read()
    assert forget(HERE.session) is None


def test_somebody_without_a_home_gets_a_note_and_no_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)

    def unknown(number: int) -> pwd.struct_passwd:
        raise KeyError(number)

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert "cannot be kept" in (write(HERE) or "")
    with pytest.raises(UsageError, match="none to resume"):
        read()
    assert forget(HERE.session) is None


@pytest.mark.parametrize("way", ["a file where the folder should be", "a link where the file should be"])
def test_where_it_cannot_be_kept_there_is_a_note(way: str) -> None:
    folder = folders.state()
    folder.parent.mkdir(parents=True)
    if way.startswith("a file"):
        folder.write_text("in the way")
    else:
        folder.mkdir()
        bookmark.path().symlink_to(folder.parent / "elsewhere")
    assert str(folder) in (write(HERE) or "")


def test_a_session_forgets_its_own_bookmark_only() -> None:
    write(HERE)
    assert forget("another") is None
    assert read() == HERE
    assert forget(HERE.session) is None
    assert not bookmark.path().exists()


WRITER = """
import sys
from itertools import count
from voiceguide.live.bookmark import Bookmark, write
for position in count():
    write(Bookmark(sys.argv[1], sys.argv[1] * 64, position, options={"long": "x" * 5000}))
    if not position:
        print("begun", flush=True)
"""


@pytest.mark.slow
def test_two_at_once_and_a_kill_leave_a_whole_bookmark_of_one() -> None:
    for _ in range(3):
        two = [subprocess.Popen([sys.executable, "-c", textwrap.dedent(WRITER), name], stdout=subprocess.PIPE) for name in "ab"]
        try:
            for one in two:
                assert one.stdout is not None
                one.stdout.readline()
            seen = {read().routine for _ in range(200) if bookmark.path().exists()}
        finally:
            for one in two:
                one.send_signal(signal.SIGKILL)
                one.communicate()
        assert seen <= {"a", "b"}
        assert read().session in ("a" * 64, "b" * 64)


def test_a_fingerprint_is_of_text_and_options_and_not_of_their_order() -> None:
    assert fingerprint("text", {"a": 1, "b": 2}) == fingerprint("text", {"b": 2, "a": 1})
    others = [
        fingerprint("text", {"a": 1}),
        fingerprint("text ", {"a": 1}),
        fingerprint("text", {"a": 2}),
        fingerprint("text", {}),
    ]
    assert len(set(others)) == 4


@given(FRAMES)
def test_it_goes_on_two_seconds_before_and_cuts_no_sentence(position: int) -> None:
    place = place_in(WHOLE, marked(WHOLE, position))
    assert place is not None
    assert 0 <= place <= max(0, position - 2 * S)
    assert not [cue for cue in SAID if cue.start < place < cue.end]
    if place < position - 2 * S:
        assert place in [cue.start for cue in SAID]


@given(FRAMES, st.integers(0, 5))
def test_a_plan_that_does_not_reach_so_far_is_no_place_yet(position: int, planned: int) -> None:
    place = place_in(growing()[planned], marked(WHOLE, position))
    assert place in (None, place_in(WHOLE, marked(WHOLE, position)))
    assert (place is None) == (position > settled(growing()[planned]))


@given(st.integers(SAID[1].start, WHOLE.length - 40 * S), st.integers(0, 60 * S))
def test_a_session_made_longer_is_found_again_by_its_words(at: int, later: int) -> None:
    heard = longer(again(WHOLE, at) or WHOLE, at, 60 * S)
    position = min(at + later, heard.length)
    there = marked(heard, position)
    place = place_in(WHOLE, there)
    assert place is not None
    cue = next(cue for cue in WHOLE.cues if cue.id == there.cue)
    assert cue.start - 2 * S - 10 * S <= place
    assert not [one for one in SAID if cue.end < one.start < place]


def test_words_that_are_gone_are_looked_for_by_their_time() -> None:
    there = replace(marked(WHOLE, 200 * S), cue="gone")
    assert place_in(growing()[2], there) is None
    assert place_in(WHOLE, there) == place_in(WHOLE, marked(WHOLE, 200 * S))
    assert place_in(WHOLE, replace(there, position=10**12)) == WHOLE.length - 2 * S
