import os
import random
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest
from screen_kit import at, timeline
from terminal_kit import attributes, child, terminal
from waiting import until

from voiceguide.console.keyboard import Keyboard
from voiceguide.console.keys import KEYS, MEANINGS, meaning
from voiceguide.live.commands import Command, Level, Next, Skip, Stop, Toggle
from voiceguide.terminal import NO_TERMINAL

HERE = at(timeline(), 0)
BYTES = {"space": b" ", "enter": b"\r", "up": b"\x1b[A", "down": b"\x1b[B", "right": b"\x1b[C", "left": b"\x1b[D"}
LISTEN = """
import os, sys
from pathlib import Path
from queue import SimpleQueue
from voiceguide.console.keyboard import Keyboard
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Timeline
fd = os.open(sys.argv[1], os.O_RDWR)
said = SimpleQueue()
with Keyboard(said.put, lambda: Transport(Timeline(0)), fd=fd):
    print("ready", flush=True)
    while True:
        print(said.get(), flush=True)
"""


class Typist:
    """A person at a terminal, and what came of what they typed."""

    def __init__(self, person: int, program: int) -> None:
        self.person, self.program = person, program
        self.said: SimpleQueue[Command] = SimpleQueue()

    def keyboard(self, *, any_key: bool = False) -> Keyboard:
        return Keyboard(self.said.put, lambda: HERE, any_key=any_key, fd=self.program)

    def types(self, *pieces: bytes) -> None:
        for piece in pieces:
            os.write(self.person, piece)

    def next(self) -> Command:
        return self.said.get(timeout=10)

    def nothing(self, seconds: float = 0.2) -> bool:
        try:
            self.said.get(timeout=seconds)
        except Empty:
            return True
        return False


@pytest.fixture
def typist() -> Iterator[Typist]:
    with terminal() as (person, program):
        yield Typist(person, program)


def test_every_key_arrives_as_its_command(typist: Typist) -> None:
    with typist.keyboard():
        for name in MEANINGS:
            typist.types(BYTES.get(name, name.encode()))
            assert typist.next() == meaning(name, HERE)


def test_an_arrow_sent_in_pieces_is_one_arrow(typist: Typist) -> None:
    with typist.keyboard():
        typist.types(b"\x1b", b"[", b"C", b"\x1bO", b"A", b"s")
        assert [typist.next() for _ in range(3)] == [Next(), Level("voice", 2.0), Skip()]


def test_escape_alone_does_nothing_and_swallows_nothing(typist: Typist) -> None:
    with typist.keyboard():
        typist.types(b"\x1b")
        assert typist.nothing()
        typist.types(b"n")
        assert typist.next() == Next()


def test_a_flood_of_rubbish_leaves_the_keys_working(typist: Typist) -> None:
    rubbish = random.Random(1).randbytes(10_000).replace(b"\x03", b"").replace(b"\x1a", b"").replace(b"\x1c", b"")
    before = attributes(typist.program)
    with typist.keyboard():
        feeder = threading.Thread(target=lambda: [typist.types(rubbish[at : at + 500]) for at in range(0, 10_000, 500)])
        feeder.start()
        feeder.join(20)
        while not typist.nothing():
            pass
        typist.types(b"s")
        assert typist.next() == Skip()
    assert attributes(typist.program) == before


def test_any_key_is_the_one_big_button(typist: Typist) -> None:
    with typist.keyboard(any_key=True):
        typist.types(b"jkl;", b"\x1b[15~", b"q")
        assert typist.next() == Toggle()
        assert typist.nothing()


def test_among_any_keys_a_lone_q_stops(typist: Typist) -> None:
    with typist.keyboard(any_key=True):
        typist.types(b"q")
        assert typist.next() == Stop()


def test_the_end_of_the_input_ends_the_keys_and_nothing_else() -> None:
    person, program = os.openpty()
    with Typist(person, program).keyboard():
        os.close(person)
        until(lambda: not any(thread.name == "keys" for thread in threading.enumerate()), "the thread stays behind")
    os.close(program)


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_leaving_ends_the_thread_and_no_descriptor_stays_open(typist: Typist) -> None:
    before = descriptors()
    for _ in range(20):
        with typist.keyboard():
            pass
    assert descriptors() == before
    assert not any(thread.name == "keys" for thread in threading.enumerate())


@pytest.mark.parametrize("fd", [-1, 10_000])
def test_without_a_terminal_it_does_nothing_and_says_why(fd: int) -> None:
    with Keyboard(lambda command: None, lambda: HERE, fd=fd) as keyboard:
        assert keyboard.off == NO_TERMINAL
        assert not any(thread.name == "keys" for thread in threading.enumerate())


def test_an_input_that_is_closed_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert Keyboard(lambda command: None, lambda: HERE).off == NO_TERMINAL


def test_keys_typed_at_a_real_terminal_are_heard_by_a_program() -> None:
    with terminal() as (person, program), child(LISTEN, program) as begun:
        assert begun.stdout
        assert begun.stdout.readline() == "ready\n"
        os.write(person, b"\x13n\x1b[A")
        assert begun.stdout.readline() == f"{Next()}\n"
        assert begun.stdout.readline() == f"{Level('voice', 2.0)}\n"


def test_the_table_and_the_bytes_of_this_test_agree() -> None:
    assert {name for key in KEYS for name in key.names if len(name) > 1} == set(BYTES)
