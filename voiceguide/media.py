"""Sound files from outside: the one place that opens them, and brings any to 48 kHz stereo.

Where a script's files may lie says `inside`; they are opened by descriptor, so that what was checked is what is read.
libsndfile reads what it can; FFmpeg (PyAV) gets the rest through the same descriptor, with its protocols and its formats that
open further files shut off. Decoders meet damaged files with every kind of exception, hence the two places that catch them all;
whatever happens is a MediaError.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from voiceguide.audio import RATE, Block, Mono, empty
from voiceguide.errors import MediaError
from voiceguide.inside import check_inside, find_file, folders_of, open_regular
from voiceguide.resample import FASTEST, SLOWEST, resample

LONGEST = 600 * RATE
"""Frames of one file that are held in memory unless the caller asks for less: ten minutes."""

MOST_CHANNELS = 8
LOUDEST = 4.0
SHORT = 0.95
STRETCH = 20
GAP, QUIET = 2_400, 0.005
"""Frames at the file's own rate that an encoder adds at an end, at most, and how soft they are against the loudest."""

MOST_FILES = 200
SUFFIX = re.compile(r"\.(aac|aiff?|au|caf|flac|m4a|mka|mp[34]|og[ag]|opus|w64|wav|webm|wma)", re.IGNORECASE)
"""What counts as a sound file in a folder."""

FORMATS = "wav,w64,aiff,flac,mp3,ogg,mov,mp4,m4a,aac,matroska,webm,caf,au,asf"

SPEAKERS = {1: "B", 2: "LR", 3: "LRB", 4: "LRLR", 5: "LRBLR", 6: "LRB-LR", 7: "LRB-BLR", 8: "LRB-LRLR"}
"""To which side each channel goes by their number: left, right, both, or nowhere (the bass of a cinema)."""

Frames = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Media:
    """A decoded sound at 48 kHz. `notes` say what was not as it should be; `whole` is False when it was cut at the limit."""

    name: str
    sound: Block
    notes: tuple[str, ...] = ()
    whole: bool = True

    @property
    def frames(self) -> int:
        """Length in frames."""
        return len(self.sound)

    def samples(self) -> Block:
        """Everything, shape (frames, 2)."""
        return self.sound

    def mono(self) -> Mono:
        """Everything as the mean of both sides, shape (frames,)."""
        return np.asarray(self.sound.mean(axis=1), np.float32)

    def read(self, start: int, frames: int) -> Block:
        """Frames [start, start + frames), silent where there is no sound."""
        block = empty(frames)
        first, last = max(start, 0), min(start + frames, self.frames)
        if first < last:
            block[first - start : last - start] = self.sound[first:last]
        return block


def open_media(name: str, beside: Path | None, roots: Sequence[Path], most: int = LONGEST) -> Media:
    """The sound file that a script calls `name`, looked for in the folder `beside`, then in `roots`; its first `most` frames.

    Only files below `beside` or one of `roots`, links followed, may be read. Raises MediaError for everything else and for
    what is no sound.
    """
    path, folders = find_file(name, beside, roots), folders_of(beside, roots)
    with open_regular(path, name) as file:
        check_inside(name, Path(f"/proc/self/fd/{file.fileno()}"), folders)
        return _decoded(name, file, most)


def open_folder(name: str, beside: Path | None, roots: Sequence[Path], most: int = LONGEST) -> tuple[Media, ...]:
    """The sound files in the folder that a script calls `name`, in order of their names, `most` frames together.

    Files that are short leave their share to those after them. Raises MediaError for a file that cannot be used, as
    `open_media` does, and for a folder without sound files.
    """
    inside = sorted(path.name for path in find_file(name, beside, roots).iterdir())
    files = [file for file in inside if SUFFIX.fullmatch(Path(file).suffix) and not file.startswith(".")]
    if not 0 < len(files) <= MOST_FILES:
        raise MediaError(name, f"a folder of {len(files)} sound files; it needs 1 to {MOST_FILES}")
    opened: list[Media] = []
    for left, file in zip(range(len(files), 0, -1), files, strict=True):
        share = (most - sum(media.frames for media in opened)) // left
        opened.append(open_media(f"{name.rstrip('/')}/{file}", beside, roots, share))
    return tuple(opened)


@dataclass(frozen=True, slots=True)
class _Reader:
    """What a decoder found: `frames` promised at `rate` (0: not said), sound as (n, channels), and whether the format leaves
    gaps of an encoder at its ends."""

    rate: int
    frames: int
    blocks: Iterator[Frames]
    gaps: bool


