"""Messages between processes: a few facts as JSON, then bytes such as a sound, each with its length in front."""

import json
import struct
from typing import Any, BinaryIO

LENGTHS = struct.Struct("<II")
MOST_FACTS = 1 << 20
MOST_SOUND = 1 << 28

Facts = dict[str, Any]


def send(stream: BinaryIO, facts: Facts, sound: bytes = b"") -> None:
    """Write one message and let it go. Raises OSError when the other side is gone."""
    head = json.dumps(facts).encode()
    stream.write(LENGTHS.pack(len(head), len(sound)) + head + sound)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Facts, bytes] | None:
    """Read one message, None at the end of the stream. Raises ValueError for anything that is not a message."""
    lengths = stream.read(LENGTHS.size)
    if not lengths:
        return None
    if len(lengths) < LENGTHS.size:
        raise ValueError("a message broke off")
    head, sound = LENGTHS.unpack(lengths)
    if head > MOST_FACTS or sound > MOST_SOUND:
        raise ValueError("a message claims to be impossibly long")
    facts = json.loads(_exactly(stream, head))
    if not isinstance(facts, dict):
        raise ValueError("a message without facts")
    return facts, _exactly(stream, sound)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise ValueError("a message broke off")
    return data
