"""The sheet a section is written on: cues, marks and bed changes as they are placed, named once at the end."""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePath

from voiceguide.plan.timeline import Bed, Breath, Chapter, Content, Cue, Played, Signal, Spoken, Stretch, Track
from voiceguide.plan.words import Manner
from voiceguide.script.model import Place, Recording, Say

TRACKS: dict[type, Track] = {Spoken: "voice", Played: "voice", Breath: "breath", Signal: "signal"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A cue before it has a name."""

    start: int
    end: int
    kind: str
    text: str
    content: Content
    at: Place


@dataclass(slots=True)
class Sheet:
    """What is placed so far in one section; `manner` says how it is spoken."""

    manner: Manner
    bed: Bed
    entries: list[Entry] = field(default_factory=list)
    steps: list[Chapter] = field(default_factory=list)
    beds: list[Bed] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def say(self, say: Say, start: int, kind: str) -> int:
        """Speak a line from `start`; gives the frame after its last."""
        end = start + self.manner.speech(say)
        self.entries.append(Entry(start, end, kind, say.text, self.manner.spoken(say), say.at))
        return end

    def play(self, step: Recording, start: int) -> int:
        """Play a recorded cue from `start`; gives the frame after its last."""
        end = start + self.manner.lengths.recording(step)
        self.entries.append(Entry(start, end, "recording", f"[{step.file}]", Played(step.file, step.at, step.to), step.at))
        return end

    def signal(self, name: str, start: int, kind: str, at: Place) -> None:
        """A bell or a tick at `start`."""
        end = start + self.manner.lengths.signal(name)
        self.entries.append(Entry(start, end, kind, f"[{name}]", Signal(name), at))

    def breath(self, content: Breath, start: int, end: int, at: Place) -> None:
        """One phase of the breath tone."""
        self.entries.append(Entry(start, end, "breath", f"[{content.phase}]", content, at))

    def change_bed(self, bed: Bed) -> None:
        """From here on the bed is another."""
        self.bed = bed
        self.beds.append(bed)

    def note(self, at: Place, words: str) -> None:
        """Something the report should say."""
        self.notes.append(f"{at.file}:{at.line}: {words}")

    def speech(self) -> list[Entry]:
        """What is said so far, in order."""
        return sorted((e for e in self.entries if TRACKS[type(e.content)] == "voice"), key=lambda e: e.start)

    def cues(self, title: str, section: int) -> tuple[Cue, ...]:
        """The entries as named cues."""
        seen: Counter[str] = Counter()
        cues = []
        for entry in sorted(self.entries, key=lambda e: (e.start, e.end, e.kind, e.text)):
            voice = entry.content.say.voice or "" if isinstance(entry.content, Spoken) else ""
            name = "\n".join((PurePath(entry.at.file).name, title, entry.kind, voice, entry.text))
            seen[name] += 1
            key = sha256(f"{name}\n{seen[name]}".encode(errors="surrogateescape")).hexdigest()[:12]
            track = TRACKS[type(entry.content)]
            cues.append(Cue(key, entry.start, entry.end, track, entry.kind, entry.text, entry.content, section, entry.at.line))
        return tuple(cues)
