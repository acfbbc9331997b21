"""A person's own recording, played for ever: no loop to hear, no jump at a join, as loud as everything else."""

from functools import cache
from pathlib import Path

import lameenc
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voiceguide.ambience.bands import Colour
from voiceguide.ambience.chunks import CHUNK, Chunks
from voiceguide.ambience.measure import repetition
from voiceguide.ambience.recipe import FLAT_BED, Recording
from voiceguide.ambience.recording import SHORTEST, Pool, Recombined, prepared
from voiceguide.audio import RATE, Block
from voiceguide.errors import MediaError
from voiceguide.loudness import energies, integrated
from voiceguide.media import Media, open_media

FLAT = Colour(((1000.0, 0.0),), (), 0.0, 20.0)
GARDEN = Recording(id="garden", file="garden.flac")


def garden(seconds: float, gain: float = 0.02) -> Block:
    """Noise that swells a little, the way wind in a garden does."""
    random = np.random.default_rng(3)
    count = int(seconds * RATE)
    swell = 1 + 0.5 * np.sin(2 * np.pi * np.arange(count) / RATE / 7.3)
    return (random.standard_normal((count, 2)) * gain * swell[:, None]).astype(np.float32)


def media(*sounds: Block) -> list[Media]:
    return [Media(f"{number}.flac", sound) for number, sound in enumerate(sounds)]


def endless(*sounds: Block, written: Recording = GARDEN, source: int = 6) -> Chunks:
    return Chunks([Recombined(written, source, prepared(written, media(*sounds), FLAT))], lambda chunk: chunk)


@pytest.fixture(scope="module")
def minute() -> Block:
    return garden(60)


@pytest.mark.slow
def test_a_minute_goes_on_without_an_audible_loop(minute: Block) -> None:
    assert repetition(endless(minute).render(0, 150 * RATE)) <= 0.10


@pytest.mark.slow
def test_looping_the_same_recording_would_be_noticed(minute: Block) -> None:
    assert repetition(np.concatenate([minute, minute, minute[: 30 * RATE]])) > 0.5


@pytest.mark.slow
@pytest.mark.parametrize("gain", [0.0005, 0.02, 0.3])
def test_it_is_brought_to_the_level_of_a_flat_bed_however_soft_it_was(gain: float) -> None:
    assert integrated(energies(endless(garden(40, gain)).render(0, 60 * RATE))) == pytest.approx(FLAT_BED, abs=0.7)


@pytest.mark.slow
def test_no_join_is_softer_or_louder_than_the_recording(minute: Block) -> None:
    still = (np.random.default_rng(1).standard_normal((30 * RATE, 2)) * 0.05).astype(np.float32)
    tenths = endless(still).render(0, 60 * RATE).reshape(-1, 4800, 2)
    levels = 10 * np.log10(np.mean(tenths**2, axis=(1, 2)))
    assert levels.max() - levels.min() < 1.5


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20 * RATE), st.integers(1, 3 * CHUNK)), min_size=1, max_size=4))
def test_any_stretch_is_a_slice_of_the_whole(stretches: list[tuple[int, int]]) -> None:
    read = endless(SHORT)
    for start, frames in stretches:
        assert np.array_equal(read.render(start, frames), whole()[start : start + frames])


SHORT = garden(8)


@cache
def whole() -> Block:
    return endless(SHORT).render(0, 25 * RATE)


@pytest.mark.slow
def test_another_seed_plays_another_order(minute: Block) -> None:
    one, other = (endless(minute, source=source).render(0, 10 * RATE) for source in (1, 2))
    assert not np.array_equal(one, other)


def test_a_short_recording_is_cut_into_shorter_pieces() -> None:
    sound = endless(garden(3)).render(0, 20 * RATE)
    assert np.abs(sound.reshape(-1, 4800, 2)).max(axis=(1, 2)).min() > 0


