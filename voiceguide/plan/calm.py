"""A calm ending: somebody said that it is enough. No more work, two kind sentences, then the bed for a while."""

from dataclasses import replace

from voiceguide.audio import RATE
from voiceguide.plan.budget import TAPER_GAIN, TAPER_SPEED
from voiceguide.plan.room import fading_on, named, until
from voiceguide.plan.schedule import closed, closing_bell
from voiceguide.plan.timeline import Cue, Spoken, Timeline
from voiceguide.plan.words import Lengths
from voiceguide.script.model import Place, Say

BREATHER = 3 * RATE // 2
REST = 25 * RATE

NOWHERE = Place("", 1)
LINES = tuple(
    Spoken(Say(text, NOWHERE), 1.0 - TAPER_SPEED, -TAPER_GAIN / 2)
    for text in ("Let everything come to rest; stopping needs no reason.", "Stay here for as long as you like.")
)
"""What is said, slow and soft as at the end of a session; always the same, so that it can be voiced before anybody asks."""


def calm_ending(timeline: Timeline, at: int, lengths: Lengths) -> Timeline:
    """The timeline ended calmly from `at`, or from the end of a sentence that is being said there.

    After 1.5 s come the sentences, then 25 s of bed with the closing bell, if the session has one. A session that is in its
    closing, or ends calmly here already, stays as it is."""
    cut = max([at, *(cue.end for cue in timeline.between(at, at + 1) if cue.track == "voice" and cue.start < at)])
    ends = any(cue.content in LINES and cue.start <= cut + BREATHER for cue in timeline.cues)
    if ends or (timeline.closing and at >= timeline.closing):
        return timeline
    kept = until(timeline, cut)
    said = _said(kept, lengths)
    kept = kept.joined(said[-1].end, said)
    whole = replace(kept, length=kept.planned + REST, ending=min(kept.ending, kept.planned + REST - cut))
    bell = named(whole, closing_bell(whole, NOWHERE, lengths))
    return fading_on(timeline, cut, closed(whole, lengths, bell))


def _said(kept: Timeline, lengths: Lengths) -> tuple[Cue, ...]:
    """The sentences one after the other, from 1.5 s after what is kept."""
    start, section, cues = kept.planned + BREATHER, max(0, len(kept.parts) - 1), []
    for line in LINES:
        end = start + lengths.speech(line)
        cues.append(Cue("calm", start, end, "voice", "instruction", line.say.text, line, section, line.say.at.line))
        start = end + lengths.gap("sentence")
    return named(kept, cues)
