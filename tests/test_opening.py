"""A routine opened at a length: whose settings hold, which length it gets, and what is wrong told before anything is spoken."""

from pathlib import Path

import pytest
from whole_kit import TALK

from voiceguide.audio import RATE
from voiceguide.errors import CannotFit, ScriptErrors, UsageError
from voiceguide.opening import Opening, at_front, opened, settings_for, try_sounds
from voiceguide.script.parser import parse
from voiceguide.settings import Layer
from voiceguide.stage import Stage

PLAIN = "---\ntitle: Own\n---\n\n# One\n\nRest.\n"
TONE = {"voice": "tone"}


def stage(folder: Path, text: str, **asked: object) -> Stage:
    script = parse(text, str(folder / "own.md"))
    return Stage(script, settings_for(script, Layer("test", {**TONE, **asked})), folder, {})


def tried(folder: Path, text: str, **asked: object) -> Opening:
    there = stage(folder, text, **asked)
    opening = opened(there, None, {})
    try_sounds(there, opening.sections)
    return opening


def test_what_is_asked_for_comes_before_the_routine_and_that_before_the_person(own_home: Path) -> None:
    config = own_home / ".config" / "voiceguide" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('pace = 100\nguidance = "sparse"\nmix = "lush"\n')
    script = parse(
        "---\ntitle: Own\npace: 110\nguidance: some\ntaper: off\nsoundscape: rain\n---\n\n# One\n\nRest.\n", "own.md"
    )
    settled = settings_for(script, Layer("asked", {"pace": 120}))
    assert (settled.pace, settled.guidance, settled.mix) == (120, "some", "lush")
    assert (settled.taper, settled.soundscape) == (False, None)


def test_a_length_is_the_one_asked_for_or_none(tmp_path: Path) -> None:
    there = stage(tmp_path, TALK)
    assert opened(there, 150 * RATE + 1, {}).budget.length == 150 * RATE + 1
    assert opened(there, None, {}).budget.length == 180 * RATE
    with pytest.raises(CannotFit):
        opened(there, 3600 * RATE, {})
    assert opened(stage(tmp_path, PLAIN), None, {}).budget.length % RATE == 0


def test_a_variant_that_cannot_have_the_ideal_comes_as_near_as_it_can_and_says_so(tmp_path: Path) -> None:
    there = stage(tmp_path, TALK)
    short = opened(there, None, {"haste": "yes"})
    assert "can't have its 3:00" in short.told
    assert opened(there, None, {}).told == ""
    with pytest.raises(CannotFit) as refused:
        opened(there, 180 * RATE, {"haste": "yes"})
    assert short.budget.length == refused.value.longest // RATE * RATE


@pytest.mark.parametrize("front", ["soundscape: oceann", "soundscape: missing.flac"])
def test_a_soundscape_that_is_not_there_is_told_where_it_was_asked_for(tmp_path: Path, front: str) -> None:
    with pytest.raises(ScriptErrors, match=r"own\.md:2:1: .*(did you mean 'ocean'|missing\.flac)"):
        tried(tmp_path, PLAIN.replace("title: Own\n", f"title: Own\n{front}\n"))
    with pytest.raises(UsageError, match="did you mean 'ocean'"):
        tried(tmp_path, PLAIN, soundscape="oceann")
    assert tried(tmp_path, PLAIN, soundscape="oceann", mix="off").sections


@pytest.mark.parametrize(("step", "told"), [("[soundscape oceann]", "ocean"), ("[play lost.flac]", r"\[play lost\.flac\]")])
def test_a_step_names_its_line(tmp_path: Path, step: str, told: str) -> None:
    with pytest.raises(ScriptErrors, match=rf"own\.md:9:1: .*{told}"):
        tried(tmp_path, f"{PLAIN}\n{step}\n")


def test_what_has_no_place_of_its_own_stands_at_the_title() -> None:
    problem = at_front(parse(PLAIN, "own.md"), UsageError("no such thing"))
    assert (problem.file, problem.line, problem.message) == ("own.md", 2, "no such thing")
