"""The screen of a session as a picture of text: what is heard now, what comes, how long it takes. Pure, and never too large.

Every part has a rank, and sizes from small to large. What does not fit goes, the least important first; where there is room,
the most important grows first. Import this only to draw: it needs rich.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len, set_cell_size
from rich.console import Group
from rich.text import Text

from voiceguide.audio import clock
from voiceguide.cleantext import terminal
from voiceguide.console.keys import KEYS
from voiceguide.console.letters import large as large_letters
from voiceguide.console.letters import wrapped
from voiceguide.live import view
from voiceguide.live.state import Transport
from voiceguide.live.view import Going, Status

SIGNS = {"right": "→", "left": "←", "up": "↑", "down": "↓"}
ANY_KEYS = ("any key: rest, go on", "q: stop")
MOST_WARNINGS = 3
THIN, THICK = ("━", "─"), ("█", "░")
MARGIN = 2

WORDS, NOW, ABOUT, KEYS_LINE, LEVELS, DEVICE, BLANK = range(7)
"""Ranks: what is least important comes last, and goes first."""

Lines = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together, in sizes from small to large."""

    rank: int
    sizes: tuple[Lines, ...]

    @property
    def lines(self) -> Lines:
        """The smallest size."""
        return self.sizes[0]


def draw(
    transport: Transport, status: Status, width: int, height: int = 24, *, large: bool = False, any_key: bool = False
) -> Group:
    """A picture no wider than `width` cells (8 at least) and no taller than `height` lines."""
    parts = _large(transport, status, width, any_key) if large else _usual(transport, status, width, any_key)
    lines = [line for part in _fitted(list(parts), height) for line in part.lines]
    return Group(*lines[:height])


def _usual(t: Transport, status: Status, width: int, any_key: bool) -> Iterator[Part]:
    yield _head(t, status, width, any_key)
    yield _part(ABOUT, _cut(view.chapter(t, status), width, "cyan"))
    yield _gap()
    yield _words(t, status, width)
    yield _gap()
    yield _next(t, width)
    yield _going(t, width)
    yield _gap()
    yield _time(t, status, width)
    yield _said(status, width)
    yield _part(LEVELS, *_folded(view.levels(t), width, "dim"))
    yield _part(DEVICE, _cut(_machine(status), width, "dim"))
    yield _warnings(status, width)
    yield _part(KEYS_LINE, _help(t, width, any_key))


def _large(t: Transport, status: Status, width: int, any_key: bool) -> Iterator[Part]:
    """Few things: the state when it does not play, the words, the breath, what comes, the time left."""
    if t.state != "playing":
        yield _sized(WORDS, view.state_now(t, any_key=any_key), width, "bold yellow")
        yield _gap()
    yield _words(t, status, width, large=True)
    yield _going(t, width, large=True)
    yield _gap()
    yield _next(t, width, large=True)
    yield _gap()
    yield _sized(NOW, _left(t, status), width, "bold green", short=clock(t.left), under=_left(t, status).partition(" ")[2])
    yield _said(status, width)
    yield _warnings(status, width)
    yield _part(KEYS_LINE, _help(t, width, any_key))


def _fitted(parts: list[Part], height: int) -> list[Part]:
    """What fits: without the least important parts, and the others as large as there is room for, by rank."""
    while _height(parts) > height and max(part.rank for part in parts) > WORDS:
        worst = max(part.rank for part in parts)
        del parts[max(at for at, part in enumerate(parts) if part.rank == worst)]
    for at in sorted(range(len(parts)), key=lambda at: parts[at].rank):
        for size in parts[at].sizes[1:]:
            grown = [*parts[:at], replace(parts[at], sizes=(size,)), *parts[at + 1 :]]
            parts = grown if _height(grown) <= height else parts
    return parts


def _height(parts: Sequence[Part]) -> int:
    return sum(len(part.lines) for part in parts)


def _part(rank: int, *lines: Text) -> Part:
    return Part(rank, (tuple(line for line in lines if line.plain.strip()),))


def _gap() -> Part:
    """A blank line where there is room for one."""
    return Part(BLANK, ((Text(),),))


def _cut(text: str, width: int, style: str = "") -> Text:
    """One line, shortened with an ellipsis."""
    line = Text(terminal(text), style)
    line.truncate(width, overflow="ellipsis")
    return line


def _folded(text: str, width: int, style: str = "", indent: int = 0) -> Lines:
    room = max(1, width - 2 * indent)
    return tuple(Text(" " * indent + line, style) for line in wrapped(terminal(text), room, cell_len))


def _sized(rank: int, text: str, width: int, style: str, short: str = "", under: str = "") -> Part:
    """Text that may grow into large letters: all of it, or its `short` form with what else there is to say `under` it."""
    folded = _folded(text, width, style)
    drawn = large_letters(terminal(short or text), width)
    if drawn is None:
        return Part(rank, (folded,))
    return Part(rank, (folded, (*(Text(line, style) for line in drawn), *_folded(under, width))))


