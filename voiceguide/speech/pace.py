"""From words a minute, as people ask for them, to how fast a voice speaks and how long it is silent between sentences.

The pace is that of a whole passage: words divided by minutes, with the pauses between sentences and paragraphs. Part of the
calm is in the pauses: 0.9 s between sentences at 125 words a minute and 1.5 s between paragraphs, more when slower. The rest
is speech, and how fast a voice must speak for it is looked up in its table.

The tables were measured: 120 sentences (tests/speech_sentences.txt), 1 053 words, each spoken at each speed and trimmed as
clips are. hibari goes in steps, because its network counts durations in whole frames.
"""

from itertools import pairwise

from voiceguide.audio import frames, seconds
from voiceguide.speech.voice import split

STEADY = 125.0
SENTENCE, SENTENCE_LEAST, SENTENCE_MOST = 0.9, 0.9, 1.3
PARAGRAPH, PARAGRAPH_LEAST, PARAGRAPH_MOST = 1.5, 1.5, 2.0
BEATS = 2.0
WORDS_A_SENTENCE, SENTENCES_A_PARAGRAPH = 8.8, 2.5

Table = tuple[tuple[float, float], ...]

HIBARI: Table = (
    (0.5, 111.7),
    (0.55, 117.4),
    (0.5625, 118.8),
    (0.575, 131.9),
    (0.6, 134.8),
    (0.65, 139.4),
    (0.66, 142.4),
    (0.675, 154.3),
    (0.7, 158.7),
    (0.75, 165.1),
    (0.79, 169.7),
    (0.795, 171.2),
    (0.8, 183.0),
    (0.805, 197.0),
    (0.85, 205.8),
    (0.875, 214.8),
    (0.925, 221.1),
    (1.0, 227.2),
    (1.1, 234.7),
    (1.2, 249.6),
    (1.3, 262.4),
    (1.35, 340.1),
    (1.6, 363.3),
    (2.0, 398.7),
)
ESPEAK: Table = ((0.46, 107.1), (0.5, 111.5), (0.6, 132.7), (0.8, 177.1), (1.0, 219.8), (1.4, 303.0), (2.0, 436.8))
PIPER: Table = ((0.3, 75.0), (0.6, 150.0), (0.8, 198.3), (1.0, 224.2), (2.0, 448.4))
TONE: Table = ((0.2, 32.4), (1.0, 162.1), (3.0, 486.2))
STRANGER: Table = ((0.3, 60.0), (1.0, 200.0), (2.0, 400.0))
TABLES = {"hibari": HIBARI, "pyttsx3": ESPEAK, "piper": PIPER, "tone": TONE}


def gap(kind: str, pace: float = STEADY) -> int:
    """Frames of silence after a `sentence` (0.9 to 1.3 s) or a `paragraph` (1.5 to 2 s), and a `beat`, twice a paragraph's."""
    if kind == "sentence":
        return frames(round(min(SENTENCE_MOST, max(SENTENCE_LEAST, SENTENCE * STEADY / pace)), 3))
    paragraph = min(PARAGRAPH_MOST, max(PARAGRAPH_LEAST, PARAGRAPH * STEADY / pace))
    return frames(round(paragraph * (BEATS if kind == "beat" else 1), 3))


def articulation(pace: float, session: float) -> float:
    """Words a minute within sentences, so that a passage with the gaps of the `session`'s pace comes out at `pace`."""
    paragraphs = 1 / SENTENCES_A_PARAGRAPH
    silence = (1 - paragraphs) * seconds(gap("sentence", session)) + paragraphs * seconds(gap("paragraph", session))
    sentence = 60 * WORDS_A_SENTENCE / pace
    return 60 * WORDS_A_SENTENCE / max(sentence - silence, sentence / 4)


def speed(voice: str, wanted: float) -> float:
    """The speed at which a voice speaks so many words a minute within sentences, to three decimals, as near as it can."""
    return round(_interpolate(wanted, [(wpm, speed) for speed, wpm in table_of(voice)]), 3)


def words_a_minute(voice: str, speed: float) -> float:
    """How many words a minute a voice speaks within sentences at a speed."""
    return _interpolate(speed, list(table_of(voice)))


def table_of(voice: str) -> Table:
    """(speed, words a minute) of a voice, both rising; a stranger's voice counts as 200 words a minute at speed 1."""
    return TABLES.get(split(voice)[0], STRANGER)


def _interpolate(at: float, points: list[tuple[float, float]]) -> float:
    at = min(max(at, points[0][0]), points[-1][0])
    (x0, y0), (x1, y1) = next((low, high) for low, high in pairwise(points) if at <= high[0])
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)
