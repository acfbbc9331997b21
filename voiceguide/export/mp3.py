"""MP3 at a constant bit rate, with the header that makes its length exact.

An encoder puts silence before the sound and a decoder adds some more. How much is told by the Xing and LAME header, a silent
frame at the front (LAME's `mp3-info` specification): with it, players and FFmpeg give back exactly the frames that went in.

LAME makes the sound softer at low bit rates (`SCALES`, from its presets, as measured); here it goes in louder by as much, so
that an MP3 is as loud as a WAV.
"""

import struct
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from voiceguide.audio import RATE, Block
from voiceguide.mix.dither import quantised

if TYPE_CHECKING:
    from lameenc import Encoder

SCALES = {64: 0.95, 80: 0.95, 96: 0.95, 112: 0.95, 128: 0.95, 160: 0.95, 192: 0.97, 224: 0.98, 256: 1.0, 320: 1.0}
BITRATES = tuple(SCALES)
QUALITY = 5
FRAME = 1152
ENCODER_DELAY, DECODER_DELAY = 576, 529
FRAME_HEADER = 4 + 32
FEWEST = 2


class Mp3:
    """Encodes `frames` frames to a seekable file, `bitrate` in kbit/s."""

    def __init__(self, file: BinaryIO, frames: int, bitrate: int) -> None:
        self._file, self._frames, self._bitrate = file, frames, bitrate
        self._size = bitrate * 144_000 // RATE
        self._coded = max(FEWEST, -(-(frames + ENCODER_DELAY + DECODER_DELAY) // FRAME))
        self._left = self._coded * self._size
        self._position, self._louder = 0, np.float32(1 / SCALES[bitrate])
        self._start = file.tell()
        self._encoder = _encoder(bitrate)
        file.write(bytes(self._size))

    def write(self, block: Block) -> None:
        """Dither and encode the next frames."""
        steps = quantised(block * self._louder, self._position, 16).astype("<i2")
        self._position += len(block)
        self._put(self._encoder.encode(steps.tobytes()))

    def close(self) -> None:
        """Let silence push out what the encoder holds, then fill in the header."""
        while self._left:
            self._put(self._encoder.encode(bytes(FRAME * 4)))
        self._file.seek(self._start + self._size)
        first = self._file.read(4)
        self._file.seek(self._start)
        self._file.write(info_frame(first, self._coded, self._frames, self._bitrate))

    def _put(self, coded: bytes) -> None:
        coded = coded[: self._left]
        self._file.write(coded)
        self._left -= len(coded)


def info_frame(first: bytes, coded: int, frames: int, bitrate: int) -> bytes:
    """The silent frame with the Xing and LAME tags: coded frames, bytes, seek table, delay and padding, check sum.

    `first` is the header of the first frame that sounds. The seek table is a straight line, for the bit rate is constant.
    """
    size = bitrate * 144_000 // RATE
    whole = (coded + 1) * size
    table = bytes(256 * percent // 100 for percent in range(100))
    xing = struct.pack(">4sIII", b"Info", 0xF, coded, whole) + table + struct.pack(">I", 100 - 10 * QUALITY)
    delays = ENCODER_DELAY << 12 | coded * FRAME - ENCODER_DELAY - frames
    lame = struct.pack(">9sBB8xBB", b"LAME3.100", 1, 0, 0, min(bitrate, 255)) + delays.to_bytes(3, "big")
    lame += struct.pack(">BBHIH", 0x80 | 0x0C, 0, 0, whole, 0)
    frame = first + bytes(FRAME_HEADER - 4) + xing + lame
    return (frame + _checksum(frame).to_bytes(2, "big")).ljust(size, b"\0")


def _encoder(bitrate: int) -> "Encoder":
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_bit_rate(bitrate)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_channels(2)
    encoder.set_quality(QUALITY)
    encoder.silence()
    return encoder


def _checksum(data: bytes) -> int:
    """CRC-16/ARC."""
    crc = 0
    for octet in data:
        crc ^= octet
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
