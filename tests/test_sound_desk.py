"""The audio process reports whatever it is doing, plays what it has, and ends with its orders or with an error."""

import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

import numpy as np
import pytest
from waiting import until
from whole_kit import environment

from voiceguide.audio import RATE
from voiceguide.messages import Facts, receive, send
from voiceguide.mix.strikes import strike
from voiceguide.plan.timeline import Bed, Cue, Played, Timeline
from voiceguide.script.model import Place
from voiceguide.sound.aim import NO_WORDS, PLAIN_BED, Aim, Setting
from voiceguide.sound.desk import LEAD, Desk

LENGTH = 60 * RATE
HANGING = 10.0
WORDS = Played("words.wav", Place("", 1, 1))
CUE = Cue("a", RATE // 2, 3 * RATE // 2, "voice", "recording", "words", WORDS, 0, 1)


class Process:
    """The real thing, spoken to as its parent does."""

    def __init__(self, home: Path) -> None:
        command = [sys.executable, "-P", "-m", "voiceguide.sound.desk"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(home))
        self.orders, self.reports = cast(BinaryIO, self.process.stdin), cast(BinaryIO, self.process.stdout)

    def order(self, name: str, data: bytes = b"", **facts: object) -> None:
        send(self.orders, {"order": name, **facts}, data)

    def hear(self, enough: Callable[[Facts], bool]) -> Facts:
        while message := receive(self.reports):
            if enough(message[0]):
                return message[0]
        raise AssertionError("it said no more")

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.orders, self.reports):
            with suppress(OSError):
                stream.close()


@pytest.fixture
def audio(tmp_path: Path) -> Iterator[Process]:
    process = Process(tmp_path)
    yield process
    process.end()


def played(audio: Process, folder: Path, bed: str = "rain", clock: int = 0) -> None:
    timeline = Timeline(LENGTH, LENGTH, beds=(Bed(0, 0, bed),))
    audio.order("device", device={"name": "null", "backend": "NULL"}, greet=False)
    audio.order("stage", pickle.dumps(Setting(clock, 0, folder)))
    audio.order("aim", pickle.dumps(Aim(5, timeline, 3 * RATE, True, LENGTH)))


@pytest.mark.slow
def test_it_tells_which_aim_is_heard_where_and_by_which_device(audio: Process, tmp_path: Path) -> None:
    played(audio, tmp_path, clock=90 * RATE)
    facts = audio.hear(lambda facts: facts["number"] == 5 and facts["taken"] > 0.2)
    assert facts["clock"] - 90 * RATE == facts["position"] - 3 * RATE == facts["taken"] * RATE
    assert (facts["device"], facts["underruns"], facts["begun"]) == ("null", 0, True)
    assert facts["dry"] < 0.3


def test_it_reports_before_anything_was_ordered(audio: Process) -> None:
    facts = audio.hear(lambda facts: True)
    assert (facts["device"], facts["number"], facts["age"], facts["begun"]) == ("", -1, None, False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_signals_for_the_player_are_not_for_it(audio: Process, number: signal.Signals) -> None:
    audio.hear(lambda facts: True)
    audio.process.send_signal(number)
    audio.order("device", device={"name": "null", "backend": "NULL"}, greet=False)
    assert audio.hear(lambda facts: facts["device"] == "null")


def test_what_goes_wrong_is_its_last_word(audio: Process, tmp_path: Path) -> None:
    played(audio, tmp_path, bed="no-such-soundscape")
    assert "no-such-soundscape" in audio.hear(lambda facts: "error" in facts)["error"]
    assert audio.process.wait(2) == 1


def test_an_order_that_is_nonsense_ends_it(audio: Process) -> None:
    audio.order("dance")
    assert "dance" in audio.hear(lambda facts: "error" in facts)["error"]


@pytest.mark.slow
def test_it_goes_at_once_when_its_orders_end(audio: Process, tmp_path: Path) -> None:
    played(audio, tmp_path)
    audio.hear(lambda facts: facts["taken"] > 0)
    audio.orders.close()
    assert audio.process.wait(HANGING) == 0


def test_it_goes_when_nobody_hears_its_reports(audio: Process) -> None:
    audio.hear(lambda facts: True)
    audio.reports.close()
    assert audio.process.wait(HANGING) == 0


def desk(folder: Path, safe: int = 0, bed: str | None = None) -> Desk:
    """One in this process, with nobody to take its sound, so that it stands when it is full."""
    made = Desk()
    timeline = Timeline(LENGTH).joined(LENGTH, (CUE,), beds=(Bed(0, 0, bed),) if bed else ())
    made.order({"order": "stage"}, pickle.dumps(Setting(0, 0, folder, safe=safe)))
    made.order({"order": "clip"}, pickle.dumps((WORDS, np.full(RATE, 0.1, np.float32))))
    made.order({"order": "aim"}, pickle.dumps(Aim(1, timeline, 0, True, LENGTH)))
    threading.Thread(target=made.run, daemon=True).start()
    return made


def sound(made: Desk) -> np.ndarray:
    """The first two seconds of it."""
    until(lambda: made._buffer.lead >= LEAD, "it does not fill", 20)
    return np.frombuffer(made._buffer.pull(LEAD), "<i2").reshape(-1, 2).astype(np.float64)


def test_words_that_it_has_are_heard_and_a_bell_instead_of_words_it_has_not(tmp_path: Path) -> None:
    words, bell = sound(desk(tmp_path)), sound(desk(tmp_path, NO_WORDS))
    assert abs(words[RATE // 2 : 3 * RATE // 2]).mean() > 300
    likeness = np.corrcoef(bell[RATE // 2 : 3 * RATE // 2, 0], strike("soft").sound[:RATE, 0])[0, 1]
    assert likeness > 0.9


def test_a_plain_bed_plays_instead_of_one_that_cannot(tmp_path: Path) -> None:
    plain = sound(desk(tmp_path, PLAIN_BED, "no-such-soundscape"))
    assert np.abs(plain[: RATE // 2]).max() > 0
    assert np.array_equal(plain[:RATE], sound(desk(tmp_path, bed="brown-noise"))[:RATE])
