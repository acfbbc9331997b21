"""What a routine says, what it must never say, and what a recogniser heard of it, compared word by word."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

import numpy as np
import routines_kit as kit
from numpy.typing import NDArray

from voiceguide.audio import Mono
from voiceguide.plan.timeline import Spoken
from voiceguide.session import open_session
from voiceguide.speech.normaliser import normalise

EAR_RATE, DOWN = 16_000, 3
LEAD = EAR_RATE // 4
FAINT = 10 ** (-70 / 20)
SIGNS = "open close bracket brace quote hash dash hyphen colon comma dot slash star asterisk greater than equals x s m"
Sound = NDArray[np.float32]
Words = tuple[str, ...]
Edit = tuple[str, str]
Alike = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it is written and as it sounds, mono float32 at 16 kHz with a quarter of a second of hush on both sides."""

    text: str
    sound: Sound

    @property
    def said(self) -> Words:
        """Its words, as they are spoken."""
        return words(self.text)


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence and what was heard: `edits` are (said, heard), with "" for what is lost or added; `alien` are the words in it
    that the script holds but never speaks."""

    line: Line
    edits: tuple[Edit, ...]
    alien: Words

    @property
    def errors(self) -> tuple[Edit, ...]:
        """What was lost, added or heard as another word."""
        return tuple(edit for edit in self.edits if edit[0] != edit[1])

    @property
    def missed(self) -> frozenset[int]:
        """Which words of the sentence, counted from 0, were lost or heard as another."""
        kept = [edit for edit in self.edits if edit[0]]
        return frozenset(at for at, (said, got) in enumerate(kept) if said != got)

    @property
    def suspicious(self) -> bool:
        """Whether something may have been spoken that is not the sentence: an alien word, or two words that nobody wrote."""
        return bool(self.alien) or sum(not said for said, _ in self.edits) >= 2


def lines(name: str) -> tuple[list[Line], list[Line]]:
    """Every different sentence of a routine at its ideal length in the default voice; and its first sentence with each piece of
    `markup(name)` spoken behind it that is not in its text, which is what must be noticed."""
    with open_session(kit.BUNDLE / f"{name}.md") as session:
        narrator, cues = session.stage.narrator, session.plan().cues
        spoken = [cue.content for cue in cues if isinstance(cue.content, Spoken)]
        every = {narrator.clip(each).key: each for each in spoken}.values()
        first = spoken[0].say
        slips = [Spoken(replace(first, text=f"{first.text} {piece}.")) for piece in markup(name)]
        routine = [Line(each.say.text, hushed(narrator.samples(each))) for each in every]
        return routine, [Line(first.text, hushed(narrator.samples(each))) for each in slips]


def markup(name: str) -> list[str]:
    """Of a script: two directions, the braces of a heading, a line of the front matter, a note, and brackets by their names."""
    text = (kit.BUNDLE / f"{name}.md").read_text(encoding="utf-8")
    patterns = (r"\[(pause[^\]]*)\]", r"\[(hold[^\]]*|breathe[^\]]*)\]", r"^#.*\{(.*)\}", r"^(minutes:.*)$", r"^> ([^.:]*)")
    found = [re.search(pattern, text, re.MULTILINE) for pattern in patterns]
    return [*(match[1] for match in found if match), "Open bracket, pause, five s, close bracket"]


def unspoken(name: str, routine: Iterable[Line]) -> frozenset[str]:
    """Every word that stands in a script or in one that it includes and is not said in this session, and the names of signs."""
    said = {word for line in routine for word in line.said}
    own = (kit.BUNDLE / f"{name}.md").read_text(encoding="utf-8")
    borrowed = ((kit.BUNDLE / f"{each}.md").read_text(encoding="utf-8") for each in re.findall(r"\[include ([\w-]+)", own))
    written = "\n".join((own, *borrowed))
    return frozenset({*plain(written), *words(written), *SIGNS.split()} - said)


def words(text: str) -> Words:
    """The words of a text as they are spoken: `6/10` is six out of ten."""
    return plain(normalise(text))


def plain(text: str) -> Words:
    return tuple(re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower()))


def hushed(sound: Mono) -> Sound:
    """A clip of 48 kHz at 16 kHz between two pieces of hush, over a faint hiss as every microphone has it."""
    at = np.arange(-60, 61)
    low = np.sinc(at / DOWN * 0.94) * np.kaiser(len(at), 8.0)
    narrow = np.pad(np.convolve(sound, low / low.sum(), "same")[::DOWN], LEAD)
    hiss = np.random.default_rng(len(narrow)).standard_normal(len(narrow))
    return np.clip(narrow + FAINT * hiss, -1.0, 1.0).astype(np.float32)


def compare(line: Line, heard: str, alien: frozenset[str], alike: Alike) -> Heard:
    """What was heard against what was said; two words that sound `alike` are the same word."""
    pairs = edits(line.said, words(heard), alike)
    same = tuple((said, said if said and got and alike(said, got) else got) for said, got in pairs)
    return Heard(line, same, tuple(got for _, got in same if got in alien))


def edits(said: Sequence[str], heard: Sequence[str], alike: Alike) -> tuple[Edit, ...]:
    """The fewest words lost, added or changed that lead from one to the other (Levenshtein), in order."""
    above: list[tuple[int, tuple[Edit, ...]]] = [(n, tuple(("", word) for word in heard[:n])) for n in range(len(heard) + 1)]
    for word in said:
        row = [(above[0][0] + 1, (*above[0][1], (word, "")))]
        for n, got in enumerate(heard):
            row.append(
                min(
                    (above[n][0] + (not alike(word, got)), (*above[n][1], (word, got))),
                    (above[n + 1][0] + 1, (*above[n + 1][1], (word, ""))),
                    (row[n][0] + 1, (*row[n][1], ("", got))),
                    key=itemgetter(0),
                )
            )
        above = row
    return above[-1][1]


def error_rate(heard: Iterable[Heard]) -> float:
    """Words lost, added or wrong, in percent of the words said."""
    every = list(heard)
    return 100 * sum(len(one.errors) for one in every) / sum(len(one.line.said) for one in every)
