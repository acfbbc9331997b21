"""The desktop takes part from the first words to the end of the session."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from desktop_bus import Bus
from screen_kit import at, cue, timeline
from waiting import until

from voiceguide.desktop import awake
from voiceguide.desktop.joining import joined
from voiceguide.desktop.mpris import NAME
from voiceguide.live.commands import Changed, CueBegan

PLANNED = timeline()
NOW = at(PLANNED, 0)
BREATH = next(each for each in PLANNED.cues if each.track == "breath")
WORDS = cue(PLANNED, "Lie down")


def test_it_comes_once_with_the_first_words_and_leaves_at_the_end(desktop_bus: Bus, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    @contextmanager
    def told_awake() -> Iterator[None]:
        told.append("awake")
        yield
        told.append("asleep")

    monkeypatch.setattr(awake, "awake", told_awake)
    player = SimpleNamespace(watchers=[], post=lambda command: None)
    with joined(player, "Rest"):  # type: ignore[arg-type]
        (waiting,) = player.watchers
        for event in (Changed("once more"), CueBegan(BREATH)):
            waiting.event(event, NOW)
        assert (player.watchers, told) == ([waiting], [])
        for _ in range(2):
            waiting.event(CueBegan(WORDS), NOW)
        assert (len(player.watchers), told) == (2, ["awake"])
        until(lambda: desktop_bus.has(NAME), "nothing on the bus")
    assert told == ["awake", "asleep"]
    until(lambda: not desktop_bus.has(NAME), "still on the bus")
