"""Reading never waits and never begins what has no end."""

import os
import socket
from pathlib import Path

import pytest

from voiceguide.regular import open_regular


def test_a_file_and_a_link_to_one_are_read(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"words")
    (tmp_path / "link").symlink_to("x")
    for name in ("x", "link"):
        with open_regular(tmp_path / name) as file:
            assert file.read() == b"words"


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    (tmp_path / "loop").symlink_to("loop")
    open_before = len(list(Path("/proc/self/fd").iterdir()))
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        for name in ("pipe", "zero", "loop", "door", "nothing", "."):
            with pytest.raises(OSError):
                open_regular(tmp_path / name)
    assert len(list(Path("/proc/self/fd").iterdir())) == open_before
