"""The engine: any stretch of endless sound is a slice of the whole, in any order of asking."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.ambience.chunks import CHUNK, Chunks, Planar


class Ringing:
    """Writes its chunk number, and half of it into the chunk after."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def add(self, chunk: int, piece: Planar) -> None:
        self.asked.append(chunk)
        piece[0, :CHUNK] += chunk
        piece[0, CHUNK:] += chunk / 2
        piece[1] += np.arange(2 * CHUNK, dtype=np.float32) / CHUNK


def fresh() -> Chunks:
    return Chunks([Ringing()], lambda chunk: chunk * 2)


def test_a_chunk_is_its_own_piece_and_what_rings_on_from_the_one_before() -> None:
    block = fresh().render(5 * CHUNK, 10)
    assert (block[:, 0] == 2 * (5 + 4 / 2)).all()
    assert block.shape == (10, 2)
    assert block.dtype == np.float32
    assert block.T.flags.c_contiguous


@given(st.lists(st.tuples(st.integers(-3 * CHUNK, 6 * CHUNK), st.integers(0, 2 * CHUNK)), min_size=1, max_size=6))
def test_every_stretch_in_any_order_is_a_slice_of_the_whole(stretches: list[tuple[int, int]]) -> None:
    whole, read = fresh().render(-3 * CHUNK, 12 * CHUNK), fresh()
    for start, frames in stretches:
        assert np.array_equal(read.render(start, frames), whole[start + 3 * CHUNK : start + 3 * CHUNK + frames])


def test_reading_on_makes_every_chunk_once() -> None:
    layer = Ringing()
    read = Chunks([layer], lambda chunk: chunk)
    for start in range(0, 4 * CHUNK, 480):
        read.render(start, 480)
    assert layer.asked == [-1, 0, 1, 2, 3, 4]


def test_what_is_given_away_can_be_changed_without_harm() -> None:
    read = fresh()
    first = read.render(100, 50)
    kept = first.copy()
    first *= 0
    assert np.array_equal(read.render(100, 50), kept)
