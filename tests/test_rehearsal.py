"""A routine without speaking: a session for each length and variant it promises, with every word in it."""

from pathlib import Path

from whole_kit import TALK

from voiceguide.audio import RATE
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
