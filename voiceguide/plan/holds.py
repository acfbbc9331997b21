"""What happens inside a hold: breath tones, a metronome, and lines that give way to one another.

An instruction is never cut off. Lines are placed by rank: anchored lines first (they move later rather than collide), then the
countdown, breath prompts, the halfway mark, and reminders last. A line that would come within a second of one already placed
is dropped, except an anchored line, which waits for the next free place.
"""

from voiceguide.audio import RATE
from voiceguide.plan import breathing
from voiceguide.plan.sheet import Entry, Sheet
from voiceguide.plan.timeline import Breath
from voiceguide.plan.words import counted, prompt
from voiceguide.script.model import Hold, Pattern, Place, Say

APART = RATE
REMINDERS_FROM = 20 * RATE
REMINDERS_UNTIL = 12 * RATE
HALFWAY_FROM = 20 * RATE


def place_hold(sheet: Sheet, hold: Hold, start: int, frames: int) -> None:
    """Write a hold of `frames` from `start` onto the sheet."""
    breaths = place_breaths(sheet, hold.breathe, start, frames, hold.at) if hold.breathe else (0, 0)
    if hold.beat:
        _place_beats(sheet, hold, start, frames - _ticking(hold), breaths)
    lines = _Lines(sheet, start, start + frames)
    for anchor in hold.anchors:
        offset = frames // 2 if anchor.offset is None else anchor.offset + (frames if anchor.offset < 0 else 0)
        lines.insist(anchor.say, start + max(0, offset))
    if hold.countdown:
        _place_countdown(sheet, hold, start + frames)
    if hold.breathe:
        prompt_breaths(sheet, hold.breathe, start, frames, hold.at)
    if hold.halfway and frames >= HALFWAY_FROM and sheet.manner.guidance != "sparse":
        lines.offer(hold.halfway, start + frames // 2, "halfway")
    if hold.reminders and sheet.manner.guidance == "full":
        _place_reminders(lines, hold, start, frames)


class _Lines:
    """The lines of one hold and the room left between them."""

    def __init__(self, sheet: Sheet, start: int, end: int) -> None:
        self.sheet, self.start, self.end = sheet, start, end

    def _taken(self) -> list[Entry]:
        return [e for e in self.sheet.speech() if e.end > self.start and e.start < self.end]

    def free(self, start: int, length: int, *, until: int | None = None) -> bool:
        """Whether a line of `length` fits at `start` with a second of quiet on either side."""
        clear = all(start + length + APART <= e.start or e.end + APART <= start for e in self._taken())
        return clear and start + length <= (self.end if until is None else until)

    def offer(self, say: Say, start: int, kind: str, until: int | None = None) -> bool:
        """Say it if there is room just there."""
        if not self.free(start, self.sheet.manner.speech(say), until=until):
            return False
        self.sheet.say(say, start, kind)
        return True

    def insist(self, say: Say, start: int) -> None:
        """Say it there or as soon after as there is room; when there is none, the report says so."""
        length = self.sheet.manner.speech(say)
        starts = [start, *(e.end + APART for e in self._taken() if e.end + APART > start), self.end - length]
        for place in sorted(s for s in starts if s >= self.start):
            if self.free(place, length):
                self.sheet.say(say, place, "instruction")
                return
        self.sheet.note(say.at, f"no room in the hold for “{say.text}”; make the hold longer")

    def previous(self, before: int) -> str:
        """The text of the last line that begins before a frame."""
        return next((e.text for e in reversed(self._taken()) if e.start < before), "")


def place_breaths(sheet: Sheet, pattern: Pattern, start: int, frames: int, at: Place) -> tuple[int, int]:
    """Breath tones over `frames`, as many whole breaths as fit; gives how many and the frames they take."""
    count, length = breathing.breaths_in(pattern, frames)
    for phase in breathing.phases(pattern, count, start, length):
        sheet.breath(Breath(phase.kind), phase.start, phase.end, at)
    return count, length


def prompt_breaths(sheet: Sheet, pattern: Pattern, start: int, frames: int, at: Place) -> None:
    """The words for the first three breaths, each where its tone begins, if it fits its phase and the lines already there."""
    count, length = breathing.breaths_in(pattern, frames)
    busy = [(line.start - APART // 2, line.end + APART // 2) for line in sheet.speech()]
    for phase in breathing.phases(pattern, count, start, length):
        words = prompt(phase.kind, phase.breath, at)
        end = phase.start + sheet.manner.speech(words) if words else 0
        if words and end <= phase.end and all(end <= first or last <= phase.start for first, last in busy):
            sheet.say(words, phase.start, "prompt")


def _place_beats(sheet: Sheet, hold: Hold, start: int, frames: int, breaths: tuple[int, int]) -> None:
    """A soft beat `hold.beat` times a minute; with a breath pacer the beats divide each breath evenly."""
    every = RATE * 60 / (hold.beat or 60)
    count, length = breaths
    beats, taken = (count * max(1, round(length / count / every)), length) if count else (1, every)
    for number in range(int(frames * beats / taken + 1e-6)):
        sheet.signal("beat", start + round(number * taken / beats), "beat", hold.at)


def _ticking(hold: Hold) -> int:
    """Frames at the end in which ticks count: the metronome is silent then, so that two knocks never coincide."""
    return hold.countdown.count * RATE if hold.countdown and hold.countdown.kind == "tick" else 0


def _place_countdown(sheet: Sheet, hold: Hold, end: int) -> None:
    if not hold.countdown:
        return
    kind, count = hold.countdown.kind, hold.countdown.count
    if kind == "spoken":
        words = counted(count, hold.at)
        for number, line in enumerate(words):
            start = end - (len(words) - number) * RATE
            if sheet.manner.speech(line) <= RATE:
                sheet.say(line, start, "countdown")
            else:
                sheet.signal("tick", start, "tick", hold.at)
        return
    if kind == "bell":
        sheet.signal("soft", end - RATE, "bell", hold.at)
        return
    for number in range(count):
        sheet.signal("tick", end - (count - number) * RATE, "tick", hold.at)


def _place_reminders(lines: _Lines, hold: Hold, start: int, frames: int) -> None:
    """Each line in turn, never the one just heard, none in the first 20 s or the last 12 s."""
    if hold.reminders is None:
        return
    turn, wording = 0, hold.reminders.lines
    for at in range(start + hold.reminders.every, start + frames, hold.reminders.every):
        line = wording[turn % len(wording)]
        late = at >= start + REMINDERS_FROM and line.text != lines.previous(at)
        if late and lines.offer(line, at, "reminder", until=start + frames - REMINDERS_UNTIL):
            turn += 1
