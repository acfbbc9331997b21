from datetime import datetime

import click
import pytest
from click.testing import CliRunner

from voiceguide.audio import RATE
from voiceguide.cli import options

NOON = datetime(2024, 5, 1, 12, 0, 30, 500_000)


@click.command()
@options.session
def echo(**asked: object) -> None:
    click.echo(repr(asked))


def asked(*arguments: str) -> dict[str, object]:
    done = CliRunner().invoke(echo, ["routine", *arguments])
    return eval(done.output) if done.exit_code == 0 else {"error": done.output}


@pytest.mark.parametrize(
    ("text", "seconds"), [("30m", 1800), ("17m59s", 1079), ("1:30", 90), ("90s", 90), ("1h", 3600), ("0.5s", 0.5)]
)
def test_for_is_exact_to_the_frame(text, seconds):
    assert asked("--for", text)["length"] == seconds * RATE


@pytest.mark.parametrize(
    ("text", "hint"),
    [("30", "write 30s for seconds or 30m for minutes"), ("5m-6m", "such as 5m"), ("~5m", "such as 5m"), ("x", "1m30s")],
)
def test_what_is_no_length_says_how_to_write_one(text, hint):
    assert hint in asked("--for", text)["error"]


@pytest.mark.parametrize(
    ("text", "seconds"), [("12:01", 30), ("15:50", 13_770), ("12:00", 86_370), ("11:59", 86_310), ("0:00", 43_170)]
)
def test_ends_at_is_the_next_time_the_clock_shows_it(text, seconds):
    assert abs(options.frames_until(text, NOON) - seconds * RATE) <= RATE


@pytest.mark.parametrize("text", ["15", "25:00", "12:60", "noon", ":", ""])
def test_what_is_no_time_of_day_is_refused(text):
    assert "is not a time of day; write 15:50" in asked("--ends-at", text)["error"]


def test_two_lengths_are_one_too_many():
    with pytest.raises(click.UsageError, match="use one of them"):
        options.opened("breathe", 1, 2, {})


def test_blanks_are_filled_by_name():
    assert asked("--set", "name=Sam", "--set", "oil = a=b ")["variables"] == {"name": "Sam", "oil": "a=b"}
    for wrong in ("name", "=Sam"):
        assert "NAME=VALUE" in asked("--set", wrong)["error"]


def test_what_was_not_said_stays_unsaid():
    said = asked()
    assert (said["length"], said["until"], said["voice"], said["pace"], said["jobs"], said["soundscape"]) == (None,) * 6


def test_what_is_no_number_is_left_to_the_settings_which_tell_all_at_once():
    assert [asked("--pace", text)["pace"] for text in ("110", "99.5", "fast")] == [110, 99.5, "fast"]
    assert [asked("--jobs", text)["jobs"] for text in ("2", "many")] == [2, "many"]


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("0", 0), ("99", 99)])
def test_a_whole_number_that_is_no_setting(text, number):
    assert counted(0, 99, text) == number


@pytest.mark.parametrize(("text", "number"), [("3", 3), ("0.5", 0.5), ("9", 9)])
def test_a_number_that_is_no_setting(text, number):
    assert counted(0.5, 9.0, text) == number


@pytest.mark.parametrize("text", ["1.5", "100", "-1", "soon", "nan", "1e3", ""])
def test_what_is_out_of_range_tells_the_range(text):
    with pytest.raises(click.BadParameter, match=f"^{text!r} is not a whole number from 0 to 99$"):
        counted(0, 99, text)
    with pytest.raises(click.BadParameter, match=f"^{text!r} is not a number from 2.0 to 9.0$"):
        counted(2.0, 9.0, text)


def counted(least, most, text):
    return options.between(least, most)(click.Context(click.Command("x")), click.Option(["--times"]), text)


def test_who_listens_and_what_is_avoided():
    said = asked("--avoid", "low back, neck", "--avoid", "sides", "--for-whom", "apart", "--sleepy", "--pressure", "-1")
    assert said["avoid"] == ["low back", "neck", "sides"]
    assert (said["for_whom"], said["sleepy"], said["quiet"], said["pressure"]) == ("apart", True, None, "-1")
    assert asked()["avoid"] is None
