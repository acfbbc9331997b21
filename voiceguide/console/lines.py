"""What happens, a line at a time: in words for screen readers and pipes, as JSON for programs. An event in, a line out."""

import json
from collections.abc import Callable
from typing import Any

from voiceguide.audio import clock
from voiceguide.cleantext import terminal
from voiceguide.live.commands import Changed, ChapterBegan, CueBegan, Event, Finished, StateChanged
from voiceguide.live.state import Transport
from voiceguide.live.view import Status, lasting, state
from voiceguide.plan.timeline import Cue


class Lines:
    """A watcher that gives `say` a line for each thing that happens; `line` makes it, such as `plain` or `as_json`. `warn` gets
    each warning once."""

    def __init__(self, say: Callable[[str], None], line: Callable[[Event], str | None], warn: Callable[[str], None]) -> None:
        self._say, self._line, self._warn = say, line, warn
        self._warned = set[str]()

    def event(self, event: Event, transport: Transport) -> None:
        """Say it, if there is something to say."""
        if line := self._line(event):
            self._say(line)

    def show(self, transport: Transport, status: Status) -> None:
        """What is not as it should be, each once."""
        for words in status.warnings:
            if words not in self._warned:
                self._warned.add(words)
                self._warn(f"! {words}")


def plain(event: Event, *, any_key: bool = False) -> str | None:
    """A line for people, `0:32  Squeeze the left shoulder.`; None for what would only be noise: breath tones, ticks, beats."""
    match event:
        case CueBegan(cue):
            said = _spoken(cue)
            return said and f"{clock(cue.start)}  {terminal(said)}"
        case ChapterBegan(number, chapter):
            return f"{clock(chapter.start)}  Chapter {number + 1}: {terminal(chapter.title)}"
        case StateChanged(name, reason, opens_in):
            said = state(name, reason, any_key=any_key)
            return said if opens_in is None else f"{said}; it goes on by itself in {lasting(opens_in)}"
        case Changed(words):
            return terminal(words)
        case Finished(complete):
            return "heard to the end" if complete else "stopped before the end"


def _spoken(cue: Cue) -> str | None:
    if cue.track == "voice":
        return cue.text
    return "(bell)" if cue.kind == "bell" else None


def as_json(event: Event) -> str:
    """A JSON object on one line, ASCII only; its keys are described in docs/keys-and-screen.md."""
    return json.dumps(_facts(event))


def _facts(event: Event) -> dict[str, Any]:
    match event:
        case CueBegan(cue):
            names = ("id", "start", "end", "track", "kind", "text", "section", "line")
            return {"event": "cue"} | {name: getattr(cue, name) for name in names}
        case ChapterBegan(number, chapter):
            return {
                "event": "chapter",
                "number": number,
                "title": chapter.title,
                "start": chapter.start,
                "end": chapter.end,
                "line": chapter.line,
            }
        case StateChanged(name, reason, opens_in):
            return {"event": "state", "state": name, "reason": reason or None, "opens_in": opens_in}
        case Changed(words):
            return {"event": "changed", "words": words}
        case Finished(complete):
            return {"event": "finished", "complete": complete}
