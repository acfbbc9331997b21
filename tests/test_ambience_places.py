"""Finding the line of a key in a recipe."""

import pytest

from voiceguide.ambience.places import line_of

TEXT = """\
format = 1
title = "Rain"   # eq = nothing

[controls.calm]
default = 0.5
maps = { "bed.level" = [1, 2], "drops.rate" = [1, 2] }

[[layer]]
id = "bed"
mods = [
  { rate = 1, depth = 2 },
  { rate = 3, depth = 4 },
]

[[layer]]
id = "drops"
grain = { decay = [0.001, 0.004], freq = [1, 2] }

[layer.activity]
rate = 0.3
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ((), 1),
        (("title",), 2),
        (("nowhere",), 1),
        (("controls", "calm"), 4),
        (("controls", "calm", "default"), 5),
        (("controls", "calm", "drops.rate"), 6),
        (("layer", 0), 8),
        (("layer", 0, "id"), 9),
        (("layer", 0, "mods", 0, "depth"), 11),
        (("layer", 1), 15),
        (("layer", 1, "id"), 16),
        (("layer", 1, "grain", "freq"), 17),
        (("layer", 1, "activity", "rate"), 20),
        (("layer", 1, "missing"), 15),
    ],
    ids=str,
)
def test_a_path_leads_to_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line


def test_an_empty_text_has_one_line() -> None:
    assert line_of("", ("title",)) == 1
