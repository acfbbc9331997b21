"""Sums before writing out: sizes of sides and repeats, and caps that bombs cannot pass."""

import time

import pytest

from voiceguide.audio import RATE
from voiceguide.script.mistakes import Mistake
from voiceguide.script.parser import parse
from voiceguide.script.size import check_size, shortest, steps
from voiceguide.script.unfold import unfold


def script(body):
    return parse("---\ntitle: A\n---\n" + body, "a.md")


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("Hi. Ho.", 3),
        ("# A {each side}\n\nHi.", 4),
        ("# A {repeat 3}\n\nHi.\n\n## B {each side}\n\nHo.", 18),
        ("# A\n\n[first] One. Two.\n\n[again] Three.", 4),
    ],
)
def test_steps(body, count):
    assert sum(map(steps, script(body).sections)) == count


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ("[pause 5s]", 5),
        ("[hold 10s-50s] [breathe x2] [breathe for 20s-1m]", 10 + 18 + 20),
        ('[check-in "Good?", wait 7s] Hi.', 7),
        ("# A {each side}\n\n[pause 5s]", 10),
        ("# A {each side, repeat 3, between 20s}\n\n[pause 5s]", 6 * 5 + 4 * 20),
    ],
)
def test_shortest(body, seconds):
    assert sum(map(shortest, script(body).sections)) == seconds * RATE


def test_written_out_sections_measure_the_same():
    made = script("# A {each side, repeat 3, between 20s}\n\n[pause 5s]\n\n## B {repeat 2}\n\n[hold 10s-20s]")
    assert sum(map(shortest, unfold(made, {}, 10))) == sum(map(shortest, made.sections))


BOMBS = {
    "cues": "# A {repeat 100}\n\n## B {repeat 100}\n\nHi.",
    "hours": "# A {repeat 100}\n\n[hold 5m]",
    "between": "# A {repeat 100, between 8h}\n\nHi.",
    "many": "\n".join(f"# {number} {{each side, repeat 100}}\n\nHi.\n" for number in range(30)),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_caps_are_found_without_writing_anything_out(bomb):
    sections = script(bomb).sections
    begun = time.process_time()
    with pytest.raises(Mistake, match=r"more than 5000 cues|shorter than 8 hours") as caught:
        check_size(sections)
    assert caught.value.at.file == "a.md"
    assert time.process_time() - begun < 0.2


def test_what_is_large_but_fits():
    check_size(script("# A {repeat 100}\n\nHi. [pause 4m]").sections)
