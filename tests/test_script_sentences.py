"""Prose to sentences: where a listener would hear an end, and nowhere else."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.script.sentences import sentences


@pytest.mark.parametrize(
    "parts",
    [
        ["Let go.", "Breathe out."],
        ["Is it warm?", "Good!", "Stay."],
        ["Hold for 2.5 seconds.", "Then rest."],
        ["At 3.30 we stop.", "At 4 we rest."],
        ["Ask Dr. Smith first.", "Then begin."],
        ["Use oil, e.g. Almond oil.", "Warm it."],
        ["Firm, i.e. Five out of ten."],
        ["J. Smith showed it.", "So did I.", "We rest."],
        ["See fig. 3 for it.", "Then go on."],
        ["No.", "Softer."],
        ["It takes a min.", "Rest."],
        ["Wait… and breathe.", "Wait…", "Now breathe."],
        ["Wait... and breathe.", "Wait...", "Now."],
        ['Say "Stop." and I stop.', "Fine."],
        ['Ask: "Too strong?"', "Wait."],
        ["“Softer?”", "“Yes.”"],
        ["(Or sit down.)", "Then begin."],
        ["Really?!", "Yes."],
        ["First: the neck; then the back.", "Go."],
        ["息を吸って。", "吐いて。"],
        ["सांस लें।", "छोड़ें।"],
        ["Etc. and so on."],
        ["no capitals here. but one thought."],
        ["No end mark"],
        ["Done.", "12 strokes follow."],
    ],
)
def test_sentences(parts):
    glue = "" if parts[0].endswith("。") else " "
    text = glue.join(parts)
    assert [text[start:end] for start, end in sentences(text)] == parts


def test_line_breaks_are_spaces_and_edges_are_left_out():
    assert [("  A b.\n C d.  "[start:end]) for start, end in sentences("  A b.\n C d.  ")] == ["A b.", "C d."]
    assert sentences("  \n ") == []


@given(st.text(alphabet="aB1 .!?…\n\"'()“”。é", max_size=60))
def test_nothing_is_lost_or_said_twice(text):
    spans = sentences(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    said = "".join(text[start:end] for start, end in spans)
    assert "".join(said.split()) == "".join(text.split())
