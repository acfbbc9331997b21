"""Directions: good and bad lines of every kind."""

from dataclasses import replace

import pytest

from voiceguide.ambience import bells
from voiceguide.audio import RATE
from voiceguide.script.directions import BELLS, DIRECTIONS, read_direction
from voiceguide.script.mistakes import Mistake
from voiceguide.script.model import (
    Bell,
    Breathe,
    CheckIn,
    Hold,
    Include,
    Length,
    Only,
    Pause,
    Place,
    Recording,
    Say,
    Scene,
    Wait,
)
from voiceguide.script.patterns import PATTERNS, read_pattern
from voiceguide.script.scope import Scope

AT = Place("a.md", 3, 4)
EASY = PATTERNS["easy"].use
SCOPE = Scope(AT, EASY)


def read(text):
    return read_direction(text, SCOPE)


def scene(name, fade, **controls):
    return Scene(name, AT, fade * RATE, tuple(controls.items()))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("pause 5s", Pause(5 * RATE, AT)),
        ("Pause  5S", Pause(5 * RATE, AT)),
        ("pause\n5s", Pause(5 * RATE, AT)),
        ("pause 2 breaths", Pause(18 * RATE, AT)),
        ("breathe", Breathe(EASY, AT, 3)),
        ("breathe extended", Breathe(PATTERNS["extended"].use, AT, 3)),
        ("breathe extended x4", Breathe(PATTERNS["extended"].use, AT, 4)),
        ("breathe box ×4", Breathe(PATTERNS["box"].use, AT, 4)),
        ("breathe x4", Breathe(EASY, AT, 4)),
        ("breathe 4-7-8 x2", Breathe(read_pattern("4-7-8"), AT, 2)),
        ("breathe box for 1m", Breathe(PATTERNS["box"].use, AT, length=Length(*[60 * RATE] * 3))),
        ("breathe six for 1m-2m", Breathe(PATTERNS["six"].use, AT, length=Length(60 * RATE, 90 * RATE, 120 * RATE))),
        ("breathe for 1m", Breathe(EASY, AT, length=Length(*[60 * RATE] * 3))),
        ("bell", Bell("soft", AT)),
        ("bell bowl x2", Bell("bowl", AT, 2)),
        ("bell x3", Bell("soft", AT, 3)),
        ("soundscape ocean", scene("ocean", 8)),
        ("soundscape ocean, fade 12s", scene("ocean", 12)),
        ("soundscape rain intensity 0.3 over 20s", scene("rain", 20, intensity=0.3)),
        ("soundscape rain intensity 0.3, wind 1", scene("rain", 8, intensity=0.3, wind=1.0)),
        ("soundscape intensity 0.3 over 20s", scene("", 20, intensity=0.3)),
        ("soundscape ocean, follow breath", replace(scene("ocean", 8), breathes=True)),
        ("soundscape Follow Breath over 4s", replace(scene("", 4), breathes=True)),
        ("soundscape off", scene(None, 8)),
        ("soundscape off, fade 3s", scene(None, 3)),
        ('check-in "How is it, warm?"', CheckIn(Say("How is it, warm?", AT), 7 * RATE, AT)),
        ("check-in “Good?”, wait 10s", CheckIn(Say("Good?", AT), 10 * RATE, AT)),
        ("play voice-over.flac", Recording("voice-over.flac", AT)),
        ('play "my voice.wav"', Recording("my voice.wav", AT)),
        ("wait for ready", Wait(180 * RATE, AT)),
        ("wait for ready, at most 90s", Wait(90 * RATE, AT)),
        ("include agreement", Include("agreement", AT)),
        (
            "include my agreement.md, name = Sam, oil=“none, thanks”",
            Include("my agreement.md", AT, (("name", "Sam"), ("oil", "none, thanks"))),
        ),
        ("first", Only("first", ())),
        ("again", Only("again", ())),
        ("to giver", Scope(AT, EASY, to="giver")),
        ("to both", Scope(AT, EASY)),
        ("voice system:de", Scope(AT, EASY, voice="system:de")),
        ("pace 110", Scope(AT, EASY, pace=110)),
    ],
)
def test_good_lines(text, made):
    assert read(text) == made


def test_a_hold_and_its_lines_stand_in_the_scope():
    made = read_direction("hold 45s, halfway", Scope(AT, EASY, "receiver", "emma", 100))
    assert isinstance(made, Hold)
    assert made.halfway == Say("Halfway.", AT, False, "receiver", "emma", 100)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("puase 5s", "there is no direction 'puase'; did you mean 'pause'?"),
        ("huold 4s", "did you mean 'hold'?"),
        ("gently now", "words that are meant to be spoken stand in round brackets"),
        ("5s", "[5s] does not say what to do; write [pause 5s] or [hold 5s]"),
        ("1", "there is no direction '1'"),
        ("", "there is no direction ''"),
        ("pause", "write a time as"),
        ("pause 5", "write 5s for seconds or 5m for minutes"),
        ("pause 5 sec", "write 5s"),
        ("pause 5s-10s", "or [hold 5s-10s] if it may stretch"),
        ("pause 3 strokes", "add the beat"),
        ("breathe bxo x4", "did you mean 'box'?"),
        ("breathe box x0", "no breaths at all"),
        ("breathe box x999", "too many"),
        ("breathe box for 0s", "no time at all"),
        ("breathe box for", "no breathing pattern 'box for'"),
        ("bell gong", "there is no bell 'gong'"),
        ("bell bowle", "did you mean 'bowl'?"),
        ("bell x13", "too many"),
        ("soundscape", "write it like [soundscape ocean, fade 12s]"),
        ("soundscape rain intensity", "not a change of soundscape"),
        ("soundscape rain intensity 3", "controls go from 0 to 1"),
        ("soundscape rain fade 8", "write 8s"),
        ("soundscape rain, follow breth", "did you mean 'breath'?"),
        ("soundscape ../rain", "not a change of soundscape"),
        ("check-in How is it?", "not in quotation marks"),
        ("check-in", "the words to be spoken are missing"),
        ('check-in "..."', "no voice can speak"),
        ('check-in "Good?", wait 7', "write 7s"),
        ('check-in "Good?", whait 7s', "is not understood here; write it like"),
        ("play", "the name of the recording is missing"),
        ("wait", "what to wait for is missing"),
        ("wait 5s", "or [pause 5s] for a silence"),
        ("wait for ready, 3m", "is not understood here"),
        ("to reciever", "did you mean 'receiver'?"),
        ("include", "the name of the routine is missing"),
        ("include agreement, Sam", "'Sam' gives no value"),
        ("voice", "not the name of a voice"),
        ("pace fast", "write words a minute, 80 to 220"),
        ("pace 20", "not a pace"),
        ("first of all", "[first] stands alone in its brackets"),
    ],
)
def test_bad_lines(text, message):
    with pytest.raises(Mistake) as caught:
        read(text)
    assert message in str(caught.value)
    assert caught.value.fix


@pytest.mark.parametrize("name", DIRECTIONS)
def test_examples_begin_with_their_name(name):
    assert DIRECTIONS[name].example.startswith(f"[{name}")


def test_the_bells_that_can_be_written_are_the_bells_that_can_be_struck():
    assert set(BELLS) == set(bells.BELLS)


def test_a_check_in_may_be_kept():
    kept, timed = (read('check-in "Any pain?"' + rest) for rest in (", keep, wait 9s", ", wait 9s"))
    assert (kept.keep, kept.wait, timed.keep, timed.wait) == (True, 9 * RATE, False, 9 * RATE)
