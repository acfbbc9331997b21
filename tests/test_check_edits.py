import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.check.edits import apply
from voiceguide.check.rule import Edit

TEXT = b"# A\r\n\r\n[hold 30s, beat 6/min]\r\nEnd"


def test_what_is_mended_is_all_that_changes():
    assert apply(TEXT, [Edit(3, r"(?<=\[hold )[^\],]+", "60s")]) == TEXT.replace(b"30s", b"60s")


def test_lines_are_put_in_with_the_files_own_ends():
    assert apply(TEXT, [Edit(3, "", "new\n")]) == b"# A\r\n\r\nnew\r\n[hold 30s, beat 6/min]\r\nEnd"


def test_later_lines_are_changed_first_so_that_places_stay_true():
    assert apply(b"a\nb\n", [Edit(1, "", "x\n"), Edit(2, "", "y\n")]) == b"x\na\ny\nb\n"


@pytest.mark.slow
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])))
def test_no_edit_changes_nothing(text):
    assert apply(text.encode(), []) == text.encode()


def test_only_a_line_feed_ends_a_line():
    text = "a\u2028b\x0cc\n[hold 30s]\n"
    assert apply(text.encode(), [Edit(2, "30s", "60s")]).decode() == text.replace("30s", "60s")
