import pytest
from whole_kit import SMALL

from voiceguide.cli.main import run

SHORT = ("--voice", "tone", "--for", "2m30s")


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.md").write_text(SMALL)
    return "small.md"


def test_a_card_in_a_file_and_nothing_voiced(small, tmp_path, own_home, capsys):
    assert run(["card", small, *SHORT, "-o", "card.html"]) == 0
    assert capsys.readouterr() == ("card.html\n", "")
    card = (tmp_path / "card.html").read_text(encoding="utf-8")
    assert card.startswith("<!doctype html>")
    assert "<h1>Small &amp; kind</h1>" in card
    assert "<b>2:30</b> minutes" in card
    assert not (own_home / ".cache").exists()


def test_without_a_name_it_takes_the_title_and_the_words_are_printed_if_asked(small, tmp_path, capsys):
    assert run(["card", small, *SHORT, "--transcript"]) == 0
    assert capsys.readouterr().out == "small-kind.html\n"
    assert 'class="words printed" open' in (tmp_path / "small-kind.html").read_text(encoding="utf-8")


def test_the_position_that_is_set_stands_on_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.md").write_text(SMALL.replace("for: self\n", "for: self\nposition: [prone, seated]\n"))
    assert run(["card", "two.md", *SHORT, "--set", "position=seated", "-o", "two.html"]) == 0
    assert "Left out" not in (tmp_path / "two.html").read_text(encoding="utf-8")
    assert "<li>seated</li>" in (tmp_path / "two.html").read_text(encoding="utf-8")


def test_what_is_avoided_stands_on_it_as_left_out(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "two.md").write_text(SMALL.replace("{each side}", "{each side, area shoulders}"))
    assert run(["card", "two.md", "--voice", "tone", "--for", "50s", "--avoid", "shoulders", "-o", "two.html"]) == 0
    card = (tmp_path / "two.html").read_text(encoding="utf-8")
    assert "Left out: Shoulders." in card
    assert "<b>Shoulders</b>" not in card


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing-like-it",), 2, "there is no routine"),
        (("small.md", "-o", "there.html"), 5, "--force"),
        (("small.md", "-o", "small.md", "--force"), 2, "must end in .html or .htm"),
        (("small.md", "-o", "card.pdf"), 2, "must end in .html or .htm"),
        (("small.htm", "-o", "small.htm", "--force"), 5, "would be lost"),
        (("small.md", "-o", "no/folder/card.html"), 5, "there is no folder"),
        (("small.md", "--for", "10s"), 3, "the shortest is"),
        (("small.md", "--jobs", "2"), 2, "--jobs"),
        (("small.md", "--mix", "lush"), 2, "--mix"),
        (("small.md", "--soundscape", "rain"), 2, "--soundscape"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(small, tmp_path, capsys, arguments, code, said):
    (tmp_path / "there.html").write_bytes(b"mine")
    (tmp_path / "small.htm").write_text(SMALL)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert run(["card", "--voice", "tone", *arguments]) == code
    assert said in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before
