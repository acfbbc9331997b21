"""The façade: a routine is opened, planned, heard block by block, or exported.

    session = open_session("first-back-massage", length=frames(12 * 60))
    session.export("massage.mp3")

Opening reads and checks the whole script and shares the minutes; nothing is spoken yet. `plan` voices everything and gives the
timeline; `blocks` is the session as it sounds, the same samples whatever the block size; `export` writes them to a file.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from voiceguide import library
from voiceguide.audio import Block
from voiceguide.errors import Problem, UsageError, VoiceguideError
from voiceguide.opening import opened, read, refuse, settings_for, try_sounds
from voiceguide.plan.audience import Audience, Whom, addressed
from voiceguide.plan.preference import preferring
from voiceguide.plan.schedule import beginning, finish, place, spoken_in
from voiceguide.plan.timeline import Timeline
from voiceguide.script.areas import avoiding
from voiceguide.script.model import Guidance
from voiceguide.settings import Layer
from voiceguide.stage import Progress, Stage

if TYPE_CHECKING:
    from pydub import AudioSegment

    from voiceguide.export.report import Report
    from voiceguide.live.bookmark import Bookmark
    from voiceguide.live.booth import Booth
    from voiceguide.live.player import Player
    from voiceguide.mix.mixer import Mixer, Stems
    from voiceguide.programme import Programme

BLOCK = 65_536


def open_session(
    routine: str | Path,
    *,
    length: int | None = None,
    overrides: Mapping[str, object] | None = None,
    variables: Mapping[str, str] | None = None,
    avoid: Sequence[str] = (),
    sounds: Mapping[str, Any] | None = None,
    soon: bool = False,
) -> "Session":
    """Open a routine by name or path.

    `length` in frames, or None for the routine's own ideal; `overrides` are settings by name; `variables` fill the routine's
    blanks; `avoid` are areas of the body to leave out; `sounds` are recordings by name (pydub AudioSegments or float32 arrays
    at 48 kHz) for `[play ...]` and soundscape. A session that is to be heard `soon` has its voice loaded while its sounds are
    opened.
    Raises UsageError, ScriptErrors, or CannotFit with the shortest and longest possible."""
    source = library.read_routine(routine)
    problems: list[Problem] = []
    script = read(source, problems)
    try:
        settings = settings_for(script, Layer("command line", dict(overrides or {})))
    except UsageError as error:
        refuse(problems, [error])
        raise
    if problems:
        broken = Stage(script, settings, source.folder, sounds or {})
        refuse((*problems, *broken.faults(script.sections)), broken.unmet())
    script, left_out = avoiding(script, avoid)
    stage = Stage(preferring(script, settings.pressure), settings, source.folder, sounds or {})
    return Session(stage, length, variables or {}, source.text, left_out, soon=soon)


class Session:
    """One routine at one length in one voice. Use it as a context manager, or call `close`, to end its voice workers."""

    def __init__(
        self,
        stage: Stage,
        length: int | None,
        variables: Mapping[str, str],
        text: str | bytes = "",
        avoided: tuple[str, ...] = (),
        *,
        soon: bool = False,
    ) -> None:
        self.stage, self.script, self.settings, self.text = stage, stage.script, stage.settings, text
        self.avoided = avoided
        self.opening = opened(stage, length, variables)
        if soon:
            stage.warm(spoken_in(self.opening.budget, 0))
        try:
            try_sounds(stage, self.opening.sections)
        except VoiceguideError:
            stage.close()
            raise
        self._timeline: Timeline | None = None

    @property
    def title(self) -> str:
        """The routine's title."""
        return self.script.front.title

    @property
    def length(self) -> int:
        """The promised length in frames."""
        return self.opening.budget.length

    @property
    def audience(self) -> Audience:
        """Who hears it, and how much they are asked."""
        chosen = self.settings
        return Audience(cast(Whom, chosen.for_whom), chosen.sleepy, chosen.quiet)

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the voice workers; the session can still be used and starts new ones when it needs them."""
        self.stage.close()

    def plan(self, progress: Progress | None = None) -> Timeline:
        """The whole timeline; what is not yet voiced is voiced now, on all cores. `progress` gets ("voicing", done, total)."""
        if self._timeline is None:
            booked = self.opening.budget
            spoken = [s for number in range(len(booked.bookings)) for s in spoken_in(booked, number)]
            self.stage.voice(spoken, progress)
            *_, self._timeline = self.timelines()
        return self._timeline

    def outline(self) -> Timeline:
        """The timeline as it is expected to be, from estimated lengths: nothing is voiced."""
        booked, lengths = self.opening.budget, self.stage.estimated
        timeline = beginning(booked, self.stage.first_bed, sleep=self.settings.sleep)
        for number in range(len(booked.bookings)):
            timeline = place(booked, timeline, number, lengths)
        return addressed(finish(booked, timeline, lengths), self.audience)

    def timelines(self) -> Iterator[Timeline]:
        """The timeline as it grows, section by section; the last one is whole."""
        booked, lengths = self.opening.budget, self.stage.real
        timeline = beginning(booked, self.stage.first_bed, sleep=self.settings.sleep)
        for number in range(len(booked.bookings)):
            self.stage.voice(spoken_in(booked, number), None)
            timeline = place(booked, timeline, number, lengths)
            yield addressed(timeline, self.audience)
        yield addressed(finish(booked, timeline, lengths), self.audience)

    def mixer(self) -> "Mixer":
        """What turns a timeline into sound, any piece of it at any time."""
        return self.stage.mixer()

    def blocks(self, frames: int = BLOCK, listen: "Callable[[Stems], None] | None" = None) -> Iterator[Block]:
        """The mastered session in blocks of at most `frames`, (n, 2) float32 at 48 kHz.

        The samples do not depend on the block size. Sections are voiced as they are reached unless `plan` was called before.
        `listen` hears each piece in parts before it is mastered."""
        from voiceguide.mix.stream import mastered

        return mastered(self.mixer(), [self._timeline] if self._timeline else self.timelines(), frames, listen)

    @property
    def fallbacks(self) -> tuple[str, ...]:
        """Sentences that another voice spoke, and why."""
        return self.stage.fallbacks

    @property
    def notes(self) -> tuple[str, ...]:
        """What could not be as asked for or usual, and what voices and soundscapes had to say about their work."""
        return (*self._told, *self.stage.notes)

    @property
    def _told(self) -> tuple[str, ...]:
        """What was left out to avoid a part of the body, and a length that could not be had."""
        left_out = f"left out to avoid what you named: {', '.join(self.avoided)}" if self.avoided else ""
        return tuple(filter(None, (left_out, self.opening.told)))

    def export(
        self,
        path: str | Path,
        *,
        force: bool = False,
        progress: Progress | None = None,
        block_frames: int = BLOCK,
        cover: str | Path | None = None,
    ) -> "Report":
        """Write the session to a WAV, FLAC or MP3 file, by its suffix, and report on it; `cover` is a PNG or JPEG file.

        Nothing is left of a file that was not finished. Raises OutputError; an existing file needs `force`."""
        from voiceguide.export.save import export_session
        from voiceguide.files import check_apart

        picture = Path(cover) if cover else None
        check_apart(Path(path), (*self.stage.files, *([picture] if picture else [])))
        return export_session(self, Path(path), force=force, progress=progress, block_frames=block_frames, cover=picture)

    def programme(self) -> "Programme":
        """What is played live, section by section."""
        from voiceguide.programme import Programme

        return Programme(self.stage, self.opening.budget)

    def player(
        self,
        booth: "Booth",
        *,
        delay: int | None = 0,
        repeats: int = 0,
        promised: int | None = None,
        bookmark: "Bookmark | None" = None,
    ) -> "Player":
        """What plays this session through a started audio process; `run` it, and give it commands meanwhile.

        It begins after `delay` frames, or when it is told to play where that is None; it is heard `repeats` times more. Its end
        is kept `promised` frames of real time from now, by fitting anew whatever is still to come. With a `bookmark` of this
        session it begins two seconds before that place, once everything up to there is voiced, as loud, mixed and guided as it
        was, and is heard as often as it still was to be."""
        from voiceguide.live.player import Player
        from voiceguide.live.state import Holds, Transport

        programme = self.programme()
        timeline, placed, position = programme.begun_at(bookmark)
        waits: Holds = () if delay == 0 else (("ready", 0),)
        begun = Transport(
            timeline,
            position,
            holds=waits,
            opens=delay or None,
            mix=self.settings.mix,
            guidance=cast(Guidance, self.settings.guidance),
            audience=self.audience,
            repeats=repeats,
        )
        if bookmark:
            from voiceguide.live.bookmark import taken_up

            begun = taken_up(begun, bookmark)
        player = Player(programme, booth, begun, placed=placed, promised=promised)
        for line in self._told:
            player.note(line)
        return player

    def to_audio_segment(self) -> "AudioSegment":
        """The session as a pydub AudioSegment, 16 bit; needs the extra `voiceguide[pydub]`. Holds it all in memory."""
        from voiceguide.interop import to_audio_segment

        return to_audio_segment(self.blocks())
