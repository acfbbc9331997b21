"""What was made, in numbers that a person or a test can hold it to."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import isfinite

from voiceguide.audio import RATE, clock, decibels
from voiceguide.export.survey import Margin, Survey
from voiceguide.plan.timeline import Cue, Timeline

PASSAGE_KINDS = ("instruction", "question", "reminder", "halfway", "change")
PAUSE_COUNTED = 12 * RATE // 10


@dataclass(frozen=True, slots=True)
class Report:
    """A finished file. Lengths in frames (48 000 a second), loudness in LUFS, margins in LU, the peak in dBTP.

    `reread_frames` is the length found by opening and decoding the file again; `speech_share` is 0..1; None stands for what
    was not there to measure, such as the loudness of speech where nobody speaks."""

    title: str
    kind: str
    frames: int
    reread_frames: int
    speech_share: float
    words: int
    words_per_minute: float | None
    loudness: float | None
    speech_loudness: float | None
    true_peak: float | None
    worst_margin: Margin | None
    margins: tuple[Margin, ...]
    fallbacks: tuple[str, ...]
    dropped: tuple[str, ...]
    notes: tuple[str, ...]

    def to_json(self) -> str:
        """The report as JSON in ASCII, with `rate`, and a line break at the end."""
        return json.dumps({"rate": RATE, **asdict(self)}, indent=2) + "\n"

    def rows(self) -> tuple[tuple[str, str], ...]:
        """The report as a short table for people: (what, value)."""
        worst = self.worst_margin
        return (
            ("length", clock(self.frames)),
            ("speech", f"{self.speech_share:.0%} of the time"),
            ("pace", _shown(self.words_per_minute, "words a minute")),
            ("loudness", _shown(self.loudness, "LUFS")),
            ("speech loudness", _shown(self.speech_loudness, "LUFS")),
            ("true peak", _shown(self.true_peak, "dBTP")),
            ("bed under speech", f"{worst.margin:.1f} LU at least (line {worst.line})" if worst else "no bed"),
            *(("dropped", title) for title in self.dropped),
            *(("fallback", line) for line in self.fallbacks),
            *(("note", line) for line in self.notes),
        )


def report(
    title: str,
    kind: str,
    timeline: Timeline,
    survey: Survey,
    reread_frames: int,
    *,
    fallbacks: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Report:
    """What a survey found out about a session that was written from this timeline."""
    margins = survey.margins(timeline.cues)
    return Report(
        title=title,
        kind=kind,
        frames=timeline.length,
        reread_frames=reread_frames,
        speech_share=round(_spoken_frames(timeline.cues) / max(1, timeline.length), 4),
        words=sum(map(_words, timeline.cues)),
        words_per_minute=_rate(timeline.cues),
        loudness=_measured(survey.loudness),
        speech_loudness=_measured(survey.speech_loudness),
        true_peak=_measured(decibels(survey.true_peak)) if survey.true_peak else None,
        worst_margin=min(margins, key=lambda margin: margin.margin, default=None),
        margins=margins,
        fallbacks=tuple(fallbacks),
        dropped=timeline.dropped,
        notes=(*timeline.notes, *notes),
    )


def _spoken_frames(cues: Sequence[Cue]) -> int:
    """Frames during which anything is said; cues are in order of start."""
    total, reached = 0, 0
    for cue in cues:
        if cue.track == "voice":
            total += max(0, cue.end - max(cue.start, reached))
            reached = max(reached, cue.end)
    return total


def _words(cue: Cue) -> int:
    return sum(any(map(str.isalnum, word)) for word in cue.text.split()) if cue.track == "voice" else 0


def _rate(cues: Sequence[Cue]) -> float | None:
    """Words a minute of the passages: each sentence with the pause after it, of which at most 1.2 s count."""
    spoken = [cue for cue in cues if cue.track == "voice"]
    following = [*(cue.start for cue in spoken), sys.maxsize][1:]
    timed = [
        (_words(cue), min(cue.end + PAUSE_COUNTED, max(cue.end, later)) - cue.start)
        for cue, later in zip(spoken, following, strict=True)
        if cue.kind in PASSAGE_KINDS
    ]
    time = sum(frames for _, frames in timed)
    return round(sum(words for words, _ in timed) / time * 60 * RATE, 1) if time else None


def _measured(value: float) -> float | None:
    return round(value, 2) if isfinite(value) else None


def _shown(value: float | None, unit: str) -> str:
    return "–" if value is None else f"{value:.1f} {unit}"
