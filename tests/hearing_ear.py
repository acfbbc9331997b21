"""A recogniser that was made by others hears what the voice says: PocketSphinx with its American English sounds.

It knows the words of one routine: those that are spoken, and those that never are (front matter, headings, directions, notes,
the names of signs). Half of what it expects is the order of the script; the other half is any word after any other, all alike.
So it would hear a direction that is spoken, and can mistake a badly spoken word. Sounds of words that its dictionary lacks are
written as that has them (ARPAbet).
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hearing_kit import EAR_RATE, Sound, Words

KNOWN = 0.5
PRONOUNCED = {
    "breastbone": "B R EH S T B OW N",
    "cupped": "K AH P T",
    "pinches": "P IH N CH AH Z",
    "reddens": "R EH D AH N Z",
    "rhomboids": "R AA M B OY D Z",
    "soreness": "S AO R N AH S",
    "tailbone": "T EY L B OW N",
    "thinners": "TH IH N ER Z",
    "tingles": "T IH NG G AH L Z",
    "trapezius": "T R AH P IY Z IY AH S",
}


class SmallEar:
    """Listens for the sentences `said` and for `others`, words that are not in them; called with a sound, it tells what it
    heard."""

    def __init__(self, said: Sequence[Words], others: Iterable[str]) -> None:
        from pocketsphinx import Decoder, NGramModel

        self._decoder: Any = Decoder(lm=None, loglevel="FATAL", samprate=EAR_RATE)
        for word, sounds in PRONOUNCED.items():
            self._decoder.add_word(word, sounds, False)
        spoken = {word for sentence in said for word in sentence}
        unknown = sorted(word for word in spoken if not self._decoder.lookup_word(word))
        assert not unknown, f"say in PRONOUNCED how these are pronounced: {', '.join(unknown)}"
        known = sorted({*spoken, *(word for word in others if self._decoder.lookup_word(word))})
        with TemporaryDirectory() as folder:
            model = Path(folder, "routine.arpa")
            model.write_text("\n".join(_expected(said, known)) + "\n", encoding="ascii")
            self._decoder.add_lm("routine", NGramModel(self._decoder.config, self._decoder.logmath, str(model)))
        self._decoder.activate_search("routine")

    def __call__(self, sound: Sound) -> str:
        self._decoder.start_utt()
        self._decoder.process_raw((sound * 32_767).astype("<i2").tobytes(), no_search=False, full_utt=True)
        self._decoder.end_utt()
        found = self._decoder.hyp()
        return re.sub(r"\(\d+\)", "", found.hypstr) if found else ""

    def alike(self, one: str, other: str) -> bool:
        """Whether two words are the same or can sound the same (their, there)."""
        return one == other or bool(self._sounds(one) & self._sounds(other))

    def _sounds(self, word: str) -> set[str]:
        every = (self._decoder.lookup_word(f"{word}({n})" if n > 1 else word) for n in range(1, 6))
        return {sounds for sounds in every if sounds}


def _expected(said: Sequence[Words], known: Sequence[str]) -> Iterator[str]:
    """A language model in the ARPA form: half the pairs of the script, half any word alike."""
    pairs = Counter(pair for one in said for pair in zip(("<s>", *one), (*one, "</s>"), strict=True))
    before = Counter(word for one in said for word in ("<s>", *one))
    any_word = (1 - KNOWN) / (len(known) + 1)
    yield from ("\\data\\", f"ngram 1={len(known) + 2}", f"ngram 2={len(pairs)}", "", "\\1-grams:")
    yield f"-99 <s> {math.log10(1 - KNOWN):.4f}"
    for word in ("</s>", *known):
        back = math.log10(1 - KNOWN) if word in before else 0.0
        yield f"{-math.log10(len(known) + 1):.4f} {word} {back:.4f}"
    yield from ("", "\\2-grams:")
    for (one, other), count in sorted(pairs.items()):
        yield f"{math.log10(KNOWN * count / before[one] + any_word):.4f} {one} {other}"
    yield from ("", "\\end\\")
