import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from speech_kit import strange
from waiting import until_gone

from voiceguide.messages import receive, send
from voiceguide.speech.flac import length
from voiceguide.speech.voice import loader

__all__ = ["strange"]


@pytest.fixture
def start(strange):
    """Start a worker by hand; it is killed with the test."""
    started = []

    def run(voice: str, jobs: int = 1, **options: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-P", "-m", "voiceguide.speech.worker", voice, str(jobs), *loader(voice)]
        started.append(subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, **options))
        return started[-1]

    yield run
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            with suppress(BrokenPipeError):
                stream.close()


def test_it_says_what_it_is_and_answers_by_number(start):
    worker = start("strange:good", 8)
    assert receive(worker.stdout) == ({"rate": 16_000, "lanes": 2}, b"")
    send(worker.stdin, {"id": 7, "text": "a" * 14, "speed": 1.0, "expected": 1.0})
    facts, clip = receive(worker.stdout)
    assert facts == {"id": 7, "lowered": 0.0}
    assert length(clip) == pytest.approx(48_000, rel=0.03)


def test_it_never_has_more_lanes_than_jobs(start):
    assert receive(start("strange:good", 1).stdout)[0]["lanes"] == 1


def test_it_explains_a_voice_that_cannot_be_loaded_in_one_line(start):
    worker = start("strange:unloadable")
    assert receive(worker.stdout) == ({"error": "OSError: the model is torn"}, b"")
    assert worker.wait(10) == 1


def test_prints_go_to_standard_error_and_messages_stay_whole(start):
    worker = start("strange:chatty")
    receive(worker.stdout)
    send(worker.stdin, {"id": 1, "text": "hello", "speed": 1.0, "expected": 0.4})
    assert receive(worker.stdout)[0]["id"] == 1
    worker.stdin.close()
    assert worker.wait(10) == 0
    assert worker.stderr.read() == b"Audio saved to nowhere\nmore"


@pytest.mark.parametrize("voice", ["strange:good", "strange:hang"])
def test_it_ends_with_its_pipe_even_in_the_middle_of_a_sentence(start, voice):
    worker = start(voice)
    receive(worker.stdout)
    send(worker.stdin, {"id": 1, "text": "hello", "speed": 1.0, "expected": 0.4})
    worker.stdin.close()
    until_gone(worker.pid)


def test_nonsense_on_its_pipe_ends_it(start):
    worker = start("strange:good")
    receive(worker.stdout)
    worker.stdin.write(os.urandom(64))
    worker.stdin.flush()
    until_gone(worker.pid)


def test_files_in_the_working_folder_are_not_taken_for_modules(start, tmp_path):
    (tmp_path / "numpy.py").write_text("raise SystemExit(9)")
    (tmp_path / "json.py").write_text("raise SystemExit(9)")
    assert "rate" in receive(start("strange:good", cwd=tmp_path).stdout)[0]


def test_memory_is_limited(start):
    worker = start("strange:good")
    receive(worker.stdout)
    limits = Path(f"/proc/{worker.pid}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max address space"))
    assert line.split()[3] == str(2 << 30)
