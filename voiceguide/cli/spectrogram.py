"""A sound as a picture that a person can judge it by: which frequencies when, and how loud, along one axis of time.

The same sound gives the same bytes. Letters and lines take the colours of a light or a dark page; frequencies are spaced as
octaves are, from 40 Hz to 16 kHz, so that noise of equal strength in every octave is one colour.
"""

from base64 import b64encode
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from voiceguide import png
from voiceguide.audio import RATE, Block, Values, clock
from voiceguide.cleantext import xml
from voiceguide.loudness import energies, windows

LEFT, TOP, WIDE, RIGHT = 66, 54, 800, 24
HIGH, GAP, LEVEL_HIGH, FOOT = 256, 26, 96, 34
LOWEST, HIGHEST = 40.0, 16_000.0
ROWS, DEEP, SHADES = 128, 54.0, 24
WINDOW, HOP, EACH = 4096, 1200, 4
LABELLED = (50, 100, 200, 500, 1000, 2000, 5000, 10_000)
OVER, UNDER = 12.0, 24.0
STYLE = (
    "text{font-family:sans-serif;font-size:13px;fill:#2f3a36}.s{font-size:11px;fill:#6d7a74}.l{stroke:#6d7a74;stroke-opacity:.4}"
    ".c{fill:none;stroke:#3f7d6b;stroke-width:1.3}"
    "@media(prefers-color-scheme:dark){text{fill:#e4ebe7}.s{fill:#9aa8a1}.l{stroke:#9aa8a1}.c{stroke:#7fc4ae}}"
)
PLACES = (0.0, 0.3, 0.55, 0.8, 1.0)
COLOURS = ((16, 33, 38, 128, 250), (20, 60, 122, 190, 240), (44, 110, 128, 128, 170))
"""Red, green and blue at these places between the darkest and the brightest."""

Shades = NDArray[np.uint8]


def picture(title: str, sound: Block, loudness: float) -> str:
    """The whole SVG document of a sound, (frames, 2) of at least a second, that is delivered at `loudness` LUFS."""
    height = TOP + HIGH + GAP + LEVEL_HIGH + FOOT
    size = f'viewBox="0 0 {LEFT + WIDE + RIGHT} {height}" width="{LEFT + WIDE + RIGHT}" height="{height}"'
    parts = (
        [f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">', f"<title>{xml(title)}</title>"],
        [f"<style>{STYLE}</style>", f'<text x="{LEFT}" y="30" style="font-size:20px">{xml(title)}</text>'],
        _heard(sound),
        _octaves(),
        _level(sound, loudness),
        _seconds(len(sound), height - FOOT),
        ["</svg>"],
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def spectrum(sound: Block) -> Values:
    """dB in `ROWS` bands of equal parts of an octave, lowest first, every 0.1 s: shape (times, ROWS)."""
    edges = np.geomspace(LOWEST, HIGHEST, ROWS + 1) / RATE * WINDOW + 0.5
    return 10 * np.log10(np.concatenate([_bands(stretch, edges) for stretch in _stretches(sound)]) + 1e-12)


def _stretches(sound: Block) -> Iterator[Block]:
    """Ten seconds at a time, with what the windows of its end reach into."""
    whole = np.pad(sound, ((WINDOW // 2, WINDOW), (0, 0)))
    every = 10 * RATE
    for start in range(0, len(sound), every):
        yield whole[start : start + min(every, len(sound) - start) // (HOP * EACH) * HOP * EACH + WINDOW - HOP]


def _bands(stretch: Block, edges: Values) -> Values:
    """Power in bands, the mean of `EACH` windows and of both sides; edges count steps of the transform from half a step on."""
    views = np.lib.stride_tricks.sliding_window_view(stretch, WINDOW, axis=0)[::HOP]
    power = (np.abs(np.fft.rfft(views * np.hanning(WINDOW).astype(np.float32), axis=2)) ** 2).mean(axis=1)
    total = np.concatenate([np.zeros((len(power), 1)), np.cumsum(power, axis=1)], axis=1)
    below, share = edges.astype(int), edges % 1
    bands = np.diff(total[:, below] * (1 - share) + total[:, below + 1] * share, axis=1)
    return np.asarray(bands.reshape(-1, EACH, ROWS).mean(axis=1))


def shades(decibels: Values) -> Shades:
    """Levels as numbers of colours from 0 to SHADES - 1, as a picture has them: shape (ROWS, times), highest first.

    The brightest is what is reached one time in a hundred, the darkest `DEEP` dB below.
    """
    bright = np.percentile(decibels, 99)
    share = np.clip(1 + (decibels - bright) / DEEP, 0, 1)
    return np.asarray(np.round(share.T[::-1] * (SHADES - 1)), np.uint8)


def palette() -> Shades:
    """`SHADES` colours from night to daylight, shape (SHADES, 3), readable on light and dark pages and in grey."""
    mixed = [np.interp(np.linspace(0, 1, SHADES), PLACES, part) for part in COLOURS]
    return np.asarray(np.round(np.stack(mixed, axis=1)), np.uint8)


def _heard(sound: Block) -> Iterator[str]:
    data = b64encode(png.encoded(shades(spectrum(sound)), palette())).decode()
    place = f'x="{LEFT}" y="{TOP}" width="{WIDE}" height="{HIGH}" preserveAspectRatio="none"'
    yield f'<image {place} href="data:image/png;base64,{data}"/>'


def _octaves() -> Iterator[str]:
    yield f'<text class="s" x="{LEFT}" y="{TOP - 8}">Hz</text>'
    for hz in LABELLED:
        y = round(TOP + HIGH * (1 - np.log(hz / LOWEST) / np.log(HIGHEST / LOWEST)), 1)
        name = f"{hz // 1000}k" if hz >= 1000 else str(hz)
        yield f'<text class="s" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{name}</text>'


def _level(sound: Block, loudness: float) -> Iterator[str]:
    """The loudness of each 400 ms, between `OVER` dB above and `UNDER` dB below the loudness of the whole."""
    top = TOP + HIGH + GAP
    heard = 10 * np.log10(windows(energies(sound)) + 1e-12) - 0.691
    share = np.clip((loudness + OVER - heard) / (OVER + UNDER), 0, 1)
    across = LEFT + (np.arange(len(heard)) + 2) * WIDE * RATE / 10 / len(sound)
    yield f'<text class="s" x="{LEFT}" y="{top - 8}">LUFS</text>'
    for level in (OVER, 0.0, -12.0, -UNDER):
        y = round(top + LEVEL_HIGH * (OVER - level) / (OVER + UNDER), 1)
        yield f'<line class="l" x1="{LEFT}" y1="{y}" x2="{LEFT + WIDE}" y2="{y}"/>'
        yield f'<text class="s" x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{loudness + level:.0f}</text>'
    points = " ".join(f"{x:.1f},{top + LEVEL_HIGH * y:.1f}" for x, y in zip(across, share, strict=True))
    yield f'<polyline class="c" points="{points}"/>'


def _seconds(length: int, foot: int) -> Iterator[str]:
    for share in np.linspace(0, 1, 7):
        x = round(LEFT + share * WIDE, 1)
        yield f'<text class="s" x="{x}" y="{foot + 20}" text-anchor="middle">{clock(int(share * length))}</text>'
