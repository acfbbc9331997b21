"""How long things may be, and how a promised length is shared among them to the frame."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A length in frames that may stretch from `least` to `most`; `weight` says how eagerly it takes spare time."""

    least: int
    ideal: int
    most: int
    weight: float = 1.0


def fixed(frames: int) -> Span:
    """A length that never changes."""
    return Span(frames, frames, frames)


def total(spans: Sequence[Span]) -> Span:
    """All of them one after the other."""
    return Span(sum(s.least for s in spans), sum(s.ideal for s in spans), sum(s.most for s in spans))


def share(frames: int, spans: Sequence[Span]) -> tuple[int, ...]:
    """Lengths within their bounds that sum to `frames`: first every span nears its ideal, then its most.

    Spare time goes by weight times room, so equal spans stretch alike and none is full long before the others.
    Raises ValueError when `frames` lies outside the sum of the bounds."""
    whole = total(spans)
    if not whole.least <= frames <= whole.most:
        raise ValueError(f"{frames} frames asked of {whole.least} to {whole.most}")
    if frames <= whole.ideal:
        grown = _spread(frames - whole.least, [s.ideal - s.least for s in spans], [s.weight for s in spans])
        return tuple(s.least + g for s, g in zip(spans, grown, strict=True))
    grown = _spread(frames - whole.ideal, [s.most - s.ideal for s in spans], [s.weight for s in spans])
    return tuple(s.ideal + g for s, g in zip(spans, grown, strict=True))


def _spread(spare: int, room: Sequence[int], weights: Sequence[float]) -> list[int]:
    """`spare` frames over places with `room`, by weight x room; a full place passes the rest on; exact in sum."""
    given = [0] * len(room)
    open_places = [i for i, r in enumerate(room) if r > 0 and weights[i] > 0] or [i for i, r in enumerate(room) if r > 0]
    while spare and open_places:
        pull = {i: max(weights[i], 1e-9) * room[i] for i in open_places}
        whole = sum(pull.values())
        wanted = {i: spare * pull[i] / whole for i in open_places}
        full = [i for i in open_places if wanted[i] >= room[i] - given[i]]
        if not full:
            _hand_out(spare, wanted, given, room)
            return given
        for i in full:
            spare -= room[i] - given[i]
            given[i] = room[i]
        open_places = [i for i in open_places if i not in full] or [i for i, r in enumerate(room) if given[i] < r]
    return given


def _hand_out(spare: int, wanted: dict[int, float], given: list[int], room: Sequence[int]) -> None:
    """Whole frames nearest to `wanted`; what rounding leaves goes to the largest remainders, first come first."""
    for i, want in wanted.items():
        given[i] += int(want)
        spare -= int(want)
    for i in sorted(wanted, key=lambda i: (int(wanted[i]) - wanted[i], i)):
        step = min(max(0, spare), 1, room[i] - given[i])
        given[i] += step
        spare -= step
