import re
from html.parser import HTMLParser

import pytest
from browser_kit import complaints, printed, shown
from card_kit import BUNDLED, HOSTILE, ROUTINE, SCRIPT, bundled, card

from voiceguide.card.page import page

TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "div", "h1", "h2", "h3", "p"),
    *("ul", "li", "table", "thead", "tbody", "tr", "th", "td", "b", "small", "span", "svg", "circle"),
    *("details", "summary", "time", "i"),
}


class Reader(HTMLParser):
    """Tags, attributes and text of a page; what stands in it as text was escaped."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_everything_a_therapist_needs_is_on_it(tmp_path):
    seen = Reader(page(card(ROUTINE, tmp_path)))
    for words in (
        *("Two hands & a back", "Short.", "5 minutes", "for two", "prone", "a towel, oil", "fever, broken skin"),
        *("Shoulders", "kneading · shoulders · each side", "3–5", "0:00", "A. Writer", "2026-01-01 by B. Reader"),
        *("Squeeze the left shoulder.", "(to the one who gives)", "Tell them where."),
    ):
        assert words in seen.text


def test_whatever_a_routine_says_is_only_text():
    made = page(HOSTILE)
    seen = Reader(made)
    assert set(seen.tags) <= TAGS
    assert seen.tags.count("style") == seen.tags.count("title") == 1
    assert SCRIPT in seen.text
    assert "\u202e" not in made
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name in ("src", "href", "style")]


def test_it_needs_nothing_from_outside(tmp_path):
    made = page(card(ROUTINE, tmp_path))
    assert "default-src 'none'" in made
    assert not re.search(r"https?:|url\(|@import|<script|<link", made)


def test_the_words_are_folded_away_unless_they_are_to_be_printed(tmp_path):
    folded, unfolded = (page(card(ROUTINE, tmp_path), transcript=asked) for asked in (False, True))
    assert '<details class="words">' in folded
    assert '<details class="words printed" open>' in unfolded
    assert Reader(folded).text == Reader(unfolded).text


@pytest.mark.slow
@pytest.mark.parametrize("name", BUNDLED)
def test_every_bundled_routine_prints_on_one_sheet_of_a4(name, tmp_path):
    path = tmp_path / "card.html"
    path.write_text(page(bundled(name, "most")), encoding="utf-8")
    sheets, (width, height) = printed(path)
    assert sheets == 1
    assert (width, height) == pytest.approx((210, 297), abs=1)


@pytest.mark.slow
def test_the_words_are_printed_on_the_sheets_after_the_card(tmp_path):
    path = tmp_path / "card.html"
    path.write_text(page(card(ROUTINE, tmp_path), transcript=True), encoding="utf-8")
    assert printed(path)[0] == 2


@pytest.mark.slow
def test_the_browser_applies_the_style_and_has_nothing_to_complain_of(tmp_path):
    path, bare = tmp_path / "card.html", tmp_path / "bare.html"
    made = page(HOSTILE)
    path.write_text(made, encoding="utf-8")
    assert complaints(path) == []
    bare.write_text(made.replace("--paper", "--other"), encoding="utf-8")
    assert any("style" in line for line in complaints(bare))
    assert shown(path, 400, 600) != shown(bare, 400, 600)


@pytest.mark.slow
def test_more_sections_than_a_sheet_holds_go_on_to_the_next_and_none_is_lost(tmp_path):
    long = ROUTINE + "".join(f"\n# Part {n}\n\nRest.\n" for n in range(150))
    made = card(long.replace("minutes: {least: 3, ideal: 5, most: 10}\n", ""), tmp_path)
    path = tmp_path / "card.html"
    path.write_text(page(made), encoding="utf-8")
    assert len(made.sections) >= 150
    assert printed(path)[0] > 1
