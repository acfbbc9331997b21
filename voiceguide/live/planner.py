"""Behind the player's loop: a thread that voices sections and answers, far ahead of what is heard.

Voicing takes its time and happens in the thread; placing what is voiced is quick and happens in the player's loop, on the
timeline as it is by then. So nothing that a listener changes can be lost to a plan that was made before.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol

from voiceguide.live.commands import Ask, Enough
from voiceguide.live.state import Transport
from voiceguide.live.transport import SOON

if TYPE_CHECKING:
    from voiceguide.audio import Mono
    from voiceguide.plan.timeline import Content, Spoken, Timeline
    from voiceguide.sound.aim import Setting


class Programme(Protocol):
    """What is played: voiceguide.programme.Programme, which says more about each."""

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def sections(self) -> int: ...  # noqa: D102

    @property
    def notes(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def calm(self) -> "tuple[Spoken, ...]": ...  # noqa: D102

    def setting(self, clock: int) -> "Setting": ...  # noqa: D102

    def voice(self, number: int) -> None: ...  # noqa: D102

    def voice_lines(self, lines: "tuple[Spoken, ...]") -> None: ...  # noqa: D102

    def place(self, timeline: "Timeline", number: int) -> "Timeline": ...  # noqa: D102

    def finish(self, timeline: "Timeline") -> "Timeline": ...  # noqa: D102

    def refit(self, timeline: "Timeline", at: int, length: int) -> "Timeline": ...  # noqa: D102

    def lines_for(self, timeline: "Timeline", at: int, given: Ask | Enough) -> "tuple[Spoken, ...]": ...  # noqa: D102

    def answered(self, timeline: "Timeline", at: int, given: Ask | Enough) -> "Timeline": ...  # noqa: D102

    def sound(self, content: "Content") -> "bytes | Mono": ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Ready:
    """Words that are voiced: of a section by its number, or of an answer that was given at a frame."""

    section: int | None = None
    answer: Ask | Enough | None = None
    at: int = 0


class Planner:
    """Voices a programme section by section, then what is asked for; `post` gets a Ready for each, or what ended it."""

    def __init__(self, programme: Programme, post: Callable[[Any], None], placed: int = 0) -> None:
        self._programme, self._post = programme, post
        self._asked: SimpleQueue[tuple[Ready, tuple[Spoken, ...]] | None] = SimpleQueue()
        self._placed = placed

    @property
    def share(self) -> float:
        """How much of the session is voiced and placed, 0 to 1."""
        return self._placed / max(1, self._programme.sections)

    def start(self) -> None:
        """Begin with the first section, in a thread of its own."""
        threading.Thread(target=self._run, name="planner", daemon=True).start()

    def close(self) -> None:
        """Nothing more will be asked; the thread ends after the section that it voices."""
        self._asked.put(None)

    def ask(self, given: Ask | Enough, transport: Transport) -> None:
        """Voice what an answer needs."""
        at = transport.position
        self._asked.put((Ready(answer=given, at=at), self._programme.lines_for(transport.timeline, at, given)))

    def used(self, ready: Ready, transport: Transport) -> "Timeline":
        """The timeline with what is ready: the next section, and the end after the last one; or the answer.

        A session that was ended early needs no more sections."""
        timeline = transport.timeline
        if ready.answer is not None:
            return self._programme.answered(timeline, max(ready.at, transport.position + SOON), ready.answer)
        if timeline.closing:
            return timeline
        self._placed = len(timeline.parts) + 1
        timeline = self._programme.place(timeline, len(timeline.parts))
        return self._programme.finish(timeline) if self._placed == self._programme.sections else timeline

    def refit(self, transport: Transport, at: int, length: int) -> "Timeline":
        """The timeline fitted anew behind the section heard at `at`, to end at `length` as nearly as can be."""
        return self._programme.refit(transport.timeline, at, length)

    def _run(self) -> None:
        try:
            for number in range(self._placed, self._programme.sections):
                self._programme.voice(number)
                self._post(Ready(number))
                while not self._asked.empty():
                    if not self._answer():
                        return
            self._programme.voice_lines(self._programme.calm)
            while self._answer():
                pass
        except Exception as error:
            self._post(error)

    def _answer(self) -> bool:
        """Voice what was asked for next, waiting until something is; False at the end."""
        asked = self._asked.get()
        if asked is None:
            return False
        ready, lines = asked
        self._programme.voice_lines(lines)
        self._post(ready)
        return True
