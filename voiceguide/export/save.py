"""A session into a file: blocks through a sink, then tags and chapters, then read again; whole or not at all."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, cast, get_args

import numpy as np

from voiceguide.audio import Block, seconds
from voiceguide.check.sound import Sound, listened
from voiceguide.errors import UsageError, VoiceguideError
from voiceguide.export import flac, id3, mp3, wav
from voiceguide.export.cover import draw, read
from voiceguide.export.report import Report, report
from voiceguide.export.reread import reread
from voiceguide.export.sink import Sink
from voiceguide.export.survey import Survey
from voiceguide.export.tags import Mark, Tags, clean, marks
from voiceguide.files import atomic_write, check_target
from voiceguide.mix.mixer import Stems
from voiceguide.plan.timeline import Chapter, Timeline
from voiceguide.settings import Settings

Kind = Literal["wav", "flac", "mp3"]
BITS = (16, 24)
AHEAD = 2

TAG_WRITERS: dict[Kind, Callable[[BinaryIO, Tags, Sequence[Mark]], None]] = {
    "wav": wav.write_tags,
    "flac": flac.write_tags,
    "mp3": id3.write_tags,
}


class Performance(Protocol):
    """What can be exported: voiceguide.session.Session, which says more about each."""

    @property
    def settings(self) -> Settings: ...  # noqa: D102

    @property
    def title(self) -> str: ...  # noqa: D102

    @property
    def fallbacks(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def notes(self) -> tuple[str, ...]: ...  # noqa: D102

    def plan(self, progress: Callable[[str, float, float], None] | None = None) -> Timeline: ...  # noqa: D102

    def blocks(self, frames: int, listen: Callable[[Stems], None] | None = None) -> Iterator[Block]: ...  # noqa: D102


def kind_of(path: Path) -> Kind:
    """The kind of file a name asks for by its suffix. Raises UsageError."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in get_args(Kind):
        raise UsageError(f"{path}: the name must end in .mp3, .wav or .flac, which says what kind of file it is to be")
    return cast(Kind, suffix)


def export_session(
    session: Performance,
    path: Path,
    *,
    force: bool = False,
    progress: Callable[[str, float, float], None] | None = None,
    block_frames: int = 65_536,
    cover: Path | None = None,
) -> Report:
    """Write a session to a file and report on it; `cover` is a PNG or JPEG file for the cover, else one is drawn.

    Everything that can be refused is refused before anything is spoken: UsageError, MediaError, OutputError.
    """
    kind = kind_of(path)
    check_target(path, force=force)
    picture = draw(session.title) if cover is None else read(cover)
    timeline = session.plan(progress)
    survey, settings = Survey(), session.settings
    found = save(
        survey.heard(session.blocks(block_frames, survey.hear)),
        path,
        kind=kind,
        frames=timeline.length,
        tags=Tags(session.title, picture, artist=settings.artist, album=session.title),
        chapters=lambda: timeline.chapters,
        bits=settings.bits,
        bitrate=settings.bitrate,
        force=force,
        progress=None if progress is None else lambda done, total: progress("mixing", seconds(done), seconds(total)),
    )
    made = report(session.title, kind, timeline, survey, found, fallbacks=session.fallbacks, notes=session.notes)
    return replace(made, notes=(*made.notes, *listened(_as_heard(made, timeline, session.settings.mix))))


def _as_heard(made: Report, timeline: Timeline, mix: str) -> Sound:
    """What the rules about sound look at."""
    worst = made.worst_margin
    last = max((cue.end for cue in timeline.cues if cue.track == "voice"), default=None)
    return Sound(
        mix=mix,
        speech=made.speech_loudness,
        peak=made.true_peak,
        margin=worst.margin if worst else None,
        line=worst.line if worst else 0,
        fade=timeline.ending,
        after_words=None if last is None else timeline.length - last,
    )


def save(
    blocks: Iterable[Block],
    path: Path,
    *,
    kind: Kind,
    frames: int,
    tags: Tags,
    chapters: Callable[[], Sequence[Chapter]],
    bits: int = 16,
    bitrate: int = 128,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write `frames` frames of blocks, (n, 2) float32 at 48 kHz, and give the length found by reading the file again.

    `chapters` is asked after the last block. `bits` (16, 24) is for WAV and FLAC, `bitrate` (kbit/s) for MP3. `progress` gets
    frames done and all frames. Raises OutputError when the disk refuses, VoiceguideError when the blocks or the finished file
    are not what was promised; then nothing is left of it.
    """
    with atomic_write(path, force=force) as file:
        peak = _pour(blocks, open_sink(kind, file, frames, bits=bits, bitrate=bitrate), frames, progress)
        TAG_WRITERS[kind](file, clean(tags), marks(chapters()))
        return reread(file, frames, peak)


def open_sink(kind: Kind, file: BinaryIO, frames: int, *, bits: int = 16, bitrate: int = 128) -> Sink:
    """A sink of this kind on a file open for reading and writing. Raises UsageError for bits or a bit rate there is not."""
    if bits not in BITS:
        raise UsageError(f"{bits} bits: WAV and FLAC files have 16 or 24 bits")
    if bitrate not in mp3.BITRATES:
        raise UsageError(f"{bitrate} kbit/s: an MP3 file has one of {', '.join(map(str, mp3.BITRATES))}")
    if kind == "wav":
        return wav.Wav(file, frames, bits)
    return flac.Flac(file, bits) if kind == "flac" else mp3.Mp3(file, frames, bitrate)


def _pour(blocks: Iterable[Block], sink: Sink, frames: int, progress: Callable[[int, int], None] | None) -> float:
    """Every block into the sink, which codes one while the next is mixed; gives the largest sample."""
    done, peak = 0, 0.0
    with ThreadPoolExecutor(1) as coder:
        writing: deque[Future[None]] = deque()
        for block in blocks:
            writing.append(coder.submit(sink.write, block))
            while len(writing) > AHEAD:
                writing.popleft().result()
            done += len(block)
            peak = max(peak, float(np.abs(block).max(initial=0.0)))
            if progress:
                progress(done, frames)
        for each in writing:
            each.result()
    if done != frames:
        raise VoiceguideError(f"the session gave {done} frames where {frames} were promised; nothing was kept")
    sink.close()
    return peak
