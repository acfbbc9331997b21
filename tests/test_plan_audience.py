"""Who hears what: the same times for everybody."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import AT, BUNDLED, bundled, check, hold, moments, planned, say, section

from voiceguide.audio import RATE
from voiceguide.plan.audience import EVERYBODY, Audience, addressed
from voiceguide.plan.edits import thinned
from voiceguide.plan.timeline import Played, Spoken, Timeline
from voiceguide.script.model import CheckIn, Recording, Reminders

EVERY = [
    Audience(whom, sleepy, quiet)
    for whom in ("both", "giver", "receiver", "apart")
    for sleepy, quiet in product((0, 1), repeat=2)
]
ROLES = st.lists(st.sampled_from(["both", "giver", "receiver"]), min_size=1)


def ask(words: str, *, keep: bool = False) -> CheckIn:
    return CheckIn(say(words), 7 * RATE, AT, keep)


TALK = planned(
    section(
        "Talk",
        replace(say("Kneel."), to="giver"),
        replace(say("Rest."), to="receiver"),
        say("Breathe."),
        Recording("mine.flac", AT, "giver"),
        ask("Is it warm enough?"),
        ask("Ask for a number."),
        ask("Any sharp pain?", keep=True),
        hold(60, reminders=Reminders(20 * RATE, (say("Slow hands."),)), halfway=say("Halfway.")),
        ask("And now, one to ten?"),
    )
)


def words(timeline: Timeline) -> list[str]:
    return [cue.text for cue in timeline.cues if cue.track == "voice"]


@pytest.mark.parametrize(
    ("audience", "left_out"),
    [
        (Audience(), []),
        (Audience("giver"), ["Rest."]),
        (Audience("receiver"), ["Kneel.", "[mine.flac]"]),
        (Audience("apart"), []),
        (Audience(sleepy=True), ["And now, one to ten?"]),
        (Audience(quiet=True), ["Is it warm enough?", "Ask for a number.", "Slow hands.", "And now, one to ten?"]),
        (Audience("giver", sleepy=True), ["Rest.", "And now, one to ten?"]),
    ],
)
def test_what_is_left_out(audience: Audience, left_out: list[str]) -> None:
    heard = words(addressed(TALK, audience))
    assert [text for text in dict.fromkeys(words(TALK)) if text not in heard] == left_out


def test_apart_each_hears_with_one_ear() -> None:
    ears = {cue.text: cue.ear for cue in addressed(TALK, Audience("apart")).cues}
    assert [ears[text] for text in ("Kneel.", "[mine.flac]", "Rest.", "Breathe.")] == ["left", "left", "right", "both"]
    assert {cue.ear for cue in TALK.cues} == {"both"}


@pytest.mark.parametrize("name", BUNDLED)
def test_times_stay_in_the_bundled_routines(name: str) -> None:
    whole = planned(*bundled(name))
    every = {(cue.id, cue.start, cue.end, cue.text) for cue in whole.cues}
    for audience, guidance in product(EVERY, ("full", "some", "sparse")):
        heard = addressed(thinned(whole, guidance), audience)
        assert {(cue.id, cue.start, cue.end, cue.text) for cue in heard.cues} <= every
        assert [cue for cue in heard.cues if cue.track != "voice"] == [cue for cue in whole.cues if cue.track != "voice"]


@pytest.mark.slow
@given(moments(), ROLES, st.sampled_from(EVERY))
def test_whoever_listens_times_stay_and_nobody_misses_their_words(
    moment: tuple[Timeline, int], roles: list[str], audience: Audience
) -> None:
    whole = to_roles(moment[0], roles)
    heard = addressed(whole, audience)
    check(heard)
    assert replace(heard, cues=(), starts=(), longest=0) == replace(whole, cues=(), starts=(), longest=0)
    assert {replace(cue, ear="both") for cue in heard.cues} <= set(whole.cues)
    missing = [cue for cue in whole.cues if cue not in addressed(whole, replace(audience, whom="both")).cues]
    assert {cue.kind for cue in missing} <= {"question", "reminder"}
    alone = (addressed(whole, replace(audience, whom=one)).cues for one in ("giver", "receiver"))
    assert {*next(alone), *next(alone)} | set(missing) == set(whole.cues)


@pytest.mark.slow
@given(moments(), st.sampled_from(EVERY))
def test_what_is_planned_later_changes_nothing_earlier(moment: tuple[Timeline, int], audience: Audience) -> None:
    whole, at = moment
    begun = whole.with_cues(cue for cue in whole.cues if cue.start < at)
    assert [cue for cue in addressed(whole, audience).cues if cue.start < at] == list(addressed(begun, audience).cues)


def to_roles(timeline: Timeline, roles: list[str]) -> Timeline:
    """The timeline with its words given to these roles in turn."""

    def given_to(number: int, content: object) -> object:
        role = roles[number % len(roles)]
        if isinstance(content, Spoken):
            return replace(content, say=replace(content.say, to=role))
        return replace(content, to=role) if isinstance(content, Played) else content

    return timeline.with_cues(replace(cue, content=given_to(number, cue.content)) for number, cue in enumerate(timeline.cues))


def test_everybody_hears_the_timeline_itself() -> None:
    assert addressed(TALK, EVERYBODY) is TALK
