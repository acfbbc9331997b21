"""What is played live: sections voiced one by one and placed on the timeline that is being heard, however it was changed.

It is planned with every word, whatever the guidance: how much of it is heard can change at any time. `voice` is slow and runs
in a thread of its own; everything else is quick and belongs to the thread that owns the timeline. A sentence that no voice can
say becomes a soft bell as long as the words would have been; the screen shows them.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from voiceguide.ambience.signals import ringing
from voiceguide.audio import Mono
from voiceguide.errors import ScriptErrors, VoiceError
from voiceguide.live.commands import Ask, Enough
from voiceguide.mix.tides import tides
from voiceguide.plan import calm, repeat, schedule
from voiceguide.plan.budget import Budget
from voiceguide.plan.refit import ended, refit
from voiceguide.plan.timeline import Bed, Content, Played, Spoken, Timeline
from voiceguide.plan.words import Lengths
from voiceguide.script import model
from voiceguide.script.model import Recording
from voiceguide.script.walk import steps_of
from voiceguide.stage import OFF, Stage

if TYPE_CHECKING:
    from voiceguide.live.bookmark import Bookmark
    from voiceguide.sound.aim import Setting

BELL = "soft"


class Programme:
    """A session to be played live, on this stage, with these minutes."""

    def __init__(self, stage: Stage, booked: Budget) -> None:
        every_word = (replace(each, manner=replace(each.manner, guidance="full")) for each in booked.bookings)
        self._stage, self._booked = stage, replace(booked, bookings=tuple(every_word))
        self.unsaid: dict[Spoken, str] = {}
        self.lengths: Lengths = _Lengths(self, stage)
        stage.warm(schedule.spoken_in(self._booked, 0))

    @property
    def title(self) -> str:
        """The routine's title."""
        return self._booked.title

    @property
    def sections(self) -> int:
        """How many sections there are to voice."""
        return len(self._booked.bookings)

    @property
    def notes(self) -> tuple[str, ...]:
        """What voices and soundscapes had to say, and what could not be said."""
        return (*self._stage.fallbacks, *self._stage.notes, *self.unsaid.values())

    @property
    def calm(self) -> tuple[Spoken, ...]:
        """What is said when somebody has had enough; voiced before anybody asks."""
        return calm.LINES

    def setting(self, clock: int) -> "Setting":
        """What the audio process needs to know before the first sound."""
        from voiceguide.sound.aim import Setting

        for bed in self._beds():
            scene = self._stage.scene(bed)
            for tide in tides(bed, scene.controls) if scene and bed.breathes else ():
                self._stage.scene(tide)
        scenes = self._stage.scenes
        heard = {key: scene.heard for key, scene in scenes.opened.items()}
        return Setting(clock, self._stage.settings.seed, self._stage.folder, scenes.given, heard)

    def begin(self) -> Timeline:
        """A timeline with nothing but the lead-in."""
        return schedule.beginning(self._booked, self._stage.first_bed, sleep=self._stage.settings.sleep)

    def begun_at(self, bookmark: "Bookmark | None") -> tuple[Timeline, int, int]:
        """The timeline planned as far as a bookmark needs, how many sections that takes, and the frame to go on from."""
        timeline, placed = self.begin(), 0
        if bookmark is None:
            return timeline, 0, 0
        from voiceguide.live.bookmark import place_in

        while (position := place_in(timeline, bookmark)) is None:
            self.voice(placed)
            timeline = self.place(timeline, placed)
            placed += 1
            if placed == self.sections:
                timeline = self.finish(timeline)
        return timeline, placed, position

    def voice(self, number: int) -> None:
        """Voice a section; what nobody can say is noted. Takes its time."""
        self.voice_lines(schedule.spoken_in(self._booked, number))

    def voice_lines(self, lines: Sequence[Spoken]) -> None:
        """Voice these; what nobody can say is noted."""
        try:
            self._stage.voice(lines, None)
        except VoiceError:
            for line in lines:
                try:
                    self._stage.voice([line], None)
                except VoiceError as error:
                    self.unsaid[line] = str(error)

    def place(self, timeline: Timeline, number: int) -> Timeline:
        """The timeline with a section that is voiced placed behind what is planned."""
        return schedule.place(self._booked, timeline, number, self.lengths)

    def finish(self, timeline: Timeline) -> Timeline:
        """The timeline with its end; later than promised if the words need it."""
        return ended(self._booked, timeline, self.lengths)

    def refit(self, timeline: Timeline, at: int, length: int) -> Timeline:
        """The timeline with everything after the section at `at` fitted anew, to end at `length` as nearly as can be."""
        return refit(self._booked, timeline, at, length, self.lengths)

    def lines_for(self, timeline: Timeline, at: int, given: Ask | Enough) -> tuple[Spoken, ...]:
        """The words that an answer given at `at` needs."""
        return calm.LINES if isinstance(given, Enough) else repeat.lines_for(self._booked, timeline, at, given.pressure)

    def answered(self, timeline: Timeline, at: int, given: Ask | Enough) -> Timeline:
        """The timeline after an answer, changed from `at` on: the step once more, or a calm ending."""
        if isinstance(given, Enough):
            return calm.calm_ending(timeline, at, self.lengths)
        return repeat.repeated(self._booked, timeline, at, given.pressure, self.lengths)

    def sound(self, content: Content) -> "bytes | Mono":
        """What a voice cue sounds like: words as the FLAC file that is kept of them, the rest in samples."""
        if isinstance(content, Played):
            return self._stage.recorded(content.file, content.at)
        if isinstance(content, Spoken) and content not in self.unsaid:
            try:
                return self._stage.narrator.flac(content)
            except VoiceError as error:
                self.unsaid[content] = str(error)
        return _bell()

    def _beds(self) -> list[Bed]:
        """Every bed that the routine may ask for."""
        if self._stage.settings.mix == OFF:
            return []
        beds = [self._stage.first_bed]
        for booking in self._booked.bookings:
            for step in steps_of(booking.section.body):
                if isinstance(step, model.Scene):
                    last = beds[-1]
                    moved = tuple(sorted((dict(last.controls) | dict(step.controls)).items()))
                    again = replace(last, controls=moved, breathes=step.breathes or last.breathes)
                    other = replace(last, scene=step.name, controls=step.controls, breathes=step.breathes)
                    beds.append(again if step.name == "" else other)
        return beds


class _Lengths:
    """Real lengths; a sentence that nobody can say is as long as it was estimated."""

    def __init__(self, programme: Programme, stage: Stage) -> None:
        self._programme, self._stage = programme, stage

    def speech(self, spoken: Spoken) -> int:
        """A sentence."""
        if spoken not in self._programme.unsaid:
            try:
                return self._stage.real.speech(spoken)
            except VoiceError as error:
                self._programme.unsaid[spoken] = str(error)
        return max(ringing(BELL), self._stage.estimated.speech(spoken))

    def recording(self, step: Recording) -> int:
        """A recorded cue."""
        try:
            return self._stage.real.recording(step)
        except ScriptErrors:
            return ringing(BELL)

    def signal(self, name: str) -> int:
        """A bell or a tick."""
        return self._stage.real.signal(name)

    def gap(self, kind: str) -> int:
        """A silence."""
        return self._stage.real.gap(kind)


def _bell() -> Mono:
    from voiceguide.mix.strikes import strike

    return strike(BELL).sound[:, 0]
