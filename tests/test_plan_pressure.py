import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plan_kit import BUNDLED, bundled

from voiceguide.plan.pressure import SCALE, firmer, softer
from voiceguide.plan.sections import lines_of

ADJECTIVES = [adjective for adjective, _ in SCALE]
ADVERBS = [adverb for _, adverb in SCALE]
PRESSURE_WORDS = st.sampled_from([*ADJECTIVES, *ADVERBS, "Moderate", "pressure of 5", "pressure of seven", "palm", "breath"])


@pytest.mark.parametrize("words", [ADJECTIVES, ADVERBS])
def test_each_word_goes_one_step_and_firm_is_the_firmest(words: list[str]) -> None:
    assert [softer(word) for word in words] == [words[0], *words[:-1]]
    assert [firmer(word) for word in words] == [*words[1:5], words[4], words[5]]


@pytest.mark.parametrize(
    ("text", "down", "up"),
    [
        ("Lean in with firm pressure.", "Lean in with medium pressure.", "Lean in with firm pressure."),
        ("Moderate strokes.", "Gentle strokes.", "Firm strokes."),
        ("Gently now, GENTLY.", "Lightly now, LIGHTLY.", "Moderately now, MODERATELY."),
        ("A pressure of 5 is right.", "A pressure of 4 is right.", "A pressure of 6 is right."),
        ("Keep the pressure at six.", "Keep the pressure at five.", "Keep the pressure at seven."),
        ("Pressure 7 is the edge.", "Pressure 6 is the edge.", "Pressure 7 is the edge."),
        ("A pressure of 1.", "A pressure of 1.", "A pressure of 2."),
        ("A pressure of 9.", "A pressure of 8.", "A pressure of 9."),
        ("Five is enough here.", "Four is enough here.", "Six is enough here."),
        ("Three or four is plenty.", "Two or three is plenty.", "Four or five is plenty."),
        ("Five out of ten is plenty.", "Four out of ten is plenty.", "Six out of ten is plenty."),
        ("A pressure of 3 to 5 is right.", "A pressure of 2 to 4 is right.", "A pressure of 4 to 6 is right."),
        ("Six at most; five is good.", "Five at most; four is good.", "Seven at most; six is good."),
        ("A light touch.", "A feather-light touch.", "A gentle touch."),
        ("Keep it light.", "Keep it feather-light.", "Keep it gentle."),
        ("The light pressure of a palm.", "The feather-light pressure of a palm.", "The gentle pressure of a palm."),
    ],
)
def test_sentences(text: str, down: str, up: str) -> None:
    assert (softer(text), firmer(text)) == (down, up)


@pytest.mark.parametrize(
    "text",
    [
        "Take a deep breath.",
        "Breathe deeply.",
        "Breathe gently, for a while.",
        "Make the room warm and the light soft.",
        "Six is firm and still relaxing.",
        "A deep sleep.",
        "Dim the light.",
        "Delightful, lightning, confirm, infirm, deepen, lighter still.",
        "Two flat fingers, for three breaths.",
        "Slow hands.",
        "Tap the upper back, light as rain.",
        "Firm means slow here.",
        "A half-light.",
        "Ask for a number, from one to ten.",
        "",
    ],
)
def test_what_is_not_pressure_stays(text: str) -> None:
    assert softer(text) == firmer(text) == text


@given(st.lists(PRESSURE_WORDS, max_size=8).map(" ".join))
def test_never_past_seven_and_never_the_wrong_way(text: str) -> None:
    def strength(words: str) -> int:
        steps = {word: number for number, pair in enumerate(SCALE) for word in pair} | {"moderate": 3}
        digits = sum(int(number) for number in re.findall(r"\d+", words))
        return digits + sum(steps.get(word, 0) for word in words.lower().split()) + words.count("seven")

    assert strength(softer(text)) <= strength(text) <= strength(firmer(text))
    assert not re.search(r"\b([89]|10|eight|nine|ten)\b", firmer(text))
    assert len(softer(text).split()) == len(firmer(text).split()) == len(text.split())


def test_of_the_bundled_routines_only_sentences_about_pressure_change() -> None:
    lines = {say.text for name in BUNDLED for part in bundled(name) for say in lines_of(part.body)}
    changed = {text for text in lines if softer(text) != text}
    assert changed
    assert all(re.search(r"enough|plenty|out of ten|right|good|pressure|gently", text) for text in changed)
    assert all(len(softer(text).split()) == len(text.split()) for text in changed)


def test_the_documents_name_every_word_in_its_order() -> None:
    text = (Path(__file__).parent.parent / "docs" / "script-format.md").read_text(encoding="utf-8")
    rows = [f"| `{adjective}` | `{adverb}` |".replace("`medium`", "`medium`, `moderate`") for adjective, adverb in SCALE]
    assert "\n  ".join(rows) in text
