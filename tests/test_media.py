"""Sound files from outside: what plays, what is refused, and that nothing outside the allowed folders is ever opened."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from voiceguide.audio import RATE
from voiceguide.errors import MediaError
from voiceguide.media import Media, open_folder, open_media

HANGING = 10.0
"""Seconds: far less than it takes to decode what a damaged header promises."""

TONE = 0.25 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE).astype(np.float32)


def tone(rate: int, seconds: float = 1.0, channels: int = 1) -> np.ndarray:
    sound = 0.25 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)
    return np.repeat(sound.astype(np.float32)[:, None], channels, axis=1)


def encoded(path: Path, codec: str, rate: int = RATE, seconds: float = 2.0) -> Path:
    """A stereo tone in a format that only FFmpeg writes."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(tone(rate, seconds, 2).T), format="fltp", layout="stereo")
        frame.rate = rate
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    return path


def opened(path: Path, most: int = 600 * RATE) -> Media:
    return open_media(path.name, path.parent, (), most)


def pitch(sound: np.ndarray) -> float:
    mono = sound.mean(axis=1)
    return float(np.argmax(np.abs(np.fft.rfft(mono * np.hanning(len(mono))))) * RATE / len(mono))


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 88_200, 96_000, 192_000])
def test_any_rate_becomes_48_khz_with_its_pitch_and_length(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(rate), rate)
    media = opened(tmp_path / "tone.wav")
    assert media.frames == RATE
    assert media.whole
    assert not media.notes
    assert pitch(media.samples()) == pytest.approx(440, abs=1.5)
    assert np.abs(media.samples()[1000:-1000]).max() == pytest.approx(0.25, abs=0.01)


@pytest.mark.parametrize("channels", range(1, 9))
def test_one_to_eight_channels_become_two(tmp_path: Path, channels: int) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(RATE, channels=channels), RATE)
    sound = opened(tmp_path / "tone.wav").samples()
    assert sound.shape == (RATE, 2)
    assert sound.dtype == np.float32
    assert np.abs(sound).max() == pytest.approx(0.25, abs=0.001)


def test_left_stays_left(tmp_path: Path) -> None:
    sound = np.zeros((RATE, 2), np.float32)
    sound[:, 0] = TONE
    soundfile.write(tmp_path / "left.wav", sound, RATE)
    left, right = opened(tmp_path / "left.wav").samples().T
    assert np.abs(left).max() > 0.24
    assert np.abs(right).max() == 0


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ALAW"])
def test_any_sample_format_plays(tmp_path: Path, subtype: str) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(RATE), RATE, subtype=subtype)
    assert np.abs(opened(tmp_path / "tone.wav").mono() - TONE).max() < 0.02


@pytest.mark.parametrize(("name", "kind"), [("x.flac", "FLAC"), ("x.ogg", "OGG"), ("x.aiff", "AIFF"), ("x.mp3", "MP3")])
def test_what_libsndfile_writes_plays(tmp_path: Path, name: str, kind: str) -> None:
    soundfile.write(tmp_path / name, tone(RATE, 2.0, 2), RATE, format=kind)
    media = opened(tmp_path / name)
    assert media.frames == pytest.approx(2 * RATE, abs=0.06 * RATE)
    assert pitch(media.samples()) == pytest.approx(440, abs=1)


@pytest.mark.parametrize(("name", "codec"), [("x.m4a", "aac"), ("x.mp4", "aac"), ("x.mka", "aac"), ("x.aac", "aac")])
def test_what_only_ffmpeg_reads_plays_too(tmp_path: Path, name: str, codec: str) -> None:
    media = opened(encoded(tmp_path / name, codec, 44_100))
    assert media.frames == pytest.approx(2 * RATE, abs=0.06 * RATE)
    assert pitch(media.samples()) == pytest.approx(440, abs=1)


