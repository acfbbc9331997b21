"""A session is heard through to its end, whatever is asked for or goes missing on the way."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from deck_kit import CLICK, S, audible, bursts, noiseless
from player_kit import playing

from voiceguide.errors import DeviceError
from voiceguide.live.commands import (
    Ask,
    Changed,
    ChapterBegan,
    CueBegan,
    Enough,
    Finished,
    Level,
    Longer,
    Next,
    Pause,
    Play,
    Say,
    Stop,
    Toggle,
)
from voiceguide.mix.dither import quantised
from voiceguide.plan.audience import Audience

LONG = 90 * S


def cues(seen: Any) -> list[str]:
    return [each.cue.text for each in seen.events if isinstance(each, CueBegan)]


@pytest.mark.slow
def test_it_is_heard_to_its_end_and_is_the_file(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        assert it.player.run()
        file = np.concatenate(list(it.session.blocks()))
        assert np.array_equal(it.booth.sound[:LONG], quantised(file, 0, 16).astype(np.float32) / 32768)
        assert noiseless(it.booth.sound[LONG:])
    assert it.booth.killed
    assert not it.booth.missing
    assert it.booth.underruns == 0
    assert it.seen.events[-1] == Finished(complete=True)
    assert [e.chapter.title for e in it.seen.events if isinstance(e, ChapterBegan)] == ["Arrive", "Back", "Close"]


@pytest.mark.slow
@pytest.mark.parametrize("late", [1, 2])
def test_a_voice_that_is_late_is_waited_for_over_the_bed_and_nothing_is_lost(tmp_path: Path, late: int) -> None:
    with playing(tmp_path, waits_at=late) as it:

        def stands() -> None:
            assert it.player.transport.reason == "voice"
            it.programme.speak.set()
            it.booth.ready = lambda: bool(it.player.transport.timeline.closing) or not it.programme.speak.is_set()

        it.at((80, stands))
        assert it.player.run()
        whole = [cue.text for cue in it.player.transport.timeline.cues]
    assert cues(it.seen) == whole
    assert ("waiting", "voice") in it.seen.states
    assert not it.booth.missing
    sound = it.booth.sound
    assert audible(sound[2 * S : 80 * S])
    assert bursts(sound) < CLICK


@pytest.mark.slow
def test_the_first_section_late_begins_with_the_bed(tmp_path: Path) -> None:
    with playing(tmp_path, waits_at=0) as it:
        it.at((5, it.programme.speak.set))
        assert it.player.run()
    assert audible(it.booth.sound[S : 5 * S])


@pytest.mark.slow
def test_pause_and_go_on_lose_nothing_and_end_later(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        it.at((20, lambda: it.player.post(Pause())), (32, lambda: it.player.post(Play())))
        assert it.player.run()
        assert it.player.transport.clock > LONG + 11 * S
    assert it.seen.states[:2] == [("paused", "user"), ("playing", "")]
    assert audible(it.booth.sound[25 * S : 31 * S])


@pytest.mark.slow
@pytest.mark.parametrize(
    "script",
    [
        [(20, Pause()), (32, Play())],
        [(20, Longer())],
        [(6, Next())],
        [(20, Toggle()), (24, Toggle()), (40, Longer(10 * S))],
    ],
    ids=["pause", "longer", "next", "both"],
)
def test_the_promised_end_is_kept_when_the_bounds_allow(tmp_path: Path, script: list[tuple[float, Any]]) -> None:
    with playing(tmp_path, promised=LONG) as it:
        it.at(*((when, lambda command=command: it.player.post(command)) for when, command in script))
        assert it.player.run()
        assert it.player.transport.clock == pytest.approx(LONG, abs=1.3 * S)


@pytest.mark.slow
def test_the_promised_end_is_kept_by_the_clock_when_the_device_goes_away(tmp_path: Path) -> None:
    with playing(tmp_path, promised=LONG) as it:
        it.at((10, lambda: setattr(it.booth, "plays", False)), (18, lambda: setattr(it.booth, "plays", True)))
        assert it.player.run()
        assert it.booth.time == pytest.approx(90, abs=1.5)
    assert ("paused", "device") in it.seen.states


@pytest.mark.slow
def test_a_lost_device_is_waited_for_and_the_sentence_said_again(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        it.at((4.5, lambda: setattr(it.booth, "plays", False)), (12, lambda: setattr(it.booth, "plays", True)))
        assert it.player.run()
    assert it.seen.states[:2] == [("paused", "device"), ("playing", "")]
    assert cues(it.seen).count(cues(it.seen)[0]) == 2


def test_a_device_that_never_answers_is_an_error(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        it.booth.plays = False
        with pytest.raises(DeviceError):
            it.player.run()
    assert it.booth.killed


@pytest.mark.slow
@pytest.mark.parametrize(("answer", "said"), [("softer", "light pressure"), ("firmer", "medium pressure")])
def test_an_answer_to_a_check_in_repeats_the_step_with_other_words(tmp_path: Path, answer: Any, said: str) -> None:
    with playing(tmp_path) as it:
        asked = [False]

        def answer_when_asked() -> None:
            here = it.player.transport.stretch
            if not asked[0] and here and type(here.step).__name__ == "CheckIn":
                asked[0] = True
                it.player.post(Ask(answer))

        it.booth.script = answer_when_asked
        assert it.player.run()
    words = " ".join(cues(it.seen))
    assert f"A little {answer} now" in words
    assert said in words
    assert not it.booth.missing
    assert bursts(it.booth.sound) < CLICK


@pytest.mark.slow
def test_enough_leads_to_a_calm_ending_without_a_click(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        it.at((15, lambda: it.player.post(Enough())))
        assert it.player.run()
        assert 15 * S < it.player.transport.clock < 65 * S
    assert "stopping needs no reason" in " ".join(cues(it.seen))
    assert "Thank you." not in cues(it.seen)
    assert bursts(it.booth.sound) < CLICK


@pytest.mark.slow
def test_enough_while_later_sections_are_not_voiced_needs_them_no_more(tmp_path: Path) -> None:
    with playing(tmp_path, waits_at=1) as it:
        it.at((8, lambda: it.player.post(Enough())), (8, it.programme.speak.set))
        assert it.player.run()
    assert "Thank you." not in cues(it.seen)


def test_stop_is_silence_within_three_seconds(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        it.at((20, lambda: it.player.post(Stop())))
        assert not it.player.run()
        assert it.booth.time < 24
    assert it.seen.events[-1] == Finished(complete=False)
    assert audible(it.booth.sound[20 * S : 22 * S])
    assert noiseless(it.booth.sound[int(23.3 * S) :])


@pytest.mark.slow
def test_an_interruption_fades_out_first(tmp_path: Path) -> None:
    with playing(tmp_path) as it:

        def interrupt() -> None:
            it.booth.script = lambda: None
            raise KeyboardInterrupt

        it.at((20, interrupt))
        with pytest.raises(KeyboardInterrupt):
            it.player.run()
        assert 20 < it.booth.time < 21
    assert it.booth.killed
    assert bursts(it.booth.sound) < CLICK
    assert noiseless(it.booth.sound[-S // 20 :])


@pytest.mark.slow
def test_a_delay_lets_the_bed_come_first_and_repeats_come_after(tmp_path: Path) -> None:
    with playing(tmp_path, seconds=60, holds=(("ready", 0),), opens=10 * S, repeats=1) as it:
        assert it.player.run()
        assert it.player.transport.clock == pytest.approx(130 * S, abs=S)
    assert audible(it.booth.sound[3 * S : 9 * S])
    assert it.seen.states[:2] == [("waiting", "ready"), ("playing", "")]
    assert cues(it.seen).count("Slide out again.") == 2


@pytest.mark.slow
def test_who_is_left_in_peace_hears_no_question_and_everything_else_at_its_time(tmp_path: Path) -> None:
    with playing(tmp_path, audience=Audience(quiet=True)) as it:
        assert it.player.run()
        heard = [cue for cue in it.session.plan().cues if cue.kind != "question"]
        assert [event.cue for event in it.seen.events if isinstance(event, CueBegan)] == heard


@pytest.mark.slow
def test_less_guidance_and_levels_are_heard_and_told(tmp_path: Path) -> None:
    with playing(tmp_path) as it:
        it.at((5, lambda: it.player.post(Say("sparse"))), (6, lambda: it.player.post(Level("bed", -6.0))))
        assert it.player.run()
    told = [event.words for event in it.seen.events if isinstance(event, Changed)]
    assert told == ["guidance: sparse", "bed -6 dB"]
    assert it.booth.aims[-1].levels.bed == -6.0


@pytest.mark.slow
def test_what_nobody_can_say_is_a_bell_on_time(tmp_path: Path) -> None:
    with playing(tmp_path, cannot="Slide out") as it:
        assert it.player.run()
        assert it.player.transport.clock == pytest.approx(LONG, abs=S)
    assert not it.booth.missing
    assert any("small.md:17" in note and "no breath" in note for note in it.seen.status.warnings)


def test_an_error_that_nothing_stands_in_for_ends_the_session(tmp_path: Path) -> None:
    with playing(tmp_path, waits_at=1) as it:
        it.at((5, lambda: it.booth.inbox.put(MemoryError("no room for a voice"))))
        with pytest.raises(MemoryError):
            it.player.run()
    assert it.booth.killed
