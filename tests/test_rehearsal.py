"""A routine without speaking: a session for each length and variant it promises, with every word in it."""

from pathlib import Path

import pytest
from whole_kit import TALK

from voiceguide.audio import RATE
from voiceguide.errors import UsageError
from voiceguide.library import Source
from voiceguide.rehearsal import rehearse


def test_a_rehearsal_has_a_session_for_each_length_and_position(tmp_path: Path) -> None:
    path = tmp_path / "two.md"
    path.write_text(
        "---\ntitle: Two\nminutes: {least: 1, ideal: 2, most: 3}\nposition: [prone, seated]\n---\n\nRest. [hold 1s-9m]\n"
    )
    found = rehearse(path)
    assert found.problems == ()
    assert [(position, session.length // RATE) for position, session in found.sessions] == [
        ("prone", 120),
        ("prone", 60),
        ("prone", 180),
        ("seated", 120),
    ]


ALL_WRONG = """---
title: All
voice: hart
soundscape: oceann
minutes: {least: 6, ideal: 10, most: 5}
---

Sit {dwon}. [puse 3s]

[soundscape rian] [soundscape rain, intensty 0.4] [play lost.wav]

[include nothing-like-it]
"""


def test_everything_that_can_be_known_is_told_at_once_where_it_stands(tmp_path: Path) -> None:
    found = rehearse(Source(ALL_WRONG, str(tmp_path / "all.md")))
    places = [(one.line, one.column) for one in sorted(found.problems)]
    assert places == [(3, 8), (4, 13), (5, 10), (8, 5), (8, 13), (10, 1), (10, 19), (10, 51), (12, 1)]
    assert found.script is None
    assert found.sessions == ()


def test_minutes_that_cannot_be_are_told_at_their_own_line_and_the_nearest_are_rehearsed(tmp_path: Path) -> None:
    found = rehearse(Source("---\ntitle: A\nminutes: 9\n---\n\nRest. [hold 1m-2m]\n", str(tmp_path / "a.md")))
    assert [(one.line, one.column) for one in found.problems] == [(3, 10)]
    assert found.script
    ((_, session),) = found.sessions
    assert 120 < session.length / RATE < 180


def test_a_wrong_wish_of_the_person_is_no_mistake_of_the_routine(tmp_path: Path, own_home: Path) -> None:
    config = own_home / ".config" / "voiceguide" / "config.toml"
    config.parent.mkdir(parents=True)
    for line in ('voice = "hart"', 'soundscape = "rian"', "pace = 5"):
        config.write_text(f"{line}\n")
        with pytest.raises(UsageError, match=r"config\.toml:1: "):
            rehearse(Source("---\ntitle: A\n---\n\nRest.\n", str(tmp_path / "a.md")))


def test_blanks_without_a_default_are_filled_with_what_can_stand_there(tmp_path: Path) -> None:
    front = "variables: {name: , how: {choices: [soft, slow]}, oil ml: , oil percent: }"
    text = f"---\ntitle: A\n{front}\n---\n\nRest, {{name}}, {{how}}, with {{drops}}.\n"
    found = rehearse(Source(text, str(tmp_path / "a.md")))
    assert found.problems == ()
    assert {cue.text for cue in found.sessions[0][1].outline().cues} >= {"Rest, name, soft, with no drops."}


def test_a_rehearsal_tries_every_choice_and_hears_everybody(tmp_path: Path, own_home: Path) -> None:
    (own_home / ".config" / "voiceguide").mkdir(parents=True)
    (own_home / ".config" / "voiceguide" / "config.toml").write_text('for_whom = "giver"\nquiet = true\npressure = "firmer"\n')
    (tmp_path / "talk.md").write_text(TALK)
    found = rehearse(tmp_path / "talk.md")
    assert found.problems == ()
    assert [len(session.opening.sections) for _, session in found.sessions] == [2, 1]
    texts = {cue.text for cue in found.sessions[0][1].outline().cues}
    assert {"Let go.", "Lean in, about 5 to 6.", "And now?", "Slow hands."} <= texts
    firm = rehearse(tmp_path / "talk.md", pressure="firmer")
    assert dict(firm.sessions[0][1].opening.sections[0].attributes.tags)["pressure"] == "6-7"
