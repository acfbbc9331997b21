"""What is wrong is known from reports alone, and from their absence."""

from typing import Any

import pytest

from voiceguide.live.vitals import APART, GRACE, HUNG, IN_ADVANCE, SILENT, SLOW, STALLED, STARTING, Vitals

WELL: dict[str, Any] = {
    "device": "default",
    "words": "",
    "opening": 0.0,
    "age": 0.05,
    "taken": 9.0,
    "begun": True,
    "dry": 0.0,
}
CLOSED = {"device": "", "age": None, "taken": 0.0}
LATER = 100.0


def heard(**facts: object) -> Vitals:
    """A process that was started at 0, whose device was open by 1, and that has just said this at LATER."""
    vitals = Vitals(0.0)
    if facts.get("device", "default"):
        vitals.hear(WELL, 1.0)
    vitals.hear(WELL | facts, LATER)
    return vitals


def test_a_process_that_plays_is_well() -> None:
    vitals = heard()
    assert vitals.sounding
    assert vitals.fault(LATER) is None
    assert not vitals.beyond_help(LATER)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param({"age": STALLED + 0.1}, "device", id="the device asks for nothing any more"),
        pytest.param({"age": None}, "device", id="the device never asked"),
        pytest.param(CLOSED | {"words": "no sound device answers"}, "device", id="no device"),
        pytest.param(CLOSED | {"opening": SLOW + 0.1}, "device", id="the server hangs"),
        pytest.param({"dry": SILENT + 0.1}, "error", id="nothing to hear is made"),
        pytest.param({"dry": STARTING + 0.1, "begun": False}, "error", id="nothing to hear was ever made"),
    ],
)
def test_what_is_wrong_is_named(facts: dict[str, object], reason: str) -> None:
    vitals = heard(**facts)
    fault = vitals.fault(LATER)
    assert fault is not None
    assert fault[0] == reason
    assert fault[1]


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"age": STALLED - 0.1}, id="between two requests"),
        pytest.param({"dry": STARTING - 0.1, "begun": False}, id="a large soundscape is opened"),
        pytest.param(CLOSED | {"opening": SLOW - 0.1}, id="a device takes a moment to open"),
    ],
)
def test_what_takes_a_moment_is_no_fault(facts: dict[str, object]) -> None:
    assert heard(**facts).fault(LATER) is None


def test_a_device_has_a_while_to_begin_after_it_was_opened() -> None:
    vitals = Vitals(0.0)
    for now in (1.0, 1.0 + GRACE):
        vitals.hear(WELL | {"age": None}, now)
        assert vitals.fault(now) is None
    vitals.hear(WELL | {"age": None}, 1.1 + GRACE)
    assert vitals.fault(1.1 + GRACE)


def test_silence_from_the_process_is_an_error_and_has_more_time_at_its_start() -> None:
    assert Vitals(0.0).fault(STARTING - 0.1) is None
    assert Vitals(0.0).fault(STARTING + 0.1)
    vitals = heard()
    assert vitals.fault(LATER + SILENT - 0.1) is None
    assert (vitals.fault(LATER + SILENT + 0.1) or ("", ""))[0] == "error"


@pytest.mark.parametrize("last", [None, {"error": "MemoryError: no room"}])
def test_last_words_and_the_end_of_reports_are_an_error_at_once(last: dict[str, Any] | None) -> None:
    vitals = heard()
    assert vitals.hear(last, LATER) is None
    assert vitals.hear(None, LATER) is None
    fault = vitals.fault(LATER)
    assert fault is not None
    assert fault[0] == "error"
    assert (last or {}).get("error", "ended") in fault[1]


def test_what_a_sleeping_device_takes_in_advance_is_not_yet_sound() -> None:
    assert not heard(taken=IN_ADVANCE - 0.1).sounding
    assert not heard(age=STALLED + 0.1).sounding
    assert not Vitals(0.0).sounding


def test_only_a_device_that_was_never_open_is_waited_for() -> None:
    assert not heard(**CLOSED, words="none").beyond_help(LATER)
    assert not heard(**CLOSED, opening=HUNG - 0.1).beyond_help(LATER)
    assert heard(**CLOSED, opening=HUNG + 0.1).beyond_help(LATER)
    assert heard(age=STALLED + 0.1).beyond_help(LATER)


def test_no_two_starts_within_a_second() -> None:
    vitals = Vitals(LATER)
    vitals.hear(None, LATER)
    assert not vitals.beyond_help(LATER + APART - 0.1)
    assert vitals.beyond_help(LATER + APART + 0.1)
