"""Takes led over into one another: whatever is asked for, what comes out has no gap and no click.

The deck is ahead of what is heard. When it is told to play something else it goes back to a frame that was not handed over
yet, and cross-fades from what it had there to the new take. So a jump, a pause, a level, another mix are all one thing.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from voiceguide.audio import RATE, Block, Mono, empty, fade_in
from voiceguide.mix.automation import fade
from voiceguide.sound.aim import Aim
from voiceguide.sound.take import RISEN, Scenery, Speech, Take, resting

LATE, STEP = RATE // 2, RATE // 10
REST = 3 * RATE // 10
KEPT = 4 * RATE
KEPT_MARKS = 64


@dataclass(frozen=True, slots=True)
class Mark:
    """From `clock` on, the timeline is heard from `position`, moving or not, as the aim of this number asked."""

    clock: int
    position: int
    moving: bool
    number: int

    def at(self, clock: int) -> int:
        """The frame of the timeline at a later clock."""
        return self.position + (clock - self.clock if self.moving else 0)


@dataclass(frozen=True, slots=True)
class Fade:
    """From `clock` on, another sound comes in over what was to come `before`.

    The two gains add up to 1, for both have the same bed; they rise and fall on a raised cosine, which has no corners."""

    clock: int
    before: Block

    def over(self, sound: Block, clock: int) -> Block:
        """What is heard from `clock` on, where `sound` alone would be."""
        done = clock - self.clock
        count = min(len(self.before) - done, len(sound))
        if count <= 0:
            return sound
        share = fade_in(len(self.before))[done : done + count, None]
        led = self.before[done : done + count] * (1 - share) + sound[:count] * share
        return np.concatenate([led, sound[count:]])


class Deck:
    """Renders what the last aim asks for, from frame `clock` of everything heard; silence before the first aim."""

    def __init__(self, speech: Speech, scene: Scenery, clock: int = 0) -> None:
        self._speech, self._scene = speech, scene
        self.clock = clock
        self._aim: Aim | None = None
        self._take: Take | None = None
        self._marks = [Mark(clock, 0, False, -1)]
        self._kept = empty(0)
        self._fade = Fade(clock, empty(0))
        self._outs: list[tuple[int, int]] = []

    def aim(self, aim: Aim, at: int) -> None:
        """Play this from frame `at` of the clock on, which nobody has yet; what was rendered after it is dropped.

        Nothing is dropped for the same sound, known further."""
        if self._take and aim.fade == 0 and aim.position is None:
            self._extend(self._take, aim)
            return
        position = self.position(at) if aim.position is None else aim.position
        before = self._taken_back(at, aim.fade)
        self._aim = aim
        if aim.out is not None:
            self._outs.append((at, aim.out))
        self._begin(aim, position, before)

    def mark(self, clock: int) -> Mark:
        """What is heard at `clock`."""
        return self._marks[max(0, bisect_right(self._marks, clock, key=lambda mark: mark.clock) - 1)]

    def position(self, clock: int) -> int:
        """The frame of the timeline that is heard at `clock`."""
        return self.mark(clock).at(clock)

    def wanted(self, lead: int, most: int) -> int:
        """How many frames to render now, when `lead` are ready of the `most` that may be.

        It comes to stand as late as can be: what is not planned yet may still come in time."""
        left = self._left()
        return min(left, STEP) if left and lead < most else STEP if lead < LATE else 0

    def render(self, frames: int) -> Block:
        """The next frames, (frames, 2) float32."""
        whole = empty(0)
        while len(whole) < frames:
            whole = np.concatenate([whole, self._piece(frames - len(whole))])
        self._kept = np.concatenate([self._kept, whole])[-KEPT:]
        return whole

    def _extend(self, take: Take, aim: Aim) -> None:
        self._aim, last = aim, self._marks[-1]
        if last.moving:
            take.timeline = aim.timeline
        elif aim.moving and last.position < aim.until:
            self._begin(aim, last.position, self._next(REST))

    def _begin(self, aim: Aim, position: int, before: Block) -> None:
        """A take from here on, led over from what would have come; it rests where it may not go on."""
        moving = aim.moving and position < aim.until
        timeline, start = (aim.timeline, position) if moving else (resting(aim.timeline, position), RISEN)
        self._take = Take(self._speech, self._scene, aim.mix, aim.levels, timeline, start, self.clock)
        earlier = [mark for mark in self._marks if mark.clock < self.clock]
        self._marks = [*earlier[-KEPT_MARKS:], Mark(self.clock, position, moving, aim.number)]
        self._fade = Fade(self.clock, before)

    def _taken_back(self, at: int, count: int) -> Block:
        """Back to frame `at`; gives the first `count` frames of what would have come."""
        self.render(max(0, at + count - self.clock))
        first = len(self._kept) - (self.clock - at)
        before = self._kept[first : first + count]
        self._kept, self.clock = self._kept[:first], at
        return before

    def _left(self) -> int:
        """Frames until it has to stand; those of a step when it rests."""
        last = self._marks[-1]
        return max(0, self._aim.until - last.at(self.clock)) if self._aim and last.moving else STEP

    def _piece(self, most: int) -> Block:
        """Up to `most` frames; less where the sound comes to stand."""
        left = self._left()
        if left == 0 and self._aim:
            self._begin(self._aim, self._aim.until, self._next(REST))
        sound = self._next(min(most, left or most))
        self.clock += len(sound)
        return sound

    def _next(self, frames: int) -> Block:
        """What comes from the clock on, which stays where it is."""
        if self._take is None:
            return empty(frames)
        sound = self._take.render(frames)
        at = np.arange(self.clock, self.clock + frames, dtype=np.float64)
        for start, length in self._outs:
            sound *= (1 - fade(at, start, length)).astype(np.float32)[:, None]
        return self._fade.over(sound, self.clock)


def silent(_: object) -> Mono:
    """No words."""
    return np.zeros(1, np.float32)