def test_what_cannot_be_a_soundscape_is_refused() -> None:
    with pytest.raises(MediaError, match="too short"):
        prepared(GARDEN, media(garden(1.5)), FLAT)
    with pytest.raises(MediaError, match=r"1\.flac: silent"):
        prepared(GARDEN, media(garden(5), np.zeros((5 * RATE, 2), np.float32)), FLAT)


def test_the_scene_s_colour_is_put_on_the_recording() -> None:
    hum, tone = (0.1 * np.sin(2 * np.pi * hz * np.arange(5 * RATE) / RATE) for hz in (25, 500))
    sound = np.repeat((hum + tone).astype(np.float32)[:, None], 2, axis=1)
    spectrum = np.abs(np.fft.rfft(prepared(GARDEN, media(sound), Colour((), (), 0.0, 60.0)).sound[0]))
    assert 20 * np.log10(spectrum[25 * 5] / spectrum[500 * 5]) == pytest.approx(-30.5, abs=1)


def hum(hz: float, seconds: float, gain: float) -> Block:
    """A tone that can be told from others by its pitch."""
    tone = np.sin(2 * np.pi * hz * np.arange(int(seconds * RATE)) / RATE) * gain
    return np.repeat(tone.astype(np.float32)[:, None], 2, axis=1)


def strength(sound: Block, hz: int) -> float:
    """How much of a pitch is heard in a second, in dB."""
    return float(20 * np.log10(np.abs(np.fft.rfft(sound[:, 0]))[hz]))


@pytest.mark.slow
def test_all_recordings_of_a_pool_are_heard_each_as_loud_as_the_others() -> None:
    pool = endless(hum(300, 20, 0.3), hum(500, 4, 0.001), hum(800, 20, 0.02))
    seconds = [pool.render(start * RATE, RATE) for start in range(300)]
    loudest = [max(strength(sound, hz) for sound in seconds) for hz in (300, 500, 800)]
    assert max(loudest) - min(loudest) < 3


@given(st.lists(st.integers(SHORTEST, 9 * RATE), min_size=1, max_size=6), st.integers(1, 8 * RATE), st.integers(0, 2**32))
def test_no_piece_reaches_over_the_end_of_its_recording(lengths: list[int], length: int, seed: int) -> None:
    begins = np.cumsum([0, *lengths[:-1]])
    pool = Pool(np.empty((2, sum(lengths)), np.float32), begins)
    starts, pieces = pool.places(np.random.default_rng(seed).random(100), length)
    which = np.searchsorted(begins, starts, "right") - 1
    assert (starts + pieces <= begins[which] + np.array(lengths)[which]).all()
    assert (pieces == np.minimum(length, np.array(lengths)[which])).all()


def test_an_mp3_goes_on_without_the_hole_of_its_encoder(tmp_path: Path) -> None:
    """Bare frames, which do not say how much silence the encoder put at both ends."""
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(44_100)
    encoder.set_channels(1)
    encoder.silence()
    noise = np.random.default_rng(1).standard_normal(4 * 44_100) * 4000
    (tmp_path / "bare.mp3").write_bytes(encoder.encode(noise.astype("<i2").tobytes()) + encoder.flush())
    heard = endless(open_media("bare.mp3", tmp_path, []).sound).render(0, 60 * RATE)
    short = np.mean(heard.reshape(-1, 480, 2) ** 2, axis=(1, 2))
    assert 10 * np.log10(short.min() / np.median(short)) > -4


def test_a_pool_has_no_hole_at_the_ends_of_its_recordings() -> None:
    still = [(np.random.default_rng(seed).standard_normal((5 * RATE, 2)) * 0.05).astype(np.float32) for seed in range(4)]
    tenths = endless(*still).render(0, 60 * RATE).reshape(-1, 4800, 2)
    levels = 10 * np.log10(np.mean(tenths**2, axis=(1, 2)))
    assert levels.max() - levels.min() < 1.5
