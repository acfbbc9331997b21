import re
import unicodedata
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide import cleantext

EVIL = "a\x1b[2Jb\u202ec\u2066d\u200be\ufefff\x07g\x9bh\u061ci\x00j"
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@pytest.mark.parametrize("clean", [cleantext.terminal, cleantext.tag, cleantext.xml, cleantext.filename])
@given(text=st.text())
def test_nothing_unseen_passes(clean, text):
    assert not UNSEEN.search(clean(text))


def test_words_stay_as_they_are():
    for text in ("Grüße, 你好, नमस्ते, שלום, Ελλάδα", "50 % — “soft” 🙂"):
        assert cleantext.terminal(text) == cleantext.tag(text) == text


def test_the_terminal_shows_what_remains():
    assert cleantext.terminal(EVIL) == "a[2Jbcdefghij"
    assert cleantext.terminal("one\ntwo\u2028three") == "one two three"
    assert cleantext.terminal("name-\udcff.md") == "name-\N{REPLACEMENT CHARACTER}.md"


def test_a_tag_is_one_trimmed_line():
    assert cleantext.tag("  Back\r\n massage \u202e") == "Back massage"


@given(st.text())
def test_xml_is_read_back_as_it_was_shown(text):
    shown = cleantext.xml(text)
    element = ElementTree.fromstring(f'<t name="{shown}">{shown}</t>')
    assert (element.text or "") == element.get("name") == cleantext.terminal(text.encode(errors="ignore").decode())


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("First back massage", "first-back-massage.mp3"),
        ("Breathe: in & out?", "breathe-in-out.mp3"),
        ("../../etc/passwd", "etc-passwd.mp3"),
        ("C:\\Windows\\x", "c-windows-x.mp3"),
        ("-rf", "rf.mp3"),
        (".hidden", "hidden.mp3"),
        ("CON", "session-con.mp3"),
        ("lpt1", "session-lpt1.mp3"),
        ("Console", "console.mp3"),
        ("", "session.mp3"),
        ("🙂", "session.mp3"),
        ("नमस्ते", "नमस्ते.mp3"),
        ("Åse", "åse.mp3"),
        ("x" * 300, "x" * 120 + ".mp3"),
        (EVIL, "a-2jbcdefghij.mp3"),
    ],
)
def test_a_title_becomes_a_file_name(title, name):
    assert cleantext.filename(title, ".mp3") == unicodedata.normalize("NFC", name)


@given(st.text())
def test_any_title_gives_a_plain_name(title):
    name = cleantext.filename(title, ".mp3")
    assert len(name.encode()) <= 132
    assert not set(name) & set('/\\:*?"<>| ')
    assert name[0] not in ".-~"
