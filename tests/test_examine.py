import check_kit
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide import library
from voiceguide.examine import examine, mended
from voiceguide.library import Source

PARAGRAPHS = sorted(
    {each for _, _, text in check_kit.cases() for each in text.split("---\n", 2)[2].split("\n\n") if each.strip()}
)
FRONTS = ("", "position: [prone]", "position: [prone, seated]\nminutes: {least: 3, ideal: 8, most: 20}", "minutes: 10")
UNEVEN = "# Left arm\n\nSqueeze their left arm.\n\n[hold 1m]\n\n# Right arm\n\nSqueeze their right arm.\n\n[hold 40s]"

BROKEN = "\n\n[huold 3s]\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(library.bundled("scripts").glob("*.md")), ids=lambda path: path.stem)
def test_bundled_routines_give_no_error_and_no_warning(name):
    assert [problem for problem in examine(name) if problem.severity != "hint"] == []


def test_mistakes_of_the_language_and_of_guidance_come_together():
    rules = {problem.rule for problem in examine(Source("---\ntitle: A\nvoice: hart\n---\n\nPress on the spine.\n", "a.md"))}
    assert rules == {"script", "R05"}
    assert examine(Source("---\ntitle: A\n---\n\n[huold 3s]\n", "a.md"))[0].rule == "script"


def test_a_routine_that_cannot_have_its_minutes_is_still_read():
    text = "---\ntitle: A\nfor: partner\nminutes: 30\n---\n\nPress on the spine.\n"
    assert {"script", "R05"} <= check_kit.rules_at(text)


def test_mending_makes_sides_equal_and_then_has_nothing_to_do():
    before = Source(check_kit.whole(UNEVEN), "a.md")
    after = mended(before)
    assert "R01" in check_kit.rules_at(before.text)
    assert "R01" not in check_kit.rules_at(after.text.decode())
    assert mended(after) == after


@pytest.mark.parametrize("text", [b"\xff", b"", "---\ntitle: A\n---\n\n[huold 3s]\n"])
def test_what_cannot_be_read_is_left_as_it_is(text):
    assert mended(Source(text, "a.md")).text == text


def test_mending_lets_the_head_turn_as_often_as_needed():
    chapters = "\n\n".join(f"# Part {n} {{pressure 3}}\n\nGlide.\n\n[hold 4m]" for n in range(6))
    after = mended(Source(check_kit.whole(chapters, front="position: [prone]"), "a.md"))
    assert "R29" not in check_kit.rules_at(after.text.decode())
    assert after.text.count(b"# Turn the head") >= 2


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=12),
    st.sampled_from(("partner", "self", "rest")),
    st.sampled_from(FRONTS),
)
def test_whatever_is_written_is_judged(paragraphs, audience, front):
    text = check_kit.whole("# Any\n\n" + "\n\n".join(paragraphs), audience, front)
    found = check_kit.found(text)
    assert found == sorted(found)
    assert {problem.severity for problem in found} <= {"error", "warning", "hint"}
    mended(Source(text, "case.md"))
    assert set(check_kit.found(text + BROKEN)) >= {problem for problem in found if problem.rule in ("R05", "R24")}


def test_a_routine_is_judged_as_firm_as_it_is_heard():
    text = "---\ntitle: A\n---\n\n# Strokes {pressure 7}\n\nLean in. [hold 20s]\n\n# B {pressure 8}\n\nHi.\n"
    found = [{p.line for p in examine(Source(text, "a.md"), pressure=steps) if p.rule == "R09"} for steps in (0, "firmer", -1)]
    assert found == [{9}, {9}, set()]