def test_the_gap_of_an_mp3_encoder_is_trimmed(tmp_path: Path) -> None:
    import lameenc

    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    sound = (TONE * 32767).astype("<i2").tobytes()
    (tmp_path / "bare.mp3").write_bytes(encoder.encode(sound) + encoder.flush())
    heard = opened(tmp_path / "bare.mp3").mono()
    assert np.abs(heard[:480]).max() > 0.1
    assert len(heard) == pytest.approx(RATE, abs=400)


def test_a_folder_is_its_sound_files_in_order_within_a_length_together(tmp_path: Path) -> None:
    inside = tmp_path / "garden"
    inside.mkdir()
    for name, seconds in (("b.flac", 1), ("a.WAV", 9), ("c.ogg", 9)):
        soundfile.write(inside / name, tone(RATE, seconds), RATE)
    (inside / "cover.jpg").write_bytes(b"no sound")
    (inside / "._a.wav").write_bytes(b"no sound")
    found = open_folder("garden/", tmp_path, [], 12 * RATE)
    assert [media.name for media in found] == ["garden/a.WAV", "garden/b.flac", "garden/c.ogg"]
    assert [media.frames / RATE for media in found] == [4, 1, 7]
    assert [media.whole for media in found] == [False, True, False]


def test_a_folder_that_is_no_soundscape_says_why(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "x.wav").write_bytes(b"no sound")
    with pytest.raises(MediaError, match="empty: a folder of 0 sound files"):
        open_folder("empty", tmp_path, [])
    with pytest.raises(MediaError, match=r"broken/x\.wav: no sound file"):
        open_folder("broken", tmp_path, [])
    with pytest.raises(MediaError, match="leads out"):
        open_folder("../empty", tmp_path, [])


def test_reading_a_part_is_a_slice_and_silent_outside(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(RATE), RATE)
    media = opened(tmp_path / "tone.wav")
    assert np.array_equal(media.read(100, 50), media.samples()[100:150])
    around = media.read(-10, 30)
    assert not around[:10].any()
    assert np.array_equal(around[10:], media.samples()[:20])
    assert not media.read(RATE + 5, 7).any()


