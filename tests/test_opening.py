"""A routine opened at a length: whose settings hold, which length it gets, and what is wrong told before anything is spoken."""

from pathlib import Path

import pytest
from whole_kit import TALK

from voiceguide.audio import RATE
from voiceguide.errors import CannotFit, Problem, ScriptErrors, UsageError
from voiceguide.library import Source
from voiceguide.opening import Opening, opened, read, settings_for, try_sounds
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
    with pytest.raises(ScriptErrors, match=r"own\.md:3:13: .*(did you mean 'ocean'|missing\.flac)"):
        tried(tmp_path, PLAIN.replace("title: Own\n", f"title: Own\n{front}\n"))
    with pytest.raises(UsageError, match=r"test: .*did you mean 'ocean'"):
        tried(tmp_path, PLAIN, soundscape="oceann")
    assert tried(tmp_path, PLAIN, soundscape="oceann", mix="off").sections


@pytest.mark.parametrize(("step", "told"), [("[soundscape oceann]", "ocean"), ("[play lost.flac]", r"\[play lost\.flac\]")])
def test_a_step_names_its_line(tmp_path: Path, step: str, told: str) -> None:
    with pytest.raises(ScriptErrors, match=rf"own\.md:9:1: .*{told}"):
        tried(tmp_path, f"{PLAIN}\n{step}\n")


def test_a_routine_is_read_as_far_as_it_goes_and_everything_wrong_is_noted(tmp_path: Path) -> None:
    (tmp_path / "guest.md").write_text(PLAIN.replace("Rest.", "[huold 3s]"))
    problems: list[Problem] = []
    script = read(Source(f"{PLAIN}\n[puse 3s]\n\n[include guest]\n\n[include gust]\n", str(tmp_path / "own.md")), problems)
    assert [section.title for section in script.sections] == ["One"]
    assert [(Path(one.file).name, one.line) for one in sorted(problems)] == [("guest.md", 7), ("own.md", 9), ("own.md", 13)]


def test_what_stands_in_the_way_of_opening_is_told_with_its_wrong_sounds(tmp_path: Path) -> None:
    body = PLAIN.replace("title: Own", "title: Own\nminutes: 9\nsoundscape: oceann") + "\n[soundscape rian]\n"
    with pytest.raises(ScriptErrors) as unfit:
        opened(stage(tmp_path, body), 9 * 60 * RATE, {})
    assert [(one.line, one.column) for one in unfit.value.problems] == [(3, 10), (4, 13), (11, 1)]
    with pytest.raises(ScriptErrors) as unfilled:
        tried(tmp_path, body.replace("Rest.", "Rest, {other side}."))
    assert [one.line for one in unfilled.value.problems] == [4, 9, 11]


def test_what_was_asked_for_wrongly_is_told_with_what_is_wrong_in_the_routine(tmp_path: Path) -> None:
    asked = {"voice": "hert", "soundscape": "oceann"}
    with pytest.raises(ScriptErrors) as both:
        opened(stage(tmp_path, PLAIN + "\n[play lost.flac]\n", **asked), None, {})
    assert [one.line for one in both.value.problems] == [9]
    assert [str(each).split(";")[0] for each in both.value.also] == [
        "test: there is no voice 'hert'",
        "test: there is no soundscape 'oceann'",
    ]
    with pytest.raises(UsageError) as every:
        opened(stage(tmp_path, PLAIN, **asked), None, {"nmae": "Sam"})
    assert [line.split(";")[0] for line in str(every.value).splitlines()] == [
        "Own: there is no variable 'nmae'",
        "test: there is no voice 'hert'",
        "test: there is no soundscape 'oceann'",
    ]


def test_one_mistake_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(ScriptErrors) as refused:
        opened(stage(tmp_path, PLAIN + "\n[voice harrt] Rest.\n"), None, {})
    assert [one.line for one in refused.value.problems] == [9]
    assert refused.value.also == ()


def test_a_voice_that_is_not_here_is_in_the_way_only_of_what_it_is_to_say(tmp_path: Path) -> None:
    left_out = PLAIN + "\n# Later {when minutes > 600}\n\n[voice emma]\n\nRest.\n"
    assert tried(tmp_path, left_out).sections[-1].title == "One"
    with pytest.raises(ScriptErrors, match="voices add emma"):
        tried(tmp_path, left_out.replace("> 600", "< 600"))
    with pytest.raises(ScriptErrors, match=r"own\.md:11:1: there is no voice 'ema'"):
        tried(tmp_path, left_out.replace("emma", "ema"))


def test_a_voice_is_told_where_it_was_asked_for(tmp_path: Path) -> None:
    text = PLAIN.replace("Own", "Own\nvoice: hart") + "\n[voice harrt]\n\nRest. Rest.\n"
    script = parse(text, str(tmp_path / "own.md"))
    with pytest.raises(ScriptErrors) as refused:
        opened(Stage(script, settings_for(script), tmp_path, {}), None, {})
    assert [one.line for one in refused.value.problems] == [3, 10]
    with pytest.raises(UsageError, match="test: there is no voice 'hert'"):
        opened(stage(tmp_path, PLAIN, voice="hert"), None, {})
