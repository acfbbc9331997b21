"""What the device takes is what was put, to the frame, whoever does what at the same time."""

import threading
from random import Random

import numpy as np
from deck_kit import as_floats
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.audio import Block, empty
from voiceguide.mix.dither import quantised
from voiceguide.sound.buffer import GUARD, WIDTH, Buffer


def ramp(start: int, count: int) -> Block:
    """Frames that tell their own number, every 2 500 anew, loud enough that dither changes nothing."""
    block = empty(count)
    block.T[:] = (np.arange(start, start + count) % 2500 - 1250) * 16 / 32768
    return block


def numbers(data: bytes) -> list[int]:
    return [round(float(value) * 32768 / 16) + 1250 for value in as_floats(data)[:, 0]]


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 3000)), max_size=40), st.integers(0, 2**33))
def test_it_gives_what_it_got_and_zeros_where_it_has_nothing(steps: list[tuple[bool, int]], clock: int) -> None:
    buffer, taken, underruns = Buffer(clock), b"", 0
    for puts, count in steps:
        if puts:
            buffer.put(ramp(buffer.filled, count))
            continue
        ready = buffer.lead
        data = buffer.pull(count)
        assert len(data) == count * WIDTH
        assert not any(data[min(ready, count) * WIDTH :])
        underruns += ready < count and buffer.filled > clock
        taken += data[: min(ready, count) * WIDTH]
    assert numbers(taken) == [frame % 2500 for frame in range(clock, buffer.handed)]
    assert buffer.underruns == underruns
    assert buffer.lead == buffer.filled - buffer.handed >= 0


def test_the_bytes_are_those_of_a_file() -> None:
    sound = ramp(7, 5000)
    buffer = Buffer(7)
    for start in range(0, 5000, 1250):
        buffer.put(sound[start : start + 1250])
    assert buffer.pull(5000) == quantised(sound, 7, 16).astype("<i2").tobytes()


def test_zeros_before_the_first_sound_are_no_underrun_and_do_not_move_the_clock() -> None:
    buffer = Buffer(100)
    assert buffer.pulled is None
    assert buffer.pull(480) == bytes(480 * WIDTH)
    assert (buffer.underruns, buffer.handed) == (0, 100)
    assert buffer.pulled is not None
    buffer.put(ramp(100, 10))
    buffer.pull(480)
    assert (buffer.underruns, buffer.handed) == (1, 110)


def test_a_greeting_comes_first_and_is_not_counted() -> None:
    buffer = Buffer(7)
    buffer.greet(b"hello..." * 100)
    buffer.put(ramp(7, 500))
    assert buffer.pull(150) == b"hello..." * 75
    assert (buffer.handed, buffer.underruns, buffer.lead) == (7, 0, 500)
    mixed = buffer.pull(150)
    assert mixed[: 50 * WIDTH] == b"hello..." * 25
    assert numbers(mixed[50 * WIDTH :]) == list(range(7, 107))
    assert buffer.handed == 107


@given(st.integers(0, 3 * GUARD), st.integers(0, GUARD))
def test_what_is_taken_back_is_all_but_what_the_device_may_ask_for(count: int, pulled: int) -> None:
    buffer = Buffer()
    buffer.put(ramp(0, count))
    buffer.pull(pulled)
    handed = buffer.handed
    assert buffer.take_back() == buffer.filled == handed + min(GUARD, count - handed)
    buffer.put(ramp(buffer.filled, 500))
    assert numbers(buffer.pull(buffer.lead)) == [frame % 2500 for frame in range(handed, buffer.filled)]


def test_counts_are_exact_while_a_device_pulls_and_others_put_and_take_back() -> None:
    buffer, pulled, over = Buffer(), [], threading.Event()

    def device() -> None:
        chance = Random(1)
        while not over.wait(0.0002):
            before = buffer.handed
            data = buffer.pull(chance.randint(1, 2000))
            pulled.append(data[: (buffer.handed - before) * WIDTH])

    thread = threading.Thread(target=device)
    thread.start()
    chance = Random(2)
    for _ in range(600):
        if buffer.lead > 20_000 and chance.random() < 0.3:
            buffer.take_back()
        buffer.put(ramp(buffer.filled, chance.randint(1, 3000)))
    over.set()
    thread.join()
    assert sum(map(len, pulled)) == buffer.handed * WIDTH
    assert numbers(b"".join(pulled)) == [frame % 2500 for frame in range(buffer.handed)]