def _decoded(name: str, file: BinaryIO, most: int) -> Media:
    reader = _from_libsndfile(name, file) or _from_ffmpeg(name, file)
    notes: list[str] = []
    sound, whole = _joined(_at_48k(_stereo(reader.blocks, notes), reader.rate), most)
    promised = -(-reader.frames * RATE // reader.rate)
    if not len(sound):
        raise MediaError(name, "holds no sound")
    if not whole:
        notes.append(f"longer than {most / RATE / 60:g} min; only the beginning is used")
    elif len(sound) < SHORT * promised:
        notes.append(f"damaged or cut short: only {100 * len(sound) // promised} % of the length it promises can be read")
    gap = GAP * RATE // reader.rate
    return Media(name, _without_gaps(sound[: promised or None], gap) if reader.gaps else sound, tuple(notes), whole)


def _from_libsndfile(name: str, file: BinaryIO) -> _Reader | None:
    """What libsndfile reads of a file, None when it does not know the format."""
    import soundfile

    try:
        opened = soundfile.SoundFile(file.fileno(), closefd=False)
    except Exception:
        return None
    _check_sense(name, opened.samplerate, opened.channels)
    return _Reader(opened.samplerate, max(0, opened.frames), _blocks(opened), opened.format == "MP3")


def _blocks(opened: Any) -> Iterator[Frames]:
    """A second at a time, as far as it can be read."""
    try:
        while len(block := opened.read(opened.samplerate, "float32", always_2d=True)):
            yield block
    except Exception:
        return
    finally:
        opened.close()


def _from_ffmpeg(name: str, file: BinaryIO) -> _Reader:
    """What FFmpeg reads of a file. It is given the open file and may open no other."""
    import av

    file.seek(0)
    try:
        options = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
        container = av.open(file, "r", options=options, metadata_errors="ignore")
        stream = container.streams.audio[0]
        rate, channels = stream.rate, stream.channels
        promised = int(stream.duration * stream.time_base * rate) if stream.duration and stream.time_base else 0
    except Exception as error:
        raise MediaError(name, "no sound file that can be read (WAV, FLAC, MP3, Ogg, AIFF, M4A)") from error
    _check_sense(name, rate, channels)
    return _Reader(rate, max(0, promised), _frames(container, stream), True)


def _frames(container: Any, stream: Any) -> Iterator[Frames]:
    """Frame by frame, as far as it can be decoded."""
    import av

    try:
        resampler = av.AudioResampler(format="fltp")
        for packet in container.demux(stream):
            for frame in packet.decode():
                yield from (part.to_ndarray().T.astype(np.float32) for part in resampler.resample(frame))
    except Exception:
        return
    finally:
        container.close()


def _check_sense(name: str, rate: int, channels: int) -> None:
    if not SLOWEST <= rate <= FASTEST:
        raise MediaError(name, f"a sampling rate of {rate} Hz; {SLOWEST // 1000} to {FASTEST // 1000} kHz can be played")
    if not 1 <= channels <= MOST_CHANNELS:
        raise MediaError(name, f"{channels} channels; 1 to {MOST_CHANNELS} can be played")


def _stereo(blocks: Iterator[Frames], notes: list[str]) -> Iterator[Frames]:
    """Left and right of each block, with what is no number taken out; a note says so once."""
    for block in blocks:
        matrix = _downmix(block.shape[1])
        if not np.isfinite(block).all():
            block = np.nan_to_num(block, nan=0.0, posinf=0.0, neginf=0.0)
            notes[:] = ["holds values that are no sound (NaN or infinity); they are silent"]
        yield np.clip(block, -LOUDEST, LOUDEST) @ matrix


def _downmix(channels: int) -> Frames:
    """Weights of each channel on left and right; a channel in the middle goes to both, at -3 dB when others are there."""
    speakers = SPEAKERS[channels]
    middle = 1.0 if channels == 1 else 0.7071
    weights = {"L": (1.0, 0.0), "R": (0.0, 1.0), "B": (middle, middle), "-": (0.0, 0.0)}
    matrix = np.array([weights[speaker] for speaker in speakers], np.float32)
    matrix /= matrix.sum(axis=0).max()
    return matrix


def _at_48k(blocks: Iterator[Frames], rate: int) -> Iterator[Frames]:
    """Stretches of `STRETCH` seconds, resampled with a second of neighbours on both sides, so that the seams are exact."""
    if rate == RATE:
        yield from blocks
        return
    held = np.zeros((rate, 2), np.float32)
    for block in blocks:
        held = np.concatenate([held, block])
        if len(held) >= (STRETCH + 2) * rate:
            yield resample(held[: (STRETCH + 2) * rate], rate)[RATE : (STRETCH + 1) * RATE]
            held = held[STRETCH * rate :]
    yield resample(held, rate)[RATE:]


def _joined(pieces: Iterator[Frames], most: int) -> tuple[Block, bool]:
    """One block of at most `most` frames, and whether that was everything. Pieces are let go one by one."""
    kept: list[Frames] = []
    total = 0
    for piece in pieces:
        kept.append(piece)
        total += len(piece)
        if total > most:
            break
    sound, at = empty(min(total, most)), 0
    for number, piece in enumerate(kept):
        part = piece[: len(sound) - at]
        sound[at : at + len(part)] = part
        at, kept[number] = at + len(part), part[:0].copy()
    return sound, total <= most


def _without_gaps(sound: Block, gap: int) -> Block:
    """Without the moments of near silence, against the rest, that lossy encoders add at both ends: `gap` frames at most."""
    height = np.abs(sound).max(axis=1)
    loud = np.flatnonzero(height >= QUIET * height.max())
    return sound[min(int(loud[0]), gap) : max(int(loud[-1]) + 1, len(sound) - gap)]
