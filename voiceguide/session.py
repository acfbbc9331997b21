"""The façade: a routine is opened, planned, heard block by block, or exported.

    session = open_session("first-back-massage", length=frames(12 * 60))
    session.export("massage.mp3")

Opening reads and checks the whole script and shares the minutes; nothing is spoken yet. `plan` voices everything and gives the
timeline; `blocks` is the session as it sounds, the same samples whatever the block size; `export` writes them to a file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from voiceguide import library
from voiceguide.audio import RATE, Block, seconds
from voiceguide.errors import MediaError, Problem, RecipeError, ScriptErrors, UsageError, VoiceguideError
from voiceguide.plan.budget import Budget, budget, natural_length
from voiceguide.plan.schedule import beginning, finish, place, spoken_in
from voiceguide.plan.timeline import Bed, Timeline
from voiceguide.script.includes import expand
from voiceguide.script.model import Script, Section
from voiceguide.script.parser import parse
from voiceguide.script.unfold import unfold
from voiceguide.settings import Layer, config_layer, settle
from voiceguide.stage import Stage

if TYPE_CHECKING:
    from pydub import AudioSegment

    from voiceguide.export.report import Report
    from voiceguide.live.bookmark import Bookmark
    from voiceguide.live.booth import Booth
    from voiceguide.live.player import Player
    from voiceguide.mix.mixer import Mixer, Stems
    from voiceguide.programme import Programme

Progress = Callable[[str, float, float], None]

BLOCK = 65_536
BED_FADE = 3 * RATE
NO_BED = "off"


def open_session(
    routine: str | Path,
    *,
    length: int | None = None,
    overrides: Mapping[str, object] | None = None,
    variables: Mapping[str, str] | None = None,
    sounds: Mapping[str, Any] | None = None,
    soon: bool = False,
) -> "Session":
    """Open a routine by name or path.

    `length` in frames, or None for the routine's own ideal; `overrides` are settings by name; `variables` fill the routine's
    blanks; `sounds` are recordings by name (pydub AudioSegments or float32 arrays at 48 kHz) for `[play ...]` and soundscape.
    A session that is to be heard `soon` has its voice loaded while its sounds are opened.
    Raises UsageError, ScriptErrors, or CannotFit with the shortest and longest possible."""
    source = library.read_routine(routine)
    script = expand(parse(source.text, source.name), library.include)
    settings = settle(config_layer(), _front_layer(script), Layer("command line", dict(overrides or {})))
    return Session(Stage(script, settings, source.folder, sounds or {}), length, variables or {}, source.text, soon=soon)


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would stop a routine from being played, and the sessions of it that can be had, each with its position: at its
    ideal, least and most minutes, and in every position it offers. `script` is None where it could not be read."""

    problems: tuple[Problem, ...]
    script: Script | None = None
    sessions: "tuple[tuple[str, Session], ...]" = ()


def rehearse(routine: str | Path | library.Source) -> Rehearsal:
    """A routine without speaking: its mistakes, the soundscapes, voices and recordings it names, and whether it can have its
    least, ideal and most minutes. Blanks without a default are filled in.

    Raises UsageError when there is no such routine."""
    source = routine if isinstance(routine, library.Source) else library.read_routine(routine)
    try:
        script = expand(parse(source.text, source.name), library.include)
    except ScriptErrors as error:
        return Rehearsal(error.problems)
    try:
        stage = Stage(script, settle(config_layer(), _front_layer(script)), source.folder, {})
    except UsageError as error:
        return Rehearsal((_at_front(script, error),), script)
    found = dict.fromkeys(stage.faults(script.sections, _first_bed(stage)))
    sessions: list[tuple[str, Session]] = []
    for length, values in _wishes(script):
        try:
            sessions.append((values.get("position", ""), Session(stage, length, values)))
        except ScriptErrors as error:
            found |= dict.fromkeys(error.problems)
        except VoiceguideError as error:
            found[_at_front(script, error)] = None
    return Rehearsal(tuple(found), script, tuple(sessions))


def _wishes(script: Script) -> Iterator[tuple[int | None, dict[str, str]]]:
    """Lengths and blanks to try: all lengths in the usual position, the ideal one in the others."""
    front = script.front
    blanks = {one.name: (one.choices or (one.name,))[0] for one in front.variables if one.default is None}
    lengths = (front.minutes.ideal, front.minutes.least, front.minutes.most) if front.minutes else (None,)
    usual, *others = [{**blanks, "position": position} for position in front.position] or [blanks]
    yield from ((length, usual) for length in dict.fromkeys(lengths))
    yield from ((lengths[0], values) for values in others)


