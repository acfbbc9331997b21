from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from plan_kit import AT, MANNER, SIX, hold, say

from voiceguide.audio import RATE
from voiceguide.plan.holds import APART, place_hold
from voiceguide.plan.sheet import Sheet
from voiceguide.plan.timeline import Bed, Signal
from voiceguide.plan.words import Manner
from voiceguide.script.model import Anchor, Countdown, Hold, Reminders


def placed(step: Hold, seconds: float, start: int = 1000, guidance: str = "full") -> Sheet:
    sheet = Sheet(Manner(MANNER.lengths, guidance=guidance), Bed(0, 0, None))
    place_hold(sheet, step, start, int(seconds * RATE))
    return sheet


def reminding(every: int, *lines: str) -> Reminders:
    return Reminders(every * RATE, tuple(say(line) for line in lines))


FULL = {
    "reminders": reminding(30, "Slow and even.", "Let go each time."),
    "halfway": say("Halfway."),
    "anchors": (Anchor(say("Lean in a little."), 20 * RATE), Anchor(say("Soon the other side."), -10 * RATE)),
    "countdown": Countdown(3, "spoken"),
    "breathe": SIX,
    "beat": 6.0,
}


@given(st.floats(30, 400), st.sets(st.sampled_from(sorted(FULL))))
def test_no_line_is_ever_cut_off_and_none_leaves_the_hold(seconds: float, clauses: set[str]) -> None:
    sheet = placed(hold(seconds, **{name: FULL[name] for name in clauses}), seconds)
    lines = sheet.speech()
    assert all(a.end <= b.start for a, b in pairwise(lines))
    assert all(line.start >= 1000 and line.end <= 1000 + seconds * RATE for line in lines)


def test_reminders_keep_out_of_the_first_20_and_the_last_12_seconds() -> None:
    sheet = placed(hold(120, reminders=reminding(10, "One way.", "Another way.")), 120)
    starts = [(line.start - 1000) / RATE for line in sheet.speech()]
    assert starts[0] == 20
    assert all((line.end - 1000) / RATE <= 108 for line in sheet.speech())


def test_the_same_reminder_is_never_said_twice_in_a_row() -> None:
    alone = placed(hold(300, reminders=reminding(30, "Slow and even.")), 300)
    assert [line.text for line in alone.speech()] == ["Slow and even."]
    parted = placed(hold(300, reminders=reminding(45, "Slow and even."), halfway=say("Halfway.")), 300)
    assert [line.text for line in parted.speech()] == ["Slow and even.", "Halfway.", "Slow and even."]


def test_halfway_wins_over_a_reminder_and_an_instruction_over_halfway() -> None:
    both = placed(hold(60, reminders=reminding(30, "Slow and even."), halfway=say("Halfway.")), 60)
    assert [line.text for line in both.speech()] == ["Halfway."]
    anchored = placed(hold(60, halfway=say("Halfway."), anchors=(Anchor(say("Lean in."), None),)), 60)
    assert [line.text for line in anchored.speech()] == ["Lean in."]


def test_an_anchored_line_waits_for_room_rather_than_being_lost() -> None:
    crowd = tuple(Anchor(say(f"Line number {n} of this hold."), 20 * RATE) for n in range(3))
    sheet = placed(hold(60, anchors=crowd), 60)
    assert len(sheet.speech()) == 3
    assert all(b.start - a.end >= APART for a, b in zip(sheet.speech(), sheet.speech()[1:], strict=False))


def test_a_line_without_room_is_reported() -> None:
    sheet = placed(hold(2, anchors=(Anchor(say("This is far too long, by any measure, for two seconds of holding."), 0),)), 2)
    assert not sheet.speech()
    assert "make the hold longer" in sheet.notes[0]


def test_a_spoken_countdown_lands_on_the_last_seconds() -> None:
    lines = placed(hold(30, countdown=Countdown(3, "spoken")), 30).speech()
    assert [(line.text, (line.start - 1000) / RATE) for line in lines] == [("Three.", 27.0), ("Two.", 28.0), ("One.", 29.0)]


def test_ticks_and_bells_count_without_words() -> None:
    ticks = placed(hold(30, countdown=Countdown(4, "tick")), 30).entries
    assert [(entry.content, (entry.start - 1000) / RATE) for entry in ticks] == [(Signal("tick"), s) for s in (26, 27, 28, 29)]
    assert [entry.kind for entry in placed(hold(30, countdown=Countdown(3, "bell")), 30).entries] == ["bell"]


def test_beats_divide_the_breath_when_both_are_given() -> None:
    sheet = placed(hold(57, breathe=SIX, beat=11.0), 57)
    ins = [e.start for e in sheet.entries if e.text == "[in]"]
    beats = [e.start for e in sheet.entries if e.kind == "beat"]
    assert set(ins) <= set(beats)
    assert len(beats) == 2 * len(ins) == 12


def test_a_metronome_keeps_its_own_time() -> None:
    beats = [e.start - 1000 for e in placed(hold(60, beat=15.0), 60).entries if e.kind == "beat"]
    assert beats == [4 * RATE * n for n in range(15)]


def test_less_guidance_says_less_and_changes_no_time() -> None:
    step = hold(
        120, reminders=reminding(30, "Slow and even."), halfway=say("Halfway."), anchors=(Anchor(say("Now."), 25 * RATE),)
    )
    said = {level: [line.text for line in placed(step, 120, guidance=level).speech()] for level in ("full", "some", "sparse")}
    assert said["sparse"] == ["Now."]
    assert said["some"] == ["Now.", "Halfway."]
    assert len(said["full"]) > 2


def test_breaths_in_a_hold_come_whole_and_end_on_the_out_breath() -> None:
    tones = [e for e in placed(hold(45, breathe=SIX), 45).entries if e.kind == "breath"]
    assert [e.text for e in tones] == ["[in]", "[out]"] * 4
    assert tones[-1].end - 1000 <= 45 * RATE
    assert tones[0].at == AT


@given(st.floats(20, 300), st.floats(6, 80))
def test_a_beat_falls_on_every_breath_to_the_frame(seconds: float, beat: float) -> None:
    sheet = placed(hold(seconds, breathe=SIX, beat=beat), seconds)
    ins = {e.start for e in sheet.entries if e.text == "[in]"}
    beats = sorted(e.start for e in sheet.entries if e.kind == "beat")
    apart = [b - a for a, b in pairwise(beats)]
    assert ins <= set(beats)
    assert max(apart) - min(apart) <= 1
