"""The picture of a session: rings on a soft gradient, drawn from its title, or a PNG or JPEG file of the person's own."""

from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voiceguide import png
from voiceguide.audio import Values
from voiceguide.errors import MediaError

SIDE = 600
RINGS = 5.5
LARGEST = 5_000_000
JPEG = b"\xff\xd8\xff"


def draw(title: str) -> bytes:
    """A square PNG whose two colours and centre come from the title: the same title, the same picture."""
    first, second, across, down = (octet / 255 for octet in sha256(title.encode()).digest()[:4])
    x, y = np.meshgrid(np.linspace(0, 1, SIDE), np.linspace(0, 1, SIDE))
    distance = np.hypot(x - 0.3 - 0.4 * across, y - 0.3 - 0.4 * down)
    rings = 0.5 + 0.5 * np.cos(2 * np.pi * RINGS * distance)
    shade = np.clip(0.72 * (1 - distance) + 0.2 * rings * np.exp(-1.6 * distance), 0, 1)
    return png.encoded(np.round(shade * 255).astype(np.uint8), _palette(first, second))


def read(path: Path) -> bytes:
    """A person's own picture: PNG or JPEG, at most 5 MB. Raises MediaError."""
    try:
        if not path.is_file():
            raise MediaError(str(path), "there is no such picture; give the path of a PNG or JPEG file")
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise MediaError(str(path), f"the picture cannot be read: {error.strerror}") from error
    if len(data) > LARGEST:
        raise MediaError(str(path), "the picture is over 5 MB; make it smaller")
    if not data.startswith((png.HEAD, JPEG)):
        raise MediaError(str(path), "this is neither PNG nor JPEG; convert it to one of them")
    return data


def media_type(picture: bytes) -> str:
    """`image/png` or `image/jpeg`."""
    return "image/png" if picture.startswith(png.HEAD) else "image/jpeg"


def _palette(first: float, second: float) -> NDArray[np.uint8]:
    """256 colours, shape (256, 3): from a deep tone of one hue to a light tone of a near one."""
    share = np.linspace(0, 1, 256)[:, None]
    colours = (1 - share) * _colour(first, 0.16, 0.5) + share * _colour(first + 0.08 + 0.12 * second, 0.95, 0.3)
    return np.asarray(np.round(colours * 255), np.uint8)


def _colour(hue: float, value: float, saturation: float) -> Values:
    wheel = 0.5 + 0.5 * np.cos(2 * np.pi * (hue + np.array([0.0, 1 / 3, 2 / 3])))
    return np.asarray(value * (1 - saturation * (1 - wheel)))
