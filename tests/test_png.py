"""Pictures that other programs can open."""

import struct
import zlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from voiceguide.png import HEAD, encoded

GREYS = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)


def parts(data: bytes) -> dict[bytes, bytes]:
    """The chunks of a file, each with its check sum held against its content."""
    assert data.startswith(HEAD)
    found, at = {}, len(HEAD)
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length]) == (zlib.crc32(name + content),)
        found[name] = content
        at += 12 + length
    return found


@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_what_is_written_is_what_is_read(picture: np.ndarray) -> None:
    found = parts(encoded(picture, GREYS))
    assert list(found) == [b"IHDR", b"PLTE", b"IDAT", b"IEND"]
    wide, high, *kind = struct.unpack(">IIBBBBB", found[b"IHDR"])
    assert ((high, wide), kind) == (picture.shape, [8, 3, 0, 0, 0])
    rows = np.frombuffer(zlib.decompress(found[b"IDAT"]), np.uint8).reshape(high, 1 + wide)
    assert (rows[:, 0] == 2).all()
    assert np.array_equal(np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8), picture)
    assert np.array_equal(np.frombuffer(found[b"PLTE"], np.uint8).reshape(-1, 3), GREYS)