def test_resampled_stretches_join_without_a_seam(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.flac", tone(44_100, 45.0), 44_100)
    sound = opened(tmp_path / "long.flac").mono()
    expected = 0.25 * np.sin(2 * np.pi * 440 * np.arange(45 * RATE) / RATE)
    assert len(sound) == 45 * RATE
    assert np.abs(sound - expected)[2000:-2000].max() < 1e-4


def test_nan_and_infinity_are_silent_and_noted(tmp_path: Path) -> None:
    sound = tone(RATE)
    sound[100], sound[200], sound[300] = np.nan, np.inf, 1e38
    soundfile.write(tmp_path / "odd.wav", sound, RATE, subtype="FLOAT")
    media = opened(tmp_path / "odd.wav")
    assert np.isfinite(media.samples()).all()
    assert np.abs(media.samples()).max() <= 4.0
    assert media.samples()[100].tolist() == media.samples()[200].tolist() == [0.0, 0.0]
    assert "NaN" in media.notes[0]


def test_a_file_cut_short_says_so(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "whole.flac", tone(RATE, 10.0), RATE)
    content = (tmp_path / "whole.flac").read_bytes()
    (tmp_path / "cut.flac").write_bytes(content[: len(content) // 2])
    media = opened(tmp_path / "cut.flac")
    assert 2 * RATE < media.frames < 8 * RATE
    assert "cut short" in media.notes[0]


def test_a_long_file_is_read_up_to_the_limit_and_says_so(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "long.flac", tone(RATE, 5.0), RATE)
    media = opened(tmp_path / "long.flac", 2 * RATE)
    assert media.frames == 2 * RATE
    assert not media.whole
    assert "only the beginning" in media.notes[0]


def outside(tmp_path: Path) -> Path:
    """A real sound file that no script may reach."""
    folder = tmp_path / "outside"
    folder.mkdir()
    soundfile.write(folder / "secret.wav", tone(RATE), RATE)
    return folder / "secret.wav"


EVIL_NAMES = [
    "", "  ", ".", "..", "../outside/secret.wav", "sub/../../outside/secret.wav", "..\\outside\\secret.wav", "~/x.wav",
    "~root/x.wav", "a\0b.wav", "x\n.wav", "http://127.0.0.1:9/x.wav", "HTTPS://x/y.wav", "file:///etc/passwd",
    "concat:a.wav|b.wav", "data:audio/wav,x", "subfile,,start,0,end,9,,:x.wav", "pipe:0", "tcp://127.0.0.1:9", "/etc/passwd",
    "/dev/zero", "/dev/stdin", "missing.wav", "x" * 5000, "\u202egnp.wav",
]  # fmt: skip


@pytest.mark.parametrize("name", EVIL_NAMES, ids=ascii)
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = outside(tmp_path)
    inside = tmp_path / "inside"
    inside.mkdir()
    seen: list[str] = []
    real_open = os.open

    def watched(path: str, *rest: int) -> int:
        seen.append(os.path.realpath(path))
        return real_open(path, *rest)

    monkeypatch.setattr(os, "open", watched)
    with pytest.raises(MediaError) as caught:
        open_media(name, inside, (inside,))
    assert all(Path(path).is_relative_to(inside) for path in seen)
    assert str(secret) not in str(caught.value)
    assert caught.value.reason
    assert "\0" not in str(caught.value)
    assert "\n" not in str(caught.value)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def socket(path: Path) -> None:
    import socket as sockets

    with sockets.socket(sockets.AF_UNIX) as made:
        made.bind(str(path))


def wav_header(rate: int, channels: int, bits: int = 16) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        frame = channels * bits // 8
        head = (
            b"RIFF"
            + (36 + 4 * frame).to_bytes(4, "little")
            + b"WAVEfmt "
            + (16).to_bytes(4, "little")
            + (1).to_bytes(2, "little")
        )
        head += channels.to_bytes(2, "little") + rate.to_bytes(4, "little") + (rate * frame % 2**32).to_bytes(4, "little")
        head += (frame % 65536).to_bytes(2, "little") + bits.to_bytes(2, "little") + b"data" + (4 * frame).to_bytes(4, "little")
        path.write_bytes(head + bytes(4 * frame))

    return make


EVIL_FILES: dict[str, Callable[[Path], object]] = {
    "fifo": fifo,
    "socket": socket,
    "folder": lambda path: path.mkdir(),
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("This is not sound.\n" * 100),
    "header only": lambda path: path.write_bytes(b"RIFF\x24\0\0\0WAVEfmt "),
    "no frames": lambda path: soundfile.write(path, np.zeros((0, 2)), RATE, format="WAV"),
    "link out": lambda path: path.symlink_to(path.parent.parent / "outside" / "secret.wav"),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "link loop": lambda path: path.symlink_to(path),
    "dead link": lambda path: path.symlink_to("nowhere.wav"),
    "playlist": lambda path: path.write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"),
    "playlist of a neighbour": lambda path: path.write_text(
        "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsound.ts\n#EXT-X-ENDLIST\n"
    ),
    "ffconcat": lambda path: path.write_text("ffconcat version 1.0\nfile '../outside/secret.wav'\n"),
    "dash": lambda path: path.write_text(
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>x</BaseURL></MPD>'
    ),
    "1 Hz": wav_header(1, 1),
    "0 Hz": wav_header(0, 1),
    "768 kHz": wav_header(768_000, 1),
    "4 GHz": wav_header(4_000_000_000, 1),
    "no channels": wav_header(48_000, 0),
    "9 channels": wav_header(48_000, 9),
    "200 channels": wav_header(48_000, 200),
    "65535 channels": wav_header(48_000, 65_535),
    "link to memory": lambda path: path.symlink_to("/proc/self/mem"),
}


@pytest.mark.parametrize("kind", EVIL_FILES)
def test_files_that_are_no_sound_are_refused_in_words(tmp_path: Path, kind: str) -> None:
    outside(tmp_path)
    inside = tmp_path / "inside"
    inside.mkdir()
    EVIL_FILES[kind](inside / "bed.wav")
    with pytest.raises(MediaError) as caught:
        open_media("bed.wav", inside, ())
    assert str(caught.value).startswith("bed.wav: ")
    assert "Traceback" not in str(caught.value)


def test_a_link_that_stays_inside_and_folders_below_are_fine(tmp_path: Path) -> None:
    (tmp_path / "sounds").mkdir()
    soundfile.write(tmp_path / "sounds" / "tone.wav", tone(RATE), RATE)
    (tmp_path / "alias.wav").symlink_to(tmp_path / "sounds" / "tone.wav")
    assert open_media("sounds/tone.wav", tmp_path, ()).frames == RATE
    assert open_media("alias.wav", None, (tmp_path,)).frames == RATE
    assert open_media(str(tmp_path / "alias.wav"), None, (tmp_path,)).frames == RATE


def test_what_is_beside_the_script_comes_before_the_other_folders(tmp_path: Path) -> None:
    for folder, seconds in (("near", 1.0), ("far", 2.0)):
        (tmp_path / folder).mkdir()
        soundfile.write(tmp_path / folder / "x.wav", tone(RATE, seconds), RATE)
    assert open_media("x.wav", tmp_path / "near", (tmp_path / "far",)).frames == RATE


def test_a_file_swapped_for_a_link_after_the_check_is_still_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = outside(tmp_path)
    inside = tmp_path / "inside"
    inside.mkdir()
    soundfile.write(inside / "x.wav", tone(RATE), RATE)
    real_open = os.open

    def swapped(path: str, *rest: int) -> int:
        (inside / "x.wav").unlink()
        (inside / "x.wav").symlink_to(secret)
        return real_open(path, *rest)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(MediaError, match="outside"):
        open_media("x.wav", inside, ())


def test_refusing_leaves_no_file_open(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bed.wav")
    (tmp_path / "text.wav").write_text("no sound")
    soundfile.write(tmp_path / "tone.wav", tone(RATE), RATE)
    before = len(list(Path("/proc/self/fd").iterdir()))
    for name in ("bed.wav", "text.wav", "..", "missing.wav"):
        with pytest.raises(MediaError):
            open_media(name, tmp_path, ())
    open_media("tone.wav", tmp_path, ())
    assert len(list(Path("/proc/self/fd").iterdir())) == before


@pytest.fixture(scope="module")
def good_files(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    folder = tmp_path_factory.mktemp("good")
    for name, kind in (("x.wav", "WAV"), ("x.flac", "FLAC"), ("x.ogg", "OGG"), ("x.mp3", "MP3"), ("x.aiff", "AIFF")):
        soundfile.write(folder / name, tone(RATE, 0.5, 2), RATE, format=kind)
    encoded(folder / "x.m4a", "aac", seconds=0.5)
    return [(path.name, path.read_bytes()) for path in sorted(folder.iterdir())]


def damaged(content: bytes, seed: int) -> bytes:
    """Bits flipped, a stretch overwritten, or the end cut off."""
    random = np.random.default_rng(seed)
    data = bytearray(content)
    if seed % 3 == 0:
        return bytes(data[: int(random.integers(1, len(data)))])
    for _ in range(int(random.integers(1, 12))):
        place = int(random.integers(0, len(data) if seed % 2 else min(256, len(data))))
        data[place : place + int(random.integers(1, 5))] = random.bytes(1)
    return bytes(data)


@pytest.mark.parametrize("seed", range(12))
def test_damaged_files_play_or_are_refused_in_words(tmp_path: Path, good_files: list[tuple[str, bytes]], seed: int) -> None:
    for number, (name, content) in enumerate(good_files):
        (tmp_path / name).write_bytes(damaged(content, 100 * seed + number))
        began = time.monotonic()
        with suppress(MediaError):
            media = open_media(name, tmp_path, ())
            assert media.frames > 0
            assert np.isfinite(media.samples()).all()
            assert np.abs(media.samples()).max() <= 4.0
        assert time.monotonic() - began < HANGING