def _head(t: Transport, status: Status, width: int, any_key: bool) -> Part:
    """The title, and the state at the right end; on a line of its own where both do not fit."""
    title, state = terminal(status.title), terminal(view.state_now(t, any_key=any_key))
    style = "green" if t.state == "playing" else "bold yellow"
    room = width - cell_len(title) - cell_len(state)
    if title and room >= MARGIN:
        return _part(WORDS, Text.assemble((title, "bold"), " " * room, (state, style)))
    return Part(WORDS, ((*_folded(state, width, style),), (_cut(title, width, "bold"), *_folded(state, width, style))))


def _words(t: Transport, status: Status, width: int, *, large: bool = False) -> Part:
    style = "bold" if view.speaking(t) or status.delay else "dim"
    words = f"It begins in {view.soon(status.delay)}" if status.delay > 0 else view.words(t)
    if large:
        return _sized(WORDS, words, width, style)
    return Part(WORDS, (_folded(words, width, style, MARGIN if width > 30 else 0),))


def _next(t: Transport, width: int, *, large: bool = False) -> Part:
    coming = view.coming(t)
    if coming is None:
        return _part(NOW, _cut("nothing more is said" if t.whole else "", width, "dim"))
    cue, frames = coming
    text = f"next in {view.soon(frames)}:  {cue.text}"
    if large:
        return _sized(NOW, text, width, "", short=f"next {view.soon(frames)}", under=cue.text)
    return _part(NOW, _cut(text, width))


def _going(t: Transport, width: int, *, large: bool = False) -> Part:
    """The breath, else the hold, else nothing; large, its bar is three lines high."""
    breath = view.breath(t)
    going = breath or view.work(t)
    if going is None:
        return _part(NOW)
    style = "cyan" if breath else "blue"
    thin = _bar(going, width, style, THIN)
    above, thick = _bar(going, width, style, THICK, named=False), _bar(going, width, style, THICK)
    return Part(NOW, ((thin,), (above, thick, above)) if large else ((thin,),))


def _bar(going: Going, width: int, style: str, signs: tuple[str, str], *, named: bool = True) -> Text:
    """Its name, its share and the time left; the room of the words stays empty where it is not `named`."""
    name, left = terminal(going.name), view.soon(going.left)
    name = set_cell_size(name, min(max(12, cell_len(name)), max(0, width - 12)))
    if not named:
        name, left = " " * cell_len(name), " " * len(left)
    room = max(0, width - cell_len(name) - len(left) - 2 * MARGIN)
    gap, full = " " * MARGIN, round(going.share * room)
    return Text.assemble(name, gap, (signs[0] * full, style), (signs[1] * (room - full), "dim"), gap, left)[:width]


def _left(t: Transport, status: Status) -> str:
    ends = f" · ends {terminal(status.ends)}" if status.ends else ""
    return f"{clock(t.left)} left{ends}"


def _time(t: Transport, status: Status, width: int) -> Part:
    text = _left(t, status)
    room = width - cell_len(text) - MARGIN
    if room < 4:
        return _part(NOW, _cut(text, width))
    full = round(view.whole(t).share * room)
    done, rest = THIN[0] * full, THIN[1] * (room - full)
    return _part(NOW, Text.assemble((text, "green"), " " * MARGIN, (done, "green"), (rest, "dim")))


def _said(status: Status, width: int) -> Part:
    """What the last key did."""
    return _part(ABOUT, _cut(status.said, width, "bold cyan"))


def _machine(status: Status) -> str:
    """The device and how far the voice is ahead."""
    voiced = f"voice {status.voiced:.0%} ready" if status.voiced < 1 else ""
    return "  ".join(text for text in (terminal(status.device), voiced) if text)


def _warnings(status: Status, width: int) -> Part:
    """The newest ones, more of them where there is room."""
    lines = tuple(_cut(f"! {words}", width, "yellow") for words in view.notes(status))
    return Part(ABOUT, tuple(lines[-count:] for count in range(1, 1 + min(MOST_WARNINGS, len(lines)))) or ((),))


def _help(t: Transport, width: int, any_key: bool) -> Text:
    """The keys, as many as fit on one line, the answers first where a question is open; how to stop is always among them."""
    useful = sorted((key for key in KEYS if key.short), key=lambda key: not (t.asked and key.answers))
    keys = [f"{'/'.join(SIGNS.get(name, name) for name in key.names[:2])} {key.short}" for key in useful]
    *entries, stop = ANY_KEYS if any_key else keys
    lines = (" · ".join([*entries[:count], stop]) for count in range(len(entries), -1, -1))
    return _cut(next((line for line in lines if cell_len(line) <= width), stop), width, "dim")
