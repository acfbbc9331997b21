"""WAV, 16 or 24 bit; RF64 (EBU Tech 3306) when it grows over 4 GB, which most players read as well."""

import struct
from collections.abc import Sequence
from typing import BinaryIO

import numpy as np

from voiceguide.audio import RATE, Block
from voiceguide.export.tags import Mark, Tags
from voiceguide.mix.dither import quantised

CHANNELS = 2
LARGEST = 2**32 - 2**20
UNKNOWN = 2**32 - 1


class Wav:
    """Writes `frames` frames to a seekable file; the header is right from the start."""

    def __init__(self, file: BinaryIO, frames: int, bits: int) -> None:
        self._file, self._bits = file, bits
        self._position = 0
        file.write(header(frames, bits))

    def write(self, block: Block) -> None:
        """Dither and write the next frames."""
        steps = quantised(block, self._position, self._bits).astype("<i4")
        octets = steps.reshape(-1, 1).view(np.uint8)[:, : self._bits // 8]
        self._file.write(octets.tobytes())
        self._position += len(block)

    def close(self) -> None:
        """Nothing is left to do: the length was known."""


def header(frames: int, bits: int) -> bytes:
    """Everything before the first sample."""
    width = CHANNELS * bits // 8
    data = frames * width
    layout = b"fmt " + struct.pack("<IHHIIHH", 16, 1, CHANNELS, RATE, RATE * width, width, bits)
    if data < LARGEST:
        return b"RIFF" + struct.pack("<I", 4 + len(layout) + 8 + data) + b"WAVE" + layout + b"data" + struct.pack("<I", data)
    whole = 4 + 36 + len(layout) + 8 + data
    sizes = b"ds64" + struct.pack("<IQQQI", 28, whole, data, frames, 0)
    return b"RF64" + struct.pack("<I", UNKNOWN) + b"WAVE" + sizes + layout + b"data" + struct.pack("<I", UNKNOWN)


def write_tags(file: BinaryIO, tags: Tags, marks: Sequence[Mark]) -> None:
    """Append title, artist, album and the chapters as cue points with labels to a finished file."""
    chunks = _information(tags) + _cues(marks)
    end = file.seek(0, 2)
    file.write(b"\0" * (end % 2) + chunks)
    whole = file.tell() - 8
    file.seek(0)
    is_large = file.read(4) == b"RF64"
    file.seek(20 if is_large else 4)
    file.write(struct.pack("<Q" if is_large else "<I", whole))


def _information(tags: Tags) -> bytes:
    known = ((b"INAM", tags.title), (b"IART", tags.artist), (b"IPRD", tags.album))
    return _chunk(b"LIST", b"INFO" + b"".join(_chunk(name, text.encode() + b"\0") for name, text in known if text))


def _cues(marks: Sequence[Mark]) -> bytes:
    if not marks:
        return b""
    points = (struct.pack("<II4sIII", n, mark.start, b"data", 0, 0, mark.start) for n, mark in enumerate(marks, 1))
    labels = (_chunk(b"labl", struct.pack("<I", n) + mark.title.encode() + b"\0") for n, mark in enumerate(marks, 1))
    return _chunk(b"cue ", struct.pack("<I", len(marks)) + b"".join(points)) + _chunk(b"LIST", b"adtl" + b"".join(labels))


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
