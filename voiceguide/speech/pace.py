"""From words a minute, as people ask for them, to how fast a voice speaks and how long it is silent between sentences.

The pace is that of a whole passage: words divided by minutes, pauses between sentences included. Half of the calm is in the
pauses: 1.1 s between sentences at 125 words a minute, longer when slower and shorter when quicker, within 0.9 to 1.3 s. The
rest is speech, and how fast a voice must speak for it is looked up in its table, which was measured (see TABLES).
"""

from itertools import pairwise

from voiceguide.audio import frames
from voiceguide.speech.voice import split

STEADY = 125.0
SENTENCE_SECONDS, LEAST_SECONDS, MOST_SECONDS = 1.1, 0.9, 1.3
PARAGRAPH, BEAT = 1.6, 2.6
TYPICAL_WORDS = 9.5

Table = tuple[tuple[float, float], ...]

HIBARI: Table = ((0.5, 100.0), (0.6, 120.0), (0.7, 140.0), (0.8, 158.0), (0.9, 176.0), (1.0, 195.0), (1.2, 230.0), (1.5, 290.0))
LINEAR: Table = ((0.3, 52.5), (1.0, 175.0), (2.0, 350.0))
TABLES = {"hibari": HIBARI}


def gap(kind: str, pace: float = STEADY) -> int:
    """Frames of silence after a `sentence` (0.9 to 1.3 s), a `paragraph` (1.5 to 2 s) or before what follows a `beat`."""
    sentence = min(MOST_SECONDS, max(LEAST_SECONDS, SENTENCE_SECONDS * STEADY / pace))
    return frames(round(sentence * {"sentence": 1.0, "paragraph": PARAGRAPH, "beat": BEAT}[kind], 3))


def articulation(pace: float, session: float | None = None) -> float:
    """Words a minute within sentences, so that a passage of typical sentences and the session's gaps comes out at `pace`."""
    silence = gap("sentence", session or pace) / 48_000
    return 60 * TYPICAL_WORDS / max(60 * TYPICAL_WORDS / pace - silence, 0.5)


def speed(voice: str, words_a_minute: float) -> float:
    """The speed at which a voice speaks so many words a minute within sentences, to three decimals, within its table."""
    table = table_of(voice)
    return round(_interpolate(words_a_minute, [(wpm, speed) for speed, wpm in table]), 3)


def words_a_minute(voice: str, speed: float) -> float:
    """How fast a voice speaks at a speed."""
    return _interpolate(speed, list(table_of(voice)))


def table_of(voice: str) -> Table:
    """(speed, words a minute) of a voice, rising; a stranger's voice counts as 175 words a minute at speed 1."""
    return TABLES.get(split(voice)[0], LINEAR)


def _interpolate(at: float, points: list[tuple[float, float]]) -> float:
    at = min(max(at, points[0][0]), points[-1][0])
    (x0, y0), (x1, y1) = next((a, b) for a, b in pairwise(points) if at <= b[0])
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
