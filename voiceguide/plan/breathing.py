"""Breaths in time: whole breaths, phases at whole frames, the period bent by at most a tenth."""

from collections.abc import Iterator
from dataclasses import dataclass

from voiceguide.plan.timeline import BreathPhase
from voiceguide.script.model import Length, Pattern

BEND = 0.10


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of breath number `breath` (from 0), from `start` to `end` frames."""

    kind: BreathPhase
    start: int
    end: int
    breath: int


def shortest(pattern: Pattern, count: int) -> int:
    """Frames of `count` breaths at the quickest allowed period, rounded up."""
    return -int(-count * pattern.period * (1 - BEND) // 1)


def longest(pattern: Pattern, count: int) -> int:
    """Frames of `count` breaths at the slowest allowed period, rounded down."""
    return int(count * pattern.period * (1 + BEND))


def bounds(pattern: Pattern, wish: Length) -> tuple[int, int]:
    """The shortest and longest whole-breath lengths that honour a wish; one breath at least."""
    fewest = max(1, round(wish.least / pattern.period))
    most = max(fewest, round(wish.most / pattern.period))
    if wish.least == wish.most:
        length = min(max(wish.least, shortest(pattern, fewest)), longest(pattern, fewest))
        return length, length
    return max(shortest(pattern, fewest), wish.least), min(longest(pattern, most), max(wish.most, shortest(pattern, most)))


def breaths_in(pattern: Pattern, frames: int) -> tuple[int, int]:
    """How many breaths fill `frames` best, and how many frames they take: all of them where the bend allows it."""
    count = max(1, round(frames / pattern.period))
    if shortest(pattern, count) <= frames <= longest(pattern, count):
        return count, frames
    count = int(frames / pattern.period)
    return count, min(frames, longest(pattern, count))


def phases(pattern: Pattern, count: int, start: int, frames: int) -> Iterator[Phase]:
    """The phases of `count` breaths spread evenly over `frames` from `start`; ends with the out-breath and its rest."""
    parts: tuple[tuple[BreathPhase, int], ...] = (
        ("in", pattern.breathe_in),
        ("sip", pattern.sip),
        ("hold", pattern.hold_in),
        ("out", pattern.breathe_out),
        ("rest", pattern.hold_out),
    )
    whole = count * pattern.period
    for breath in range(count):
        passed = breath * pattern.period
        for kind, length in parts:
            if length:
                first, last = round(passed * frames / whole), round((passed + length) * frames / whole)
                yield Phase(kind, start + first, start + last, breath)
            passed += length
