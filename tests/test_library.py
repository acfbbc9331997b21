import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide import library
from voiceguide.errors import UsageError


@pytest.fixture
def person(tmp_path, monkeypatch):
    """A person's own data folder, and a working folder apart from it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    own = tmp_path / "data" / "voiceguide"
    for shelf in ("scripts", "soundscapes"):
        (own / shelf).mkdir(parents=True)
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    return own


def test_bundled_routines_and_soundscapes_are_found_by_name(person):
    assert {"first-back-massage", "breathe"} <= set(library.routines())
    assert {"rain", "ocean"} <= set(library.soundscapes())
    assert library.read_routine("breathe").text.startswith(b"---\ntitle:")


def test_a_persons_own_routine_hides_the_bundled_one(person):
    (person / "scripts" / "breathe.md").write_text("# Mine\n")
    assert library.routines()["breathe"] == person / "scripts" / "breathe.md"
    assert library.read_routine("breathe").text == b"# Mine\n"


def test_beside_the_script_comes_first(person, tmp_path):
    (person / "scripts" / "agreement.md").write_text("# Theirs\n")
    (tmp_path / "desk" / "agreement.md").write_text("# Beside\n")
    found = library.include("agreement", "routine.md")
    assert (found.text, found.name) == (b"# Beside\n", "agreement.md")
    assert library.include("agreement", str(person / "x" / "routine.md")).text == b"# Theirs\n"
    assert library.include("nothing-of-this-name", "routine.md") is None


def test_a_path_is_that_file(person, tmp_path):
    (tmp_path / "desk" / "evening.md").write_text("# Evening\n")
    for path in ("evening.md", "./evening.md", tmp_path / "desk" / "evening.md"):
        source = library.read_routine(path)
        assert (source.text, source.name) == (b"# Evening\n", os.path.normpath(path))


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("first-back-masage", "did you mean 'first-back-massage'?"),
        ("breath.md", "did you mean 'breathe'?"),
        ("evenning.md", "did you mean 'evening.md'?"),
        ("../desk/evning.md", "did you mean '../desk/evening.md'?"),
        ("zzz", "`voiceguide list` lists them"),
        ("evening", "did you mean 'evening.md'?"),
        ("no/such/file.md", "there is no routine 'no/such/file.md'"),
        ("a\0b.md", "there is no routine"),
        ("x" * 5000, "there is no routine"),
        ("x/" * 3000 + "y.md", "there is no routine"),
        ("", "there is no routine ''"),
    ],
)
def test_what_is_not_there_names_the_nearest(person, tmp_path, asked, message):
    (tmp_path / "desk" / "evening.md").write_text("# Evening\n")
    with pytest.raises(UsageError) as caught:
        library.read_routine(asked)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/passwd", "~/secret", "..", ".", "a/b", "a\\b", "a\0b", "$HOME", "", "-x", "http://x"]
)
def test_a_script_asks_by_bare_name_only(person, tmp_path, name):
    (tmp_path / "secret.md").write_text("# Secret\n")
    assert library.find("scripts", name, tmp_path / "desk") is None


@given(st.text(max_size=80))
def test_no_name_leads_out_of_the_folders(name):
    found = library.find("scripts", name)
    assert found is None or found.parent == library.bundled("scripts")


def test_a_link_out_of_the_folder_is_not_followed(person, tmp_path):
    (tmp_path / "secret.md").write_text("# Secret\n")
    (tmp_path / "desk" / "agreement.md").symlink_to(tmp_path / "secret.md")
    assert library.find("scripts", "agreement", tmp_path / "desk") is None


def test_what_is_no_file_of_text_is_refused_and_not_waited_for(person, tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "folder.md").mkdir()
    for path in (tmp_path / "pipe.md", tmp_path / "folder.md", "/dev/zero", "/dev/null"):
        with pytest.raises(UsageError, match=r"not a file|cannot be read|is a folder"):
            library.read_routine(path)
    with pytest.raises(UsageError, match="is a folder; name a routine in it"):
        library.read_routine(tmp_path / "folder.md")


def test_a_script_is_at_most_one_mebibyte(person, tmp_path):
    path = tmp_path / "long.md"
    path.write_bytes(b"x" * library.SCRIPT_LIMIT)
    assert len(library.read_routine(path).text) == library.SCRIPT_LIMIT
    path.write_bytes(b"x" * (library.SCRIPT_LIMIT + 1))
    with pytest.raises(UsageError, match="larger than 1 MiB"):
        library.read_routine(path)
