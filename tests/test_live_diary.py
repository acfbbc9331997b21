from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from live_kit import growing

from voiceguide.audio import RATE
from voiceguide.live import diary, logbook
from voiceguide.live.booth import Booth
from voiceguide.live.commands import Ask, Finished
from voiceguide.live.diary import Diary, kept
from voiceguide.live.logbook import Entry
from voiceguide.live.state import Transport
from voiceguide.live.transport import apply
from voiceguide.live.view import Status
from voiceguide.script.model import CheckIn
from voiceguide.session import open_session
from voiceguide.sound.devices import NULL

WHOLE = growing()[-1]
BEGAN = datetime(2026, 11, 22, 19, 0, tzinfo=UTC)
S = RATE


def at(clock: float, position: float | None = None, **more) -> Transport:
    return Transport(WHOLE, int((clock if position is None else position) * S), int(clock * S), **more)


def opened(routine: str = "breathe", pressure: int = 0) -> Diary:
    return Diary(routine, pressure, lambda: BEGAN)


def test_a_session_heard_to_its_end_is_written_down(own_home):
    written = opened("/somewhere/breathe.md")
    for clock in range(0, 301, 5):
        written.show(at(clock), Status())
    written.event(Finished(complete=True), at(300, over=True))
    assert written.close() is None
    assert logbook.read().entries == (Entry(BEGAN.astimezone(), "breathe", 5.0, 5.0, True),)


def test_neither_rest_nor_what_was_skipped_counts(own_home):
    written = opened()
    written.show(at(0), Status())
    written.show(at(90), Status())
    resting = (("user", 90 * S),)
    written.show(at(90, 90, holds=resting), Status())
    written.show(at(400, 90, holds=resting), Status())
    written.show(at(400, 250), Status())
    written.show(at(430, 280), Status())
    assert written.close() is None
    entry = logbook.read().entries[0]
    assert (entry.minutes, entry.of, entry.complete) == (2.0, 5.0, False)


def test_less_than_a_minute_is_no_session(own_home):
    written = opened()
    assert written.close() is None
    written.show(at(0), Status())
    written.show(at(59), Status())
    assert written.close() is None
    assert not logbook.path().exists()


def test_the_pressure_asked_before_and_during_is_kept(own_home):
    question = next(stretch for stretch in WHOLE.stretches if isinstance(stretch.step, CheckIn))
    written = opened(pressure=-1)
    written.show(at(0), Status())
    asked = at(100, question.start / S + 1)
    for answer in ("softer", "firmer"):
        for event in apply(asked, Ask(answer)).events:
            written.event(event, asked)
    assert written.close() is None
    assert logbook.read().entries[0].pressure == ("softer", "softer", "firmer")


def test_it_is_kept_however_the_session_ends_and_trouble_is_told(own_home):
    player, told = SimpleNamespace(watchers=[]), []
    for turn in range(2):
        try:
            with kept(player, "breathe", 0, told.append):
                player.watchers[-1].show(at(0), Status())
                player.watchers[-1].show(at(diary.LEAST / S), Status())
                raise KeyboardInterrupt
        except KeyboardInterrupt:
            pass
        if not turn:
            assert (len(logbook.read().entries), told) == (1, [])
            logbook.clear()
            logbook.path().mkdir()
    assert "cannot be written" in told[0]


@pytest.mark.slow
def test_what_a_real_player_plays_is_counted(own_home, tmp_path, monkeypatch):
    monkeypatch.setattr(diary, "LEAST", 15 * S)
    (tmp_path / "tiny.md").write_text("---\ntitle: Tiny\nminutes: 0.32\nsoundscape: brown-noise\n---\n\n# One\n\nRest.\n")
    with open_session(tmp_path / "tiny.md", overrides={"voice": "tone"}) as session, Booth(NULL) as booth:
        player = session.player(booth)
        with kept(player, str(tmp_path / "tiny.md"), 0, print):
            player.run()
    entry = logbook.read().entries[0]
    assert (entry.routine, entry.minutes, entry.of, entry.complete) == ("tiny", 0.3, 0.3, True)
