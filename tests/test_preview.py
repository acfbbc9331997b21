import numpy as np
import pytest
import soundfile
from whole_kit import SMALL

from voiceguide.audio import RATE
from voiceguide.live.booth import Booth
from voiceguide.live.commands import CueBegan, Finished
from voiceguide.plan.excerpt import chosen
from voiceguide.preview import Preview
from voiceguide.session import open_session
from voiceguide.sound.devices import NULL

LENGTH = 150 * RATE
DUCKED = 10 ** (-6 / 10)
"""What is left of the bed's power under words, against between them."""

TINY = """---
title: Tiny
minutes: 0.32
soundscape: brown-noise
---

# One

Rest your hands.
"""


@pytest.fixture
def session(tmp_path):
    (tmp_path / "small.md").write_text(SMALL)
    with open_session(tmp_path / "small.md", length=LENGTH, overrides={"voice": "tone", "jobs": 1}) as opened:
        yield opened


@pytest.mark.slow
def test_its_pieces_are_the_session_s_own_words_sample_by_sample(session):
    timeline, short, mixer = session.plan(), Preview(session).plan(), session.mixer()
    start, first = 0, chosen(timeline)[0]
    assert len(chosen(timeline)) > 1
    for piece in chosen(timeline):
        there, here = (mixer.stems(*at, piece.length) for at in ((timeline, piece.start), (short, start)))
        assert there.voice.any()
        assert np.array_equal(there.voice, here.voice)
        start += piece.length
    opening = first.length - 8 * RATE
    assert np.array_equal(mixer.block(timeline, 0, opening), mixer.block(short, 0, opening))


def test_the_bed_never_stops_at_a_join(session):
    short, mixer, join = Preview(session).plan(), session.mixer(), chosen(session.plan())[0].length
    bed = mixer.stems(short, join - RATE, 2 * RATE).bed
    energy = np.square(bed.reshape(40, -1)).mean(axis=1)
    assert energy.min() > DUCKED * 0.1 * energy.max() > 0


@pytest.mark.slow
def test_the_file_is_as_long_as_its_timeline_and_says_what_it_is(session, tmp_path):
    preview = Preview(session)
    report = preview.export(tmp_path / "short.flac")
    assert report.frames == preview.plan().length == soundfile.info(tmp_path / "short.flac").frames
    assert report.title == "Small & kind (preview)"
    assert preview.settings == session.settings
    assert preview.fallbacks == () == preview.notes


class Told:
    def __init__(self):
        self.events = []

    def event(self, event, transport):
        self.events.append(event)

    def show(self, transport, status):
        pass


@pytest.mark.slow
def test_played_it_says_its_words_and_ends(tmp_path):
    """A session this short is its own excerpt."""
    (tmp_path / "tiny.md").write_text(TINY)
    told = Told()
    with open_session(tmp_path / "tiny.md", overrides={"voice": "tone"}) as session, Booth(NULL) as booth:
        preview = Preview(session)
        player = preview.player(booth)
        player.watchers.append(told)
        assert player.run()
    heard = [one.cue.id for one in told.events if isinstance(one, CueBegan)]
    assert heard == [cue.id for cue in preview.plan().cues]
    assert told.events[-1] == Finished(complete=True)
