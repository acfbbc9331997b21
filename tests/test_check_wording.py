import pytest

from voiceguide.check.wording import bases, of, says, words


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("pressing", "press"),
        ("digs", "dig"),
        ("digging", "dig"),
        ("glided", "glide"),
        ("bodies", "body"),
        ("laid", "lay"),
        ("vertebrae", "vertebrae"),
    ],
)
def test_every_form_leads_to_its_base(form, base):
    assert base in bases(form)


def test_a_contraction_is_two_words():
    assert [word.text for word in words("Don't press; they can't.")] == ["do", "not", "press", ";", "they", "can", "not", "."]


def test_the_longest_phrase_of_a_meaning_is_found_where_it_stands():
    (sense,) = of("Move to the small of the back.", "low back")
    assert (sense.start, sense.end) == (3, 7)


@pytest.mark.parametrize(
    "text", ["Turn the head.", "Turn head.", "Turn your head.", "Turn their own head.", "Turn slowly the head."]
)
def test_small_words_inside_a_phrase_change_nothing(text):
    assert says(text, "head turn")


def test_other_words_inside_a_phrase_part_it():
    assert not says("Turn the page and the head rests.", "head turn")


def test_hyphens_part_words():
    assert says("A low-back stretch.", "low back")
    assert not says("A long back stretch.", "low back")
