"""What real voices speak: as quick as asked, with its gaps, and as long as it was estimated to be."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from speech_kit import paragraphs, spoken

from voiceguide.audio import RATE, seconds
from voiceguide.speech.narrator import Narrator

SECTION = 24
PROMPTS = ("Breathe in.", "Breathe out.", "In.", "Then out.", "Three.", "Two.", "One.", "Halfway.", "Slow hands.")
SENTENCES = tuple(sentence for part in paragraphs() for sentence in part)
LIMIT = {"heart": 0.035, "system": 0.03, "tone": 0.01}
PACES = [*((voice, pace) for voice in ("heart", "system") for pace in (110, 125, 140)), ("tone", 125)]

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Voiced:
    """Every sentence and prompt, voiced."""

    narrator: Narrator
    voice: str
    pace: int

    def lengths(self, texts: tuple[str, ...]) -> list[tuple[int, int]]:
        """Frames of each text as estimated and as spoken."""
        lines = [spoken(text) for text in texts]
        return [(self.narrator.estimate(line.say), self.narrator.clip(line).frames) for line in lines]


@pytest.fixture(scope="module", params=PACES, ids=lambda each: f"{each[0]}-{each[1]}")
def voiced(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Voiced]:
    voice, pace = request.param
    with Narrator(voice, pace=pace, cache=tmp_path_factory.mktemp("cache")) as narrator:
        narrator.voice_all([spoken(text) for text in (*SENTENCES, *PROMPTS)])
        yield Voiced(narrator, voice, pace)


def test_a_whole_passage_has_the_pace_asked_for(voiced: Voiced) -> None:
    """Words a minute, gaps included."""
    gap = voiced.narrator.gap
    silence = sum((len(part) - 1) * gap("sentence") + gap("paragraph") for part in paragraphs())
    frames = sum(said for _, said in voiced.lengths(SENTENCES)) + silence
    words = sum(len(text.split()) for text in SENTENCES)
    assert words / seconds(frames) * 60 == pytest.approx(voiced.pace, rel=0.03)


def test_a_section_is_as_long_as_estimated(voiced: Voiced) -> None:
    every = voiced.lengths(SENTENCES)
    sections = [every[at : at + SECTION] for at in range(0, len(every) - SECTION + 1, SECTION)]
    worst = max(abs(sum(thought for thought, _ in part) / sum(said for _, said in part) - 1) for part in sections)
    assert worst < LIMIT[voiced.voice]


def test_a_short_prompt_is_estimated_within_four_tenths_of_a_second(voiced: Voiced) -> None:
    assert max(abs(thought - said) / RATE for thought, said in voiced.lengths(PROMPTS)) < 0.4
