import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.check.clauses import affirmed, asserted, begins, cuts, denied, joined, reaches, told, turned_by
from voiceguide.check.wording import of, words


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("Press on the muscle.", True),
        ("Never press.", False),
        ("Do not stop pressing.", True),
        ("Don't press, lean.", False),
        ("Do not press, rub or knead.", False),
        ("Nobody presses here.", False),
        ("Instead of pressing, glide.", False),
        ("If it feels good, press a little.", True),
        ("If you press there, stop.", False),
        ("Should one press here?", False),
        ("Pressing is never a good idea.", False),
        ("Never forget to press.", True),
        ("Leave the pressing alone.", False),
        ("Many people press there.", False),
        ("Why not press there?", True),
        ("Nothing feels better than pressing there.", True),
        ("You can never press there enough.", True),
        ("Pressing is avoided.", False),
    ],
)
def test_an_even_number_of_inverters_tells(text, is_told):
    assert told(text, of(text, "press")[0]) == is_told


def test_a_new_order_behind_a_comma_is_free_of_what_was_forbidden():
    text = "Never press on the bone, knead the muscle."
    assert [words(text)[sense.start].text for sense in asserted(text, "press")] == ["knead"]


def test_what_is_supposed_may_yet_be_affirmed():
    text = "If you press there, stop."
    assert affirmed(text, of(text, "press")[0])
    assert not affirmed("Never press.", of("Never press.", "press")[0])


def test_a_subject_is_denied_by_what_follows_it():
    for text, is_denied in (("Toxins are not pressed out.", True), ("Toxins are pressed out.", False)):
        assert denied(text, of(text, "certain")[0]) == is_denied


def test_without_denies_only_what_follows_it():
    text = "Toxins are pressed out without pain."
    assert not denied(text, of(text, "certain")[0])


def test_what_is_turned_by_the_same_words_is_turned_together():
    text = "There is no need to dilute the lavender."
    assert turned_by(text, *of(text, "diluting")) == turned_by(text, *of(text, "essential"))
    assert not turned_by("Dilute the lavender.", *of("Dilute the lavender.", "diluting"))


def test_a_clause_begins_behind_words_that_change_nothing():
    assert begins(words("Now directly on the spine"), 0) == "on"
    assert begins(words("Now"), 0) == ""


def test_two_meanings_are_joined_where_they_stand_near_and_are_told():
    assert list(joined("Push through the pain.", "enduring", "hurting", 3))
    assert not list(joined("Never push through the pain.", "enduring", "hurting", 3))
    assert not list(joined("Glide through the whole of the long slow session without pain.", "enduring", "hurting", 3))


@given(st.text(alphabet=st.sampled_from("abc ,.;!?'\"-–%019 notneverpressifbut"), max_size=80))
def test_any_text_can_be_read(text):
    assert all(0 < cut < len(words(text)) or cut == 0 for cut in cuts(text))
    assert all(reach.start <= reach.end <= len(words(text)) for reach in reaches(text))


@given(st.integers(0, 6))
def test_every_pair_of_avoiding_to_avoid_turns_back(number):
    text = "Avoid " + "avoiding " * number + "pressing."
    assert told(text, of(text, "press")[-1]) == (number % 2 == 1)
