"""Pictures as PNG files (PNG, third edition, W3C 2025): numbers of colours and their palette, no more."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

HEAD = b"\x89PNG\r\n\x1a\n"


def encoded(indices: NDArray[np.uint8], palette: NDArray[np.uint8]) -> bytes:
    """The file of a picture, shape (height, width), whose numbers stand for rows of `palette`, shape (at most 256, 3).

    Every row is told by its difference from the row above (filter 2).
    """
    rows = np.diff(indices, axis=0, prepend=np.zeros_like(indices[:1]))
    raw = np.insert(rows, 0, 2, axis=1).tobytes()
    head = struct.pack(">IIBBBBB", indices.shape[1], indices.shape[0], 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette.tobytes()), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
    return HEAD + b"".join(_part(name, content) for name, content in parts)


def _part(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
