"""A calm ending: somebody said that it is enough. No more work, two kind sentences, then the bed for a while."""

from dataclasses import replace

from voiceguide.audio import RATE
from voiceguide.plan.room import fading_on, named, until
from voiceguide.plan.schedule import closed, closing_bell
from voiceguide.plan.timeline import Cue, Spoken, Timeline
from voiceguide.plan.words import Lengths
from voiceguide.script.model import Place, Say

SENTENCES = ("Let everything come to rest; stopping needs no reason.", "Stay here for as long as you like.")
BREATHER = 3 * RATE // 2
REST = 25 * RATE
NOWHERE = Place("", 1)


def calm_lines(timeline: Timeline, at: int) -> tuple[Spoken, ...]:
    """What must be voiced for a calm ending at `at`, spoken the way the last sentence before it was."""
    said = [cue.content for cue in timeline.cues if isinstance(cue.content, Spoken) and cue.start < at]
    like = said[-1] if said else Spoken(Say("", NOWHERE))
    return tuple(replace(like, say=replace(like.say, text=text, opens=not number)) for number, text in enumerate(SENTENCES))


def calm_ending(timeline: Timeline, at: int, lengths: Lengths) -> Timeline:
    """The timeline ended calmly from `at`, or from the end of a sentence that is being said there.

    After 1.5 s come the sentences, then 25 s of bed with the closing bell, if the session has one. A session that is in its
    closing stays as it is."""
    if timeline.closing and at >= timeline.closing:
        return timeline
    cut = max([at, *(cue.end for cue in timeline.between(at, at + 1) if cue.track == "voice" and cue.start < at)])
    kept = until(timeline, cut)
    said = _said(kept, calm_lines(timeline, at), lengths)
    kept = kept.joined(said[-1].end, said)
    whole = replace(kept, length=kept.planned + REST, ending=min(kept.ending, kept.planned + REST - cut))
    bell = closing_bell(whole, Place("", said[0].line), lengths)
    return fading_on(timeline, cut, closed(whole, lengths, named(whole, bell)))


def _said(kept: Timeline, lines: tuple[Spoken, ...], lengths: Lengths) -> tuple[Cue, ...]:
    """The sentences one after the other, from 1.5 s after what is kept."""
    start, section, cues = kept.planned + BREATHER, max(0, len(kept.parts) - 1), []
    for line in lines:
        end = start + lengths.speech(line)
        cues.append(Cue("calm", start, end, "voice", "instruction", line.say.text, line, section, line.say.at.line))
        start = end + lengths.gap("sentence")
    return named(kept, cues)
