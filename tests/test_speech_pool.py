import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event

import pytest
from speech_kit import strange
from waiting import until_gone

from voiceguide.errors import VoiceError
from voiceguide.speech import pool as pool_module
from voiceguide.speech.flac import decode, length
from voiceguide.speech.pool import END_SECONDS, LOSSES, Lost, Pool, Worker

__all__ = ["strange"]

TEXT = "Rest both hands on the upper back."
LASTS = len(TEXT) / 14


@pytest.fixture
def pools(strange):
    """Pools of strange voices by name; their children end with the test."""
    opened = []

    def open_pool(voice: str, jobs: int = 2) -> Pool:
        opened.append(Pool(f"strange:{voice}", jobs))
        return opened[-1]

    yield open_pool
    for pool in opened:
        pool.close()


@pytest.fixture
def impatient(monkeypatch):
    """Half a second for a sentence instead of five."""
    monkeypatch.setattr(pool_module, "BASE_SECONDS", 0.5)


def test_nothing_starts_before_the_first_sentence_and_nothing_stays_after_the_last(pools):
    pool = pools("good")
    assert pool.process is None
    clip, lowered = pool.take(TEXT, 1.0, LASTS)
    child = pool.process
    assert lowered == 0
    assert len(decode(clip)) == length(clip) == pytest.approx(48_000 * LASTS, rel=0.02)
    pool.take(TEXT, 1.0, LASTS)
    assert pool.process == child
    pool.close()
    until_gone(child)
    assert pool.process is None


def test_a_voice_is_loaded_meanwhile_and_the_first_question_waits_for_it(pools, strange):
    pool = pools("patient")
    pool.warm()
    child = pool.process
    with ThreadPoolExecutor(2) as callers:
        answers = [callers.submit(pool.take, TEXT, 1.0, LASTS) for _ in range(2)]
        pool.warm()
        (strange / "go").touch()
        assert all(answer.result()[0] for answer in answers)
    assert pool.process == child


def test_closing_waits_for_no_voice_that_is_being_loaded(pools, monkeypatch):
    waits, loaded = Event(), Worker._loaded
    monkeypatch.setattr(Worker, "_loaded", lambda self: waits.set() or loaded(self))
    pool = pools("patient")
    pool.warm()
    child = pool.process
    with ThreadPoolExecutor(1) as caller:
        answer = caller.submit(pool.take, TEXT, 1.0, LASTS)
        assert waits.wait(END_SECONDS)
        pool.close()
        with pytest.raises(Lost, match="ended by signal 9"):
            answer.result(END_SECONDS)
    until_gone(child)
    assert pool.process is None


@pytest.mark.slow
def test_a_voice_that_cannot_be_loaded_is_told_by_every_question(pools):
    pool = pools("unloadable")
    pool.warm()
    for _ in range(LOSSES + 1):
        with pytest.raises(VoiceError, match="the model is torn"):
            pool.take(TEXT, 1.0, LASTS)
    assert pool.process is None


def test_a_voice_that_takes_too_long_to_load_is_lost(pools, monkeypatch):
    monkeypatch.setattr(pool_module, "START_SECONDS", 0.2)
    pool = pools("patient")
    with pytest.raises(Lost, match="did not start within"):
        pool.take(TEXT, 1.0, LASTS)
    assert pool.process is None


def test_many_callers_each_get_their_own_sentence(pools):
    pool = pools("good")
    texts = [TEXT[:count] for count in range(7, len(TEXT))] * 3
    with ThreadPoolExecutor(6) as callers:
        clips = list(callers.map(lambda text: pool.take(text, 1.0, len(text) / 14)[0], texts))
    assert [length(clip) / 48_000 for clip in clips] == pytest.approx([len(text) / 14 for text in texts], abs=0.03)


def test_what_an_engine_prints_disturbs_nobody(pools):
    assert len(pools("chatty").take(TEXT, 1.0, LASTS)[0])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("voice", "reason"),
    [
        ("crash", "ended by signal 11"),
        ("leave", r"ended by itself \(exit 3\)"),
        ("nonsense", "ended by signal 9|nonsense"),
        ("fail", "failed: RuntimeError: no words$"),
        ("huge", "failed: .*MemoryError"),
        ("network", "failed: PermissionError: a voice may not use the network"),
        ("silence", "strange:silence: it returned silence"),
        ("unloadable", "OSError: the model is torn"),
        ("dead", "ended by itself"),
    ],
)
def test_a_failure_is_an_error_with_its_reason(pools, voice, reason):
    with pytest.raises(VoiceError, match=reason):
        pools(voice).take(TEXT, 1.0, LASTS)


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["hang", "stop", "stuck"])
def test_a_voice_that_hangs_is_killed_in_time(pools, impatient, voice):
    pool = pools(voice)
    with pytest.raises(Lost, match="did not answer within"):
        pool.take(TEXT, 1.0, LASTS)
    assert pool.process is None


def test_the_next_sentence_after_a_crash_is_spoken_by_a_new_worker(pools):
    pool = pools("crash-once")
    with pytest.raises(Lost):
        pool.take(TEXT, 1.0, LASTS)
    assert len(pool.take(TEXT, 1.0, LASTS)[0])


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGSTOP])
def test_a_worker_lost_between_sentences_is_replaced(pools, impatient, sign):
    pool = pools("good")
    pool.take(TEXT, 1.0, LASTS)
    first = pool.process
    os.kill(first, sign)
    with suppress(ChildProcessError):  # the pool may have seen its end already
        os.waitid(os.P_PID, first, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    for _ in range(2):
        try:
            assert len(pool.take(TEXT, 1.0, LASTS)[0])
            break
        except Lost:
            continue
    assert pool.process not in (None, first)
    until_gone(first)


@pytest.mark.slow
def test_a_voice_that_only_crashes_is_off_after_three_times(pools):
    pool = pools("crash")
    for _ in range(LOSSES):
        with pytest.raises(Lost):
            pool.take(TEXT, 1.0, LASTS)
    with pytest.raises(VoiceError, match="off for this session"):
        pool.take(TEXT, 1.0, LASTS)
    assert pool.process is None


PARENT = """
import sys, time
from voiceguide.speech.pool import Pool
pool = Pool("strange:" + sys.argv[1], 1)
if sys.argv[1] == "good":
    pool.take("Rest.", 1.0, 0.4)
elif sys.argv[1] == "patient":
    pool.warm()
else:
    import threading
    threading.Thread(target=pool.take, args=("Rest.", 1.0, 0.4), daemon=True).start()
    while pool.process is None:
        time.sleep(0.01)
    time.sleep(0.5)
print(pool.process, flush=True)
time.sleep(600)
"""


@pytest.mark.slow
@pytest.mark.parametrize("voice", ["good", "hang", "patient"])
def test_no_worker_outlives_a_killed_player(strange, voice):
    player = subprocess.Popen([sys.executable, "-c", PARENT, voice], stdout=subprocess.PIPE, text=True)
    with player:
        child = int(player.stdout.readline())
        player.kill()
    until_gone(child)


def test_an_interrupt_from_the_keyboard_does_not_reach_the_worker(pools):
    pool = pools("good")
    pool.take(TEXT, 1.0, LASTS)
    child = pool.process
    os.kill(child, signal.SIGINT)
    assert len(pool.take(TEXT, 1.0, LASTS)[0])
    assert pool.process == child
