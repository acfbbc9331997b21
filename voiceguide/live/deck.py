"""Takes led over into one another: whatever is asked for, what comes out has no gap and no click.

The deck is ahead of what is heard. When it is told to play something else it goes back to a frame that was not handed over
yet, and cross-fades from what it had there to the new take. So a jump, a pause, a level, another mix are all one thing.
"""

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np

from voiceguide.audio import RATE, Block, Mono, empty
from voiceguide.live.aim import Aim
from voiceguide.live.take import RISEN, Scenery, Speech, Take, resting

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


class Deck:
    """Renders what the last aim asks for, from frame `clock` of everything heard; silence before the first aim."""

    def __init__(self, speech: Speech, scene: Scenery, clock: int = 0) -> None:
        self._speech, self._scene = speech, scene
        self.clock = clock
        self._aim: Aim | None = None
        self._take: Take | None = None
        self._marks = [Mark(clock, 0, False, -1)]
        self._kept = empty(0)
        self._fade: tuple[Block, int] = empty(0), 0
        self._out: tuple[int, int] | None = None

    def aim(self, aim: Aim, at: int) -> None:
        """Play this from frame `at` of the clock on, which nobody has yet; what was rendered after it is dropped."""
        old, self._aim = self._aim, aim
        if old is not None and aim.fade == 0 and aim.position is None and self._take:
            self._extend(old, aim)
            return
        position = self.position(at) if aim.position is None else aim.position
        before = self._back_to(at, aim.fade)
        if aim.out is not None:
            self._out = (at, aim.out)
        self._begin(position, before, aim.fade, moving=aim.moving and position < aim.until)

    def mark(self, clock: int) -> Mark:
        """What is heard at `clock`."""
        return self._marks[max(0, bisect_right(self._marks, clock, key=lambda mark: mark.clock) - 1)]

    def position(self, clock: int) -> int:
        """The frame of the timeline that is heard at `clock`."""
        return self.mark(clock).at(clock)

    def render(self, frames: int) -> Block:
        """The next frames, (frames, 2) float32."""
        whole = empty(frames)
        done = 0
        while done < frames:
            piece = self._piece(frames - done)
            whole[done : done + len(piece)] = piece
            done += len(piece)
        self._kept = np.concatenate([self._kept, whole])[-KEPT:]
        return whole

    def _extend(self, old: Aim, aim: Aim) -> None:
        """The same sound, its timeline known further."""
        last = self._marks[-1]
        if last.moving and self._take:
            self._take.timeline = aim.timeline
        elif old.moving and aim.moving and last.position < aim.until:
            self._begin(last.position, self._next(REST), REST, moving=True)

    def _begin(self, position: int, before: Block, fade: int, *, moving: bool) -> None:
        """Start a take here, led over from what would have come."""
        aim = self._aim
        if aim is None:
            return
        timeline, start = (aim.timeline, position) if moving else (resting(aim.timeline, position), RISEN)
        self._take = Take(self._speech, self._scene, aim.mix, aim.levels, timeline, start, self.clock)
        earlier = [mark for mark in self._marks if mark.clock < self.clock]
        self._marks = [*earlier[-KEPT_MARKS:], Mark(self.clock, position, moving, aim.number)]
        self._fade = (before, 0) if fade else (empty(0), 0)

    def _back_to(self, at: int, fade: int) -> Block:
        """Forget what was rendered after `at`, and give the first `fade` frames of it."""
        over = self.clock - at
        rendered = self._kept[len(self._kept) - over :] if over else empty(0)
        before = (
            np.concatenate([rendered[:fade], self._next(fade - len(rendered))]) if len(rendered) < fade else rendered[:fade]
        )
        self._kept = self._kept[: len(self._kept) - over]
        self.clock = at
        return before

    def _next(self, frames: int) -> Block:
        """What the take would give, without the clock."""
        return self._take.render(frames) if self._take and frames > 0 else empty(max(0, frames))

    def _piece(self, most: int) -> Block:
        """Up to `most` frames; less where the sound comes to stand."""
        stand = self._to_stand()
        if stand == 0 and self._aim:
            self._begin(self._aim.until, self._next(REST), REST, moving=False)
            stand = None
        frames = most if stand is None else min(most, stand)
        sound = self._faded_out(self._faded_over(self._next(frames)))
        self.clock += frames
        return sound

    def _to_stand(self) -> int | None:
        """Frames until the sound has to stand; None when it stands or has nothing to wait for."""
        if self._aim is None or not self._marks[-1].moving:
            return None
        return max(0, self._aim.until - self.position(self.clock))

    def _faded_over(self, sound: Block) -> Block:
        before, done = self._fade
        count = min(len(before) - done, len(sound))
        if count <= 0:
            return sound
        share = ((np.arange(done, done + count) + 0.5) / len(before)).astype(np.float32)[:, None]
        sound = sound.copy()
        sound[:count] = before[done : done + count] * (1 - share) + sound[:count] * share
        self._fade = before, done + count
        return sound

    def _faded_out(self, sound: Block) -> Block:
        if self._out is None:
            return sound
        start, length = self._out
        left = 1 - (np.arange(self.clock, self.clock + len(sound)) - start) / length
        return sound * np.clip(left, 0, 1).astype(np.float32)[:, None]


def silent(_: object) -> Mono:
    """No words."""
    return np.zeros(1, np.float32)
