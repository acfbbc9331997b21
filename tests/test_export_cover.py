import io
from pathlib import Path

import av
import pytest

from voiceguide.errors import MediaError
from voiceguide.export.cover import LARGEST, SIDE, draw, media_type, read


def test_a_drawn_cover_is_a_small_square_picture_with_many_shades() -> None:
    picture = draw("First back massage")
    assert len(picture) < 100_000
    with av.open(io.BytesIO(picture)) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == (SIDE, SIDE)
    shades = frame.to_ndarray(format="rgb24").reshape(-1, 3)
    assert len({tuple(shade) for shade in shades[::97]}) > 100


def test_the_title_alone_decides_the_picture() -> None:
    assert draw("Breathe") == draw("Breathe")
    assert draw("Breathe") != draw("Foam roller")
    assert draw("") != draw("ü🙂")


def test_a_persons_own_picture_is_taken_as_it_is(tmp_path: Path) -> None:
    for name, start, kind in (("a.png", b"\x89PNG\r\n\x1a\n", "image/png"), ("a.jpg", b"\xff\xd8\xff", "image/jpeg")):
        (tmp_path / name).write_bytes(start + b"rest")
        assert read(tmp_path / name) == start + b"rest"
        assert media_type(read(tmp_path / name)) == kind


def test_what_is_no_picture_is_refused_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.gif").write_bytes(b"GIF89a")
    (tmp_path / "big.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(LARGEST))
    for path, reason in (
        ("a.gif", "neither PNG nor JPEG"),
        ("big.png", "over 5 MB"),
        ("none.png", "no such"),
        (".", "no such"),
    ):
        with pytest.raises(MediaError, match=reason):
            read(tmp_path / path)
