"""A name in a script finds a file in the folders allowed, or is refused; test_media.py shows that nothing else is opened."""

import os
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.errors import MediaError
from voiceguide.inside import find_file, open_regular


def test_the_first_folder_that_has_a_file_gives_it(tmp_path: Path) -> None:
    near, far = tmp_path / "near", tmp_path / "far"
    for folder in (near, far):
        folder.mkdir()
        (folder / "x.wav").touch()
    assert find_file("x.wav", near, (far,)) == (near / "x.wav").resolve()
    assert find_file("x.wav", tmp_path, (far, near)) == (far / "x.wav").resolve()
    with pytest.raises(MediaError, match="no such file"):
        find_file("y.wav", near, (far,))


def test_a_regular_file_opens_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"abc")
    with open_regular(tmp_path / "x") as file:
        assert file.read() == b"abc"
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(MediaError, match="not a regular file"), open_regular(tmp_path / "pipe"):
        pass


@given(st.text(max_size=40))
def test_any_name_is_found_inside_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.getbasetemp() / "names"
    folder.mkdir(exist_ok=True)
    with suppress(MediaError):
        assert find_file(name, folder, ()).is_relative_to(folder.resolve())
