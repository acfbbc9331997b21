import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.speech.normaliser import MARKS, normalise, unspeakable

TABLE = {
    "Hold for 60 s.": "Hold for sixty seconds.",
    "Wait 1 s.": "Wait one second.",
    "Use 1-2 % oil.": "Use one to two percent oil.",
    "A 6/10 at most.": "A six out of ten at most.",
    "Both sides (L/R).": "Both sides (left and right).",
    "Take 2-3 minutes.": "Take two to three minutes.",
    "Take 2–3 min.": "Take two to three minutes.",
    "½ a spoon": "half a spoon",
    "1½ minutes": "one and a half minutes",
    "~2 min": "about two minutes",
    "Only ¾ of it.": "Only three quarters of it.",
    "5-6 breaths": "five to six breaths",
    "Rest 1:30.": "Rest one minute thirty seconds.",
    "Rest 0:45.": "Rest forty-five seconds.",
    "Begin at 7:30 pm.": "Begin at seven thirty PM.",
    "Begin at 7:05.": "Begin at seven oh five.",
    "until 8:00": "until eight o'clock",
    "The 2nd round, then the 21st.": "The second round, then the twenty-first.",
    "Warm it to 40 °C.": "Warm it to forty degrees Celsius.",
    "Turn 90°.": "Turn ninety degrees.",
    "Neck & shoulders": "Neck and shoulders",
    "10 cm apart, 1 ft away": "ten centimetres apart, one foot away",
    "12x": "twelve times",
    "Breathe x3": "Breathe three times",
    "2.5 kg": "two point five kilograms",
    "a 10-minute rest": "a ten-minute rest",
    "4-7-8 breathing": "four seven eight breathing",
    "24/min": "twenty-four per minute",
    "24 strokes/minute": "twenty-four strokes per minute",
    "1m30s": "one minute thirty seconds",
    "e.g. the neck, w/ oil": "for example the neck, with oil",
    "approx. 5 minutes": "approximately five minutes",
    "It costs $5.": "It costs five dollars.",
    "-5 degrees": "minus five degrees",
    "Count 3, 2, 1.": "Count three, two, one.",
    "in 5 in a row": "in five in a row",
    "1,250 people": "one thousand two hundred fifty people",
    "“Softer,” they’d say…": '"Softer," they\'d say...',
    "café": "café",
}


@pytest.mark.parametrize(("written", "said"), TABLE.items())
def test_what_is_written_becomes_what_is_said(written, said):
    assert normalise(written) == said
    assert unspeakable(written) == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[rest](/ɹˈɛst/) here", "rest here"),
        ("[rest](https://example.org) here", "rest here"),
        ("go [[f@U]] on", "go on"),
        ('go <break time="1h"/> on', "go on"),
        ("go <!-- never --> on", "go on"),
        ("see https://example.org/a?b=1 there", "see there"),
        ("**strong** and _soft_ and `code`", "strong and soft and 'code'"),
    ],
)
def test_control_marks_of_engines_and_markdown_have_no_power(written, said):
    assert normalise(written) == said


def test_the_lexicon_replaces_whole_words_in_any_case():
    lexicon = (("tapotement", "tah pote mahn"), ("C7", "the lowest neck bone"))
    assert normalise("Tapotement, near C7.", lexicon=lexicon) == "tah pote mahn, near the lowest neck bone."
    assert normalise("tapotements", lexicon=lexicon) == "tapotements"


def test_what_no_voice_can_say_is_named():
    assert unspeakable("Rest 😀 now, привет") == ("😀", "п", "р", "и", "в", "е", "т")
    assert normalise("Rest 😀 now.") == "Rest now."
    assert normalise("😀 … !") == ""
    assert unspeakable("a line\nand soft\u00adhyphens\u200b") == ()


def test_other_languages_keep_their_letters_and_figures():
    assert normalise("Halte 60 s, ganz ruhig.", "de") == "Halte 60 s, ganz ruhig."
    assert normalise("Дыши спокойно.", "ru") == "Дыши спокойно."
    assert unspeakable("Дыши 😀", "ru") == ("😀",)


@given(st.text(), st.sampled_from(["en", "en-GB", "de", "ar"]))
def test_any_text_gives_only_speakable_characters(text, language):
    said = normalise(text, language)
    assert all(sign in MARKS or sign.isalpha() or language in ("de", "ar") for sign in said)
    assert "\n" not in said
    assert "  " not in said
    assert said == said.strip()


@given(st.text(alphabet=string.digits + " :/.-,xs%°½", max_size=30))
def test_figures_never_survive_in_english(text):
    assert not any(sign.isdigit() for sign in normalise(text))


@given(st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_any_lexicon_is_harmless(text, lexicon):
    normalise(text, lexicon=tuple(lexicon))


@pytest.mark.slow
@pytest.mark.parametrize("sign", ["[", "<", "1", "-", "/", ":", " ", "1:", "1/", "1-", "a<", "[[", "x1"])
def test_long_repetitions_take_no_time(sign):
    began = time.process_time()
    normalise(sign * 20_000)
    assert time.process_time() - began < 2
