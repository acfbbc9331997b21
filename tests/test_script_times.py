"""Lengths of time: exact to the frame, and a number without a unit is refused with the way to write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import RATE
from voiceguide.script.model import Length
from voiceguide.script.patterns import read_pattern
from voiceguide.script.times import LONGEST, read_length, read_span, read_time

EASY = read_pattern("easy")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45s", 45),
        ("0s", 0),
        ("2m", 120),
        ("1m30s", 90),
        ("90s", 90),
        ("1:30", 90),
        ("0:05", 5),
        ("1:02:03", 3723),
        ("1h", 3600),
        ("1h30m", 5400),
        ("8h", 28800),
        ("2.5s", 2.5),
        ("1.5m", 90),
        (" 45S ", 45),
        ("17m59s", 1079),
    ],
)
def test_times(text, seconds):
    assert read_time(text) == seconds * RATE


def test_a_tenth_of_a_second_is_a_tenth():
    assert read_time("0.1s") * 10 == read_time("1s")
    assert read_time("0.00001s") == 0
    assert read_time("0.000011s") == 1


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("5", "write 5s for seconds or 5m for minutes"),
        ("5 sec", "write 5s"),
        ("2 min", "write 2m"),
        ("45 seconds", "write 45s"),
        ("1.5 hours", "write 1.5h"),
        ("1h 30m", "write 1h30m"),
        ("1 hour and 30 minutes", "write 1h30m"),
        ("2 minutes 30", "write 2m30s"),
        ("1h30", "write 1h30m"),
        ("2,5 Minuten", "write 2.5m"),
        ("for 5 seconds", "write 5s"),
        ("half an hour", "write a time as"),
        ("", "write a time as 45s, 2m, 1m30s or 1:30"),
        ("1:75", "write a time as"),
        ("-5s", "write a time as"),
        ("٥s", "write a time as"),
        ("1e9s", "write a time as"),
        ("9999999999s", "write a time as"),
        ("s", "write a time as"),
        ("30s 1m", "write a time as"),
        ("nan", "write a time as"),
        ("9h", "at most 8h"),
        ("481m", "at most 8h"),
    ],
)
def test_what_is_not_a_time(text, hint):
    with pytest.raises(ValueError, match=hint):
        read_time(text)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("45s", (45, 45, 45)),
        ("30s-2m", (30, 75, 120)),
        ("30s–2m", (30, 75, 120)),
        ("30s - 2m", (30, 75, 120)),
        ("~2m", (60, 120, 240)),
        ("0s-10s", (0, 5, 10)),
    ],
)
def test_lengths(text, seconds):
    assert read_length(text) == Length(*(second * RATE for second in seconds))


@pytest.mark.parametrize("text", ["2m-30s", "30s-", "-30s", "30s-1m-2m", "30-60s", "~5h", "~", "1m-9h", "5 breaths"])
def test_what_is_not_a_length(text):
    with pytest.raises(ValueError):
        read_length(text)


def test_breaths_and_strokes():
    assert read_span("5 breaths", EASY, None) == Length(*[45 * RATE] * 3)
    assert read_span("1 breath", EASY, None).ideal == 9 * RATE
    assert read_span("2-4 breaths", EASY, None) == Length(18 * RATE, 27 * RATE, 36 * RATE)
    assert read_span("12 strokes", EASY, 6).ideal == 120 * RATE
    assert read_span("7 strokes", EASY, 24).ideal == 840_000
    assert read_span("30s", EASY, None).ideal == 30 * RATE


def test_strokes_need_a_beat_and_nothing_lasts_too_long():
    with pytest.raises(ValueError, match=r"add the beat: \[hold 12 strokes, beat 6/min\]"):
        read_span("12 strokes", EASY, None)
    with pytest.raises(ValueError, match="at most 8h"):
        read_span("9999 breaths", EASY, None)


@given(st.integers(0, LONGEST // RATE))
def test_whole_seconds_come_back_in_every_form(seconds):
    minutes, rest = divmod(seconds, 60)
    assert read_time(f"{seconds}s") == read_time(f"{minutes}m{rest}s") == read_time(f"{minutes}:{rest:02}") == seconds * RATE


@given(st.text(max_size=30))
def test_any_text_is_a_length_or_a_valueerror(text):
    try:
        length = read_length(text)
    except ValueError:
        return
    assert 0 <= length.least <= length.ideal <= length.most <= LONGEST
