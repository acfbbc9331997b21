"""What each key asks for, and which keys a stretch of bytes from a terminal holds. One table; nothing here reads anything."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from voiceguide.live.commands import (
    Again,
    Ask,
    Back,
    Command,
    Enough,
    GoTo,
    Level,
    Longer,
    Mix,
    Next,
    Part,
    Say,
    Skip,
    Stop,
    Toggle,
)
from voiceguide.live.state import Transport
from voiceguide.live.transport import AMOUNTS
from voiceguide.mix.presets import PRESETS

STEP = 2.0
"""How much one press changes a level, in dB: a difference that is heard at once and startles nobody."""

QUIET = 1.0
"""Seconds without a key after which the next one is a new press, when any key will do."""

SEQUENCE = re.compile(
    rb"\x1b\[\[.|\x1b\[[0-?]{0,32}+[ -/]{0,32}+(?:[@-Z\\-~]|(?=[^\[]))|\x1bO.|\x1b[^\[O\x1b]|\x1b(?=\x1b)|[^\x1b]", re.DOTALL
)
SPECIAL = {b" ": "space", b"\r": "enter", b"\n": "enter"} | {
    b"\x1b%c%c" % (mode, final): name
    for mode in b"[O"
    for final, name in zip(b"ABCD", ("up", "down", "right", "left"), strict=True)
}

Meaning = Command | Callable[[Transport], Command]


@dataclass(frozen=True, slots=True)
class Key:
    """Keys that belong together and what each asks for, in the same order; one meaning may serve them all.

    `words` say it in the documents, `short` in the line under the screen ("" leaves it out there)."""

    names: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    words: str
    short: str = ""

    @property
    def answers(self) -> bool:
        """Whether it answers a question."""
        return any(isinstance(meaning, Ask | Enough) for meaning in self.meanings)

    def each(self) -> dict[str, Meaning]:
        """Every key with its meaning."""
        meanings = self.meanings * len(self.names) if len(self.meanings) == 1 else self.meanings
        return dict(zip(self.names, meanings, strict=True))


def _less(transport: Transport) -> Command:
    return Say(AMOUNTS[AMOUNTS.index(transport.guidance) - 1])


def _other_mix(transport: Transport) -> Command:
    names = tuple(PRESETS)
    return Mix(names[(names.index(transport.mix) + 1) % len(names)])


def _louder(part: Part) -> tuple[Meaning, ...]:
    return Level(part, STEP), Level(part, -STEP)


KEYS = (
    Key(("space", "enter"), (Toggle(),), "rest, and go on; at a gate: I am ready", "rest, go on"),
    Key(("right", "n"), (Next(),), "to the next step", "next"),
    Key(("left", "b"), (Back(),), "to the beginning of this step, or the one before", "back"),
    Key(("a",), (Again(),), "the last instruction once more", "again"),
    Key(("l",), (Longer(),), "30 seconds more for this hold", "longer"),
    Key(("up", "down"), _louder("voice"), "the voice 2 dB louder, softer", "voice"),
    Key(("+", "-"), _louder("bed"), "the soundscape 2 dB louder, softer; `=` is `+` too", "bed"),
    Key(("]", "["), _louder("signals"), "bells and ticks 2 dB louder, softer", "bells"),
    Key(("g",), (_less,), "less guidance: full, some, sparse, then full again", "guidance"),
    Key(("m",), (_other_mix,), "the next mix: clear, lush, off, then clear again", "mix"),
    Key(("s",), (Skip(),), "skip the rest of this section", "skip"),
    Key(tuple("123456789"), tuple(GoTo(number) for number in range(9)), "to this section"),
    Key(
        ("<", ">"),
        (Ask("softer"), Ask("firmer")),
        "after a question: once more, softer, firmer; `,` and `.` too",
        "softer, firmer",
    ),
    Key(("e",), (Enough(),), "enough: no more work, a calm ending", "enough"),
    Key(("q",), (Stop(),), "stop", "stop"),
)
SAME = {"=": "+", ",": "<", ".": ">"}
MEANINGS = {name: meaning for key in KEYS for name, meaning in key.each().items()}


def meaning(name: str, transport: Transport) -> Command | None:
    """What a key asks for where the session is now; None for a key that means nothing. Capital letters are small ones."""
    small = name.lower()
    found = MEANINGS.get(SAME.get(small, small))
    return found if found is None or isinstance(found, Command) else found(transport)


def typed(data: bytes, *, ended: bool) -> tuple[tuple[str, ...], bytes]:
    """The keys in what a terminal sent, and the bytes at its end that may begin a key still to come.

    Arrows are recognised in both modes of a terminal (ECMA-48 CSI and SS3); an escape sequence that is no known key is one
    unknown key, and a broken one ends where it breaks. With `ended` nothing is waited for.
    """
    names: list[str] = []
    place = 0
    while place < len(data):
        found = SEQUENCE.match(data, place)
        if found is None and not ended:
            break
        sequence = found[0] if found else data[place:]
        names.append(SPECIAL.get(sequence) or _named(sequence))
        place += len(sequence)
    return tuple(names), data[place:]


def _named(sequence: bytes) -> str:
    """A printed character is its own name; everything else is `unknown`."""
    return chr(sequence[0]) if len(sequence) == 1 and b"!" <= sequence <= b"~" else "unknown"


@dataclass(frozen=True, slots=True)
class Elbow:
    """Any key will do: a press is whatever is typed until a second is quiet. `last` is when a key was last seen, in seconds."""

    last: float = float("-inf")

    def pressed(self, names: tuple[str, ...], now: float) -> tuple["Elbow", Command | None]:
        """Toggle for a new press; Stop for a `q` that comes quite alone; None while a press lasts, or for no key."""
        if not names:
            return self, None
        if now - self.last < QUIET:
            return Elbow(now), None
        return Elbow(now), Stop() if names in (("q",), ("Q",)) else Toggle()
