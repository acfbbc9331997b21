"""A minute and a quarter of a session that shows what it is like: its first words, a breath, a change of sides, its end.

An excerpt is a timeline like any other, made of pieces of one that is planned to its end. What begins in a piece is heard as it
is there, to its end: no piece begins or ends inside a sentence, a breath or a countdown, and a bell rings on over the join. The
bed goes on under all of it as if nothing had been left out; where another one belongs to a piece it comes in over two seconds.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from voiceguide.audio import RATE
from voiceguide.plan.room import breaths, quiet
from voiceguide.plan.timeline import END_FADE, Bed, Chapter, Cue, Stretch, Timeline
from voiceguide.script.model import Hold, Wait

WISHED = 75 * RATE
MOST = 90 * RATE
"""A session that is no longer than this is its own excerpt."""

OPENING = 12 * RATE
ANNOUNCED = 8 * RATE
BEFORE, AFTER = RATE, 3 * RATE // 2
BREATHS = 2
SIDE = 8 * RATE
WORK = 10 * RATE
END = 16 * RATE
JOIN = 2 * RATE


@dataclass(frozen=True, slots=True, order=True)
class Piece:
    """Frames [start, end) of a timeline."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """How many frames it has."""
        return self.end - self.start


def excerpt(timeline: Timeline) -> Timeline:
    """The excerpt of a timeline that is planned to its end: about 75 s, more only as far as sentences and breaths need it."""
    return timeline if timeline.length <= MOST else spliced(timeline, chosen(timeline))


def chosen(timeline: Timeline) -> tuple[Piece, ...]:
    """The pieces in order, none touching the next; the first is as long as the others leave it time for.

    A session without sides shows the beginning of its longest hold instead, and one without breath or work more of its first
    words."""
    telling = [_breath(timeline), _change(timeline) or _work(timeline), _closing(timeline)]
    later = _joined(piece for piece in telling if piece and piece.length > 0)
    end = max(OPENING, WISHED - sum(piece.length for piece in later))
    for piece in later:
        if piece.start <= end:
            end += piece.length
    return _joined([Piece(0, _until(timeline, end)), *later])


def spliced(timeline: Timeline, pieces: Sequence[Piece]) -> Timeline:
    """These pieces of a timeline one after the other, as a timeline that is planned to its end.

    `pieces` are in order and do not overlap. Gates are left out: nobody is asked to be ready for an excerpt."""
    starts = [0, *accumulate(piece.length for piece in pieces)]
    moves = [start - piece.start for start, piece in zip(starts, pieces, strict=False)]
    length, last = starts[-1], pieces[-1]
    chapters = _chapters(timeline, pieces, moves)
    whole = Timeline(
        length,
        planned=length,
        chapters=chapters,
        beds=tuple(_beds(timeline, pieces, moves)),
        stretches=tuple(_stretches(timeline, pieces, moves)),
        ending=min(timeline.ending, END_FADE, last.length),
        bell=timeline.bell,
        closing=max(0, min(length, timeline.closing + moves[-1])),
    )
    parts = [chapter.start for chapter in whole.parts]
    return whole.with_cues(_moved(cue, move, parts, length) for cue, move in _begun(timeline, pieces, moves))


def _breath(timeline: Timeline) -> Piece | None:
    found = breaths(timeline.cues)[:BREATHS]
    return Piece(_from(timeline, found[0][0]), _until(timeline, found[-1][1])) if found else None


def _change(timeline: Timeline) -> Piece | None:
    """The announcement of the other side, with what is said before it and the first words after it."""
    cue = next((cue for cue in timeline.cues if cue.kind == "change"), None)
    return Piece(_from(timeline, cue.start), _until(timeline, cue.end + SIDE)) if cue else None


def _work(timeline: Timeline) -> Piece | None:
    """The beginning of the longest hold, with the words before it."""
    holds = [stretch for stretch in timeline.stretches if isinstance(stretch.step, Hold)]
    longest = max(holds, key=lambda stretch: stretch.end - stretch.start, default=None)
    if longest is None:
        return None
    return Piece(_from(timeline, longest.start), _until(timeline, min(longest.end, longest.start + WORK)))


def _closing(timeline: Timeline) -> Piece:
    """The bell that ends the session, else its last words, with what is said just before and the fade after it."""
    words = max((cue.end for cue in timeline.cues if cue.track == "voice"), default=0)
    at = max([words, *(cue.start for cue in timeline.cues if cue.kind == "bell")])
    return Piece(_from(timeline, at), min(timeline.length, at + END))


def _from(timeline: Timeline, at: int) -> int:
    """A second before the first sentence that begins in the 8 s before `at`, or before `at` itself; later where that would be
    inside a sentence or a breath."""
    said = [cue.start for cue in timeline.between(at - ANNOUNCED, at) if cue.track == "voice" and cue.start >= at - ANNOUNCED]
    return quiet(timeline, max(0, min([at, *said]) - BEFORE))


def _until(timeline: Timeline, at: int) -> int:
    """A second and a half after `at`, or after what is being said or breathed there, but before the next sentence."""
    end = quiet(timeline, at)
    cues = timeline.cues[bisect_left(timeline.starts, end) :]
    following = next((cue.start for cue in cues if cue.track != "signal"), timeline.length)
    return min(end + AFTER, following)


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """In order, those that overlap or touch made one."""
    found: list[Piece] = []
    for piece in sorted(pieces):
        if found and piece.start <= found[-1].end:
            found[-1] = Piece(found[-1].start, max(found[-1].end, piece.end))
        else:
            found.append(piece)
    return tuple(found)


def _begun(timeline: Timeline, pieces: Sequence[Piece], moves: Sequence[int]) -> Iterator[tuple[Cue, int]]:
    """The cues that begin in a piece, with its move."""
    for piece, move in zip(pieces, moves, strict=True):
        first, last = (bisect_left(timeline.starts, frame) for frame in (piece.start, piece.end))
        yield from ((cue, move) for cue in timeline.cues[first:last])


def _moved(cue: Cue, move: int, parts: Sequence[int], length: int) -> Cue:
    start = cue.start + move
    section = max(0, bisect_left(parts, start + 1) - 1)
    return replace(cue, start=start, end=min(length, cue.end + move), section=section)


def _chapters(timeline: Timeline, pieces: Sequence[Piece], moves: Sequence[int]) -> tuple[Chapter, ...]:
    """Sections and steps as far as they are in pieces; one that is in two pieces running stays one."""
    found: dict[tuple[int, int], Chapter] = {}
    for piece, move in zip(pieces, moves, strict=True):
        for number, chapter in enumerate(timeline.chapters):
            if max(chapter.start, piece.start) >= min(chapter.end, piece.end):
                continue
            start, end = max(chapter.start, piece.start) + move, min(chapter.end, piece.end) + move
            first = found.get((number, chapter.line))
            found[number, chapter.line] = replace(chapter, start=first.start if first else start, end=end)
    return tuple(sorted(found.values(), key=lambda chapter: (chapter.start, chapter.level)))


def _stretches(timeline: Timeline, pieces: Sequence[Piece], moves: Sequence[int]) -> Iterator[Stretch]:
    for piece, move in zip(pieces, moves, strict=True):
        for stretch in timeline.stretches:
            start, end = max(stretch.start, piece.start), min(stretch.end, piece.end)
            if start < end and not isinstance(stretch.step, Wait):
                yield replace(stretch, start=start + move, end=end + move)


def _beds(timeline: Timeline, pieces: Sequence[Piece], moves: Sequence[int]) -> Iterator[Bed]:
    """The changes of bed inside the pieces, and at a join one to the bed that the next piece begins with, if it is another."""
    yield from (bed for bed in timeline.beds if bed.start < pieces[0].end)
    for (before, piece), move in zip(pairwise(pieces), moves[1:], strict=True):
        here = _bed_at(timeline, piece.start)
        if here != _bed_at(timeline, before.end):
            yield replace(here, start=piece.start + move, fade=JOIN)
        inside = (bed for bed in timeline.beds if piece.start < bed.start < piece.end)
        yield from (replace(bed, start=bed.start + move) for bed in inside)


def _bed_at(timeline: Timeline, frame: int) -> Bed:
    begun = [bed for bed in timeline.beds if bed.start <= frame]
    return begun[-1] if begun else timeline.beds[0]