def _at_front(script: Script, error: VoiceguideError) -> Problem:
    """A fault of what the front matter asks for, placed at its title."""
    at = script.front.at
    return Problem(at.file, at.line, at.column, str(error))


def _front_layer(script: Script) -> Layer:
    """What the front matter says about settings; its soundscape is the routine's own and not a setting."""
    front = script.front
    said = {"voice": front.voice, "pace": front.pace, "guidance": front.guidance, "taper": front.taper or None}
    if not front.taper:
        said["taper"] = False
    return Layer(script.source, said)


@dataclass(frozen=True, slots=True)
class Opening:
    """What a session starts from: its sections, their shared minutes and the first bed."""

    sections: tuple[Section, ...]
    budget: Budget
    bed: Bed


class Session:
    """One routine at one length in one voice. Use it as a context manager, or call `close`, to end its voice workers."""

    def __init__(
        self, stage: Stage, length: int | None, variables: Mapping[str, str], text: str | bytes = "", *, soon: bool = False
    ) -> None:
        self.stage, self.script, self.settings, self.text = stage, stage.script, stage.settings, text
        self.opening = self._open(length, variables)
        if soon:
            stage.warm(spoken_in(self.opening.budget, 0))
        try:
            self._try_sounds(self.opening)
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
        timeline = beginning(booked, self.opening.bed, sleep=self.settings.sleep)
        for number in range(len(booked.bookings)):
            timeline = place(booked, timeline, number, lengths)
        return finish(booked, timeline, lengths)

    def timelines(self) -> Iterator[Timeline]:
        """The timeline as it grows, section by section; the last one is whole."""
        booked, lengths = self.opening.budget, self.stage.real
        timeline = beginning(booked, self.opening.bed, sleep=self.settings.sleep)
        for number in range(len(booked.bookings)):
            self.stage.voice(spoken_in(booked, number), None)
            timeline = place(booked, timeline, number, lengths)
            yield timeline
        yield finish(booked, timeline, lengths)

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
        """What voices and soundscapes had to say about their work."""
        return self.stage.notes

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

        return Programme(self.stage, self.opening.budget, self.opening.bed)

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
        session it begins two seconds before that place, once everything up to there is voiced."""
        from voiceguide.live.commands import Guidance
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
            repeats=repeats,
        )
        return Player(programme, booth, begun, placed=placed, promised=promised)

    def to_audio_segment(self) -> "AudioSegment":
        """The session as a pydub AudioSegment, 16 bit; needs the extra `voiceguide[pydub]`. Holds it all in memory."""
        from voiceguide.interop import to_audio_segment

        return to_audio_segment(self.blocks())

    def _open(self, length: int | None, variables: Mapping[str, str]) -> Opening:
        front, lengths = self.script.front, self.stage.estimated
        if length is None and front.minutes is not None:
            length = front.minutes.ideal
        sections, bed = unfold(self.script, variables, seconds(length or 0) / 60), _first_bed(self.stage)
        if length is None:
            length = natural_length(sections, lengths, taper=self.settings.taper, guidance=self.settings.guidance)
            sections = unfold(self.script, variables, seconds(length) / 60)
        shared = budget(self.title, sections, length, lengths, taper=self.settings.taper, guidance=self.settings.guidance)
        return Opening(sections, shared, bed)

    def _try_sounds(self, opening: Opening) -> None:
        """Open every sound the session will use, so that what is wrong is told before anything is spoken."""
        if problems := self.stage.faults(opening.sections, opening.bed):
            raise ScriptErrors(problems)
        if self.settings.mix == NO_BED:
            return
        try:
            self.stage.scene(opening.bed)
        except (UsageError, RecipeError, MediaError) as error:
            if self.settings.soundscape is None:
                raise ScriptErrors([_at_front(self.script, error)]) from error
            raise


def _first_bed(stage: Stage) -> Bed:
    asked, own = stage.settings.soundscape, stage.script.front.soundscape
    if asked is not None:
        return Bed(0, BED_FADE, None if asked == NO_BED else asked)
    if own is None or own.use is None:
        return Bed(0, BED_FADE, None)
    return Bed(0, BED_FADE, own.use, own.controls, own.level, own.breathes)
