"""A timeline as an SVG picture: chapters, voice, breath, signals and the level of the bed along one axis of time.

Every text is escaped, every cue shows its words when pointed at, and the same timeline gives the same bytes.
"""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from voiceguide.audio import RATE, Values, clock
from voiceguide.cleantext import xml
from voiceguide.plan.timeline import Breath, Chapter, Cue, Timeline

LEFT, RIGHT, WIDTH = 90, 30, 1400
TOP, LANE, GAP = 78, 62, 14
LEGEND_LINE, LEGEND_COLUMNS = 24, 3
TICKS = (10, 30, 60, 120, 300, 600, 1800, 3600)
MOST_TICKS = 16
DEPTH, QUIETEST = 30, -100.0
TINTS = ("#e8efe9", "#f4efe6")
INK, SOFT, VOICE, BREATH, SIGNAL, BED = "#2f3a36", "#7c8a84", "#3f7d6b", "#5b8bb5", "#c58b4a", "#a7b8ae"
HEIGHTS = {"in": (0.0, 1.0), "sip": (0.8, 1.0), "hold": (1.0, 1.0), "out": (1.0, 0.0), "rest": (0.0, 0.0)}
LANES = ("voice", "breath", "signals", "bed")

Level = Callable[[Values], Values]


def picture(title: str, timeline: Timeline, level: Level) -> str:
    """The whole SVG document; `level` gives the bed's level in dB, -inf for silence, at frames of the session."""
    across = _Across(timeline.length)
    chapters = [chapter for chapter in timeline.chapters if chapter.level == 1]
    foot = TOP + len(LANES) * (LANE + GAP)
    height = foot + 70 + LEGEND_LINE * -(-len(chapters) // LEGEND_COLUMNS)
    parts = (
        _opening(title, timeline, height),
        _bands(chapters, across, foot),
        _names(),
        _axis(timeline.length, across, foot),
        _bed(level, timeline.length, across),
        _cues(timeline.cues, across),
        _legend(chapters, foot + 62),
        ["</svg>"],
    )
    return "\n".join(line for part in parts for line in part) + "\n"


class _Across:
    """Where a frame stands from left to right."""

    def __init__(self, length: int) -> None:
        self.scale = (WIDTH - LEFT - RIGHT) / max(1, length)

    def __call__(self, frame: float) -> float:
        return round(LEFT + frame * self.scale, 1)


def _top(lane: str) -> int:
    return TOP + LANES.index(lane) * (LANE + GAP)


def _opening(title: str, timeline: Timeline, height: int) -> Iterator[str]:
    name = xml(title if len(title) <= 90 else title[:89] + "…")
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    yield f"<title>{name}</title>"
    yield f"<style>text{{font-family:sans-serif;font-size:14px;fill:{INK}}}.s{{font-size:12px;fill:{SOFT}}}</style>"
    yield f'<rect width="{WIDTH}" height="{height}" fill="#fffdf9"/>'
    yield f'<text x="{LEFT}" y="36" style="font-size:22px">{name}</text>'
    yield f'<text x="{WIDTH - RIGHT}" y="36" text-anchor="end">{clock(timeline.length)}</text>'


def _bands(chapters: Sequence[Chapter], across: _Across, foot: int) -> Iterator[str]:
    """A tint over all lanes for each chapter, with its number on top."""
    for number, chapter in enumerate(chapters, 1):
        x, wide = across(chapter.start), round(across(chapter.end) - across(chapter.start), 1)
        yield f'<rect x="{x}" y="{TOP - 24}" width="{wide}" height="{foot - TOP + 24}" fill="{TINTS[number % 2]}">'
        yield f"<title>{xml(chapter.title)}</title></rect>"
        yield f'<text class="s" x="{round(x + wide / 2, 1)}" y="{TOP - 8}" text-anchor="middle">{number}</text>'


def _names() -> Iterator[str]:
    for lane in LANES:
        yield f'<text x="{LEFT - 12}" y="{_top(lane) + LANE // 2 + 5}" text-anchor="end">{lane}</text>'


def _axis(length: int, across: _Across, foot: int) -> Iterator[str]:
    """Ticks at round times, as many as can be read."""
    step = next((tick for tick in TICKS if length / RATE / tick <= MOST_TICKS), TICKS[-1])
    yield f'<line x1="{LEFT}" y1="{foot}" x2="{WIDTH - RIGHT}" y2="{foot}" stroke="{SOFT}"/>'
    for frame in range(0, length + 1, step * RATE):
        x = across(frame)
        yield f'<line x1="{x}" y1="{foot}" x2="{x}" y2="{foot + 6}" stroke="{SOFT}"/>'
        yield f'<text class="s" x="{x}" y="{foot + 22}" text-anchor="middle">{clock(frame)}</text>'


def _bed(level: Level, length: int, across: _Across) -> Iterator[str]:
    """The bed's level as a hill: full height is its loudest, the floor is `DEPTH` dB below."""
    at = np.linspace(0, length, WIDTH - LEFT - RIGHT + 1)
    floor = _top("bed") + LANE
    decibels = level(at)
    loudest = max(float(decibels.max()), QUIETEST)
    heights = np.clip(1 + (decibels - loudest) / DEPTH, 0, 1) * LANE
    line = " ".join(f"{across(frame)},{floor - height:.1f}" for frame, height in zip(at, heights, strict=True))
    yield f'<polygon points="{LEFT},{floor} {line} {WIDTH - RIGHT},{floor}" fill="{BED}"/>'


def _cues(cues: Sequence[Cue], across: _Across) -> Iterator[str]:
    for cue in cues:
        words = f"<title>{clock(cue.start)} {xml(cue.text)}</title>"
        x, wide = across(cue.start), max(1.0, round(across(cue.end) - across(cue.start), 1))
        if isinstance(cue.content, Breath):
            yield f'<path d="{_breath(cue.content, x, wide)}" fill="none" stroke="{BREATH}" stroke-width="1.5">{words}</path>'
        elif cue.track == "voice":
            tall = f'y="{_top("voice") + 8}" height="{LANE - 16}"'
            yield f'<rect x="{x}" {tall} width="{wide}" rx="2" fill="{VOICE}">{words}</rect>'
        else:
            size = 5 if cue.kind == "bell" else 2
            yield f'<circle cx="{x}" cy="{_top("signals") + LANE // 2}" r="{size}" fill="{SIGNAL}">{words}</circle>'


def _breath(content: Breath, x: float, wide: float) -> str:
    """A phase as a soft line that rises with the breath in and falls with the breath out."""
    begin, end = (round(_top("breath") + 8 + (LANE - 16) * (1 - share), 1) for share in HEIGHTS[content.phase])
    bend, last = round(x + wide / 2, 1), round(x + wide, 1)
    return f"M{x},{begin}C{bend},{begin} {bend},{end} {last},{end}"


def _legend(chapters: Sequence[Chapter], top: int) -> Iterator[str]:
    """Chapters by number with their beginning, in columns; a title too long for its column is shortened."""
    rows = -(-len(chapters) // LEGEND_COLUMNS)
    wide = (WIDTH - LEFT - RIGHT) // LEGEND_COLUMNS
    for number, chapter in enumerate(chapters):
        x, y = LEFT + number // rows * wide, top + number % rows * LEGEND_LINE
        title = chapter.title if len(chapter.title) <= 40 else chapter.title[:39] + "…"
        yield f'<text x="{x}" y="{y}">{number + 1}  {xml(title)} <tspan class="s">{clock(chapter.start)}</tspan></text>'
