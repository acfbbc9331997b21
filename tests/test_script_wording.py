"""Every word of a node can be changed, wherever it hides."""

from voiceguide.script.model import Bell, Place, Say, Section
from voiceguide.script.parser import parse
from voiceguide.script.wording import reworded

TEXT = """---
title: A
---
# x {ideal 1m}

x. [bell] [check-in "x?"]

[first] x!

[hold 1m, halfway "x", remind every 10s "x 1" | "x 2", say "x 3" at half]

[include x, name = x]
"""


def test_every_word_is_changed_and_nothing_else():
    section = parse(TEXT, "a.md").sections[0]
    texts = []

    def change(text, at):
        texts.append((text, at.line))
        return text.upper()

    made = reworded(section, change)
    said = [("x", 4), ("x.", 6), ("x?", 6), ("x!", 8), ("x", 10), ("x 1", 10), ("x 2", 10), ("x 3", 10), ("x", 12)]
    assert sorted(texts) == sorted(said)
    assert made.title == "X"
    assert reworded(made, lambda text, _: text.lower()) == section


def test_what_has_no_words_stays_itself():
    bell = Bell("bowl", Place("a.md", 1))
    assert reworded(bell, lambda text, _: text + "!") is bell
    empty = Section("", Place("a.md", 1), (Say("a", Place("a.md", 2)),))
    assert reworded(empty, lambda text, _: text + "!").body[0].text == "a!"
