import json
import stat
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.errors import OutputError, UsageError
from voiceguide.live import logbook
from voiceguide.live.logbook import Entry, HowOften, Log, how_often

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=timezone(timedelta(hours=1)))


def entry(days: float = 0.0, routine: str = "breathe", **more) -> Entry:
    return Entry(NOON - timedelta(days=days), routine, 4.8, 5.0, False, **more)


def test_what_is_written_is_read_with_its_notes(own_home):
    assert logbook.read() == Log()
    first, second = entry(2), entry(routine="Füße", pressure=("softer", "firmer"))
    logbook.add(first)
    assert logbook.note("warm  hands\n helped").notes == ("warm hands helped",)
    logbook.add(second)
    logbook.note("one")
    assert logbook.note("two") == Entry(**{**vars_of(second), "notes": ("one", "two")})
    assert [one.notes for one in logbook.read().entries] == [("warm hands helped",), ("one", "two")]
    assert [(one.date, one.routine, one.pressure) for one in logbook.read().entries] == [
        (one.date, one.routine, one.pressure) for one in (first, second)
    ]


def vars_of(one: Entry) -> dict:
    return {name: getattr(one, name) for name in Entry.__slots__}


def test_nobody_else_can_read_it(own_home):
    logbook.add(entry())
    assert stat.S_IMODE(logbook.path().stat().st_mode) == 0o600


def test_a_torn_last_line_is_told_and_costs_nothing_else(own_home):
    logbook.add(entry(1))
    logbook.add(entry())
    whole = logbook.path().read_bytes()
    logbook.path().write_bytes(whole[:-20])
    assert (len(logbook.read().entries), logbook.read().damaged) == (1, (2,))
    logbook.add(entry(routine="rest"))
    assert [one.routine for one in logbook.read().entries] == ["breathe", "rest"]
    assert logbook.read().damaged == (2,)


VALUES = st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=9), st.lists, max_leaves=4)
NAMES = ("date", "routine", "minutes", "of", "complete", "pressure", "note")
NEARLY = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, VALUES))
DEEP, LONG = b"[" * 9000, b'{"note": "' + b"x" * 20_000 + b'"}'


@pytest.mark.slow
@given(
    st.lists(
        st.binary(max_size=200)
        | (VALUES | NEARLY).map(lambda value: json.dumps(value).encode())
        | st.sampled_from([DEEP, LONG]),
        max_size=4,
    )
)
def test_no_line_whatever_is_in_it_loses_another(lines):
    logbook.path().parent.mkdir(parents=True, exist_ok=True)
    logbook.path().write_bytes(b"\n".join(lines))
    logbook.add(entry(routine="after"))
    assert [one.routine for one in logbook.read().entries][-1] == "after"
    logbook.clear()


def test_how_often_counts_back_from_now():
    entries = [entry(days) for days in (0.1, 2, 6.9, 7.1, 29, 31)]
    assert how_often(entries, NOON) == HowOften(week=3, month=5, days_since=0)
    assert how_often([entry(31)], NOON) == HowOften(0, 0, 31)
    assert how_often([entry(0.6)], NOON).days_since == 1
    elsewhere = NOON.astimezone(timezone(timedelta(hours=-11)))
    assert how_often([entry(0)], elsewhere).days_since == 0
    assert how_often([entry(-400)], NOON).days_since == 0


def test_a_note_needs_words_and_a_session(own_home):
    with pytest.raises(UsageError, match="no session"):
        logbook.note("lovely")
    logbook.add(entry())
    for words in ("  ", "x" * 2001):
        with pytest.raises(UsageError, match="1 to 2000 characters"):
            logbook.note(words)


def test_what_is_in_the_way_is_told(own_home):
    logbook.path().mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot be written"):
        logbook.add(entry())
    with pytest.raises(UsageError, match="remove it"):
        logbook.read()
    with pytest.raises(OutputError, match="cannot be removed"):
        logbook.clear()


def test_clear_forgets_everything_and_may_be_done_twice(own_home):
    logbook.add(entry())
    logbook.clear()
    logbook.clear()
    assert logbook.read() == Log()
