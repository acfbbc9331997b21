"""The audio process always holds the words of the next minute, at least three cues, and not all the others."""

import numpy as np
from deck_kit import PerfectBooth, S
from hypothesis import given, settings
from hypothesis import strategies as st
from live_kit import whole

from voiceguide.audio import Mono
from voiceguide.live.feed import AHEAD, BEHIND, LEAST, Feed
from voiceguide.live.state import Transport
from voiceguide.plan.timeline import Content, Timeline

LINE = whole()


def samples(content: Content) -> Mono:
    return np.full(3, 0.5, np.float32)


def words(line: Timeline, start: int, end: int) -> set[Content]:
    return {cue.content for cue in line.between(start, end) if cue.track == "voice"}


@settings(max_examples=30)
@given(st.lists(st.integers(0, LINE.length), min_size=1, max_size=6))
def test_what_is_near_is_held_and_no_more_than_a_little_else(places: list[int]) -> None:
    booth = PerfectBooth()
    feed = Feed(booth, samples)
    for place in places:
        feed.keep(Transport(LINE, place))
        held = set(booth.clips)
        later = list(dict.fromkeys(cue.content for cue in LINE.cues if cue.track == "voice" and cue.start >= place))
        assert words(LINE, place - BEHIND, place + AHEAD) | set(later[:LEAST]) <= held
        assert len(held - words(LINE, place - BEHIND, place + AHEAD)) <= LEAST


def test_nothing_is_sent_twice_and_everything_to_a_new_process() -> None:
    sent: list[Content] = []

    def noted(content: Content) -> Mono:
        sent.append(content)
        return samples(content)

    feed = Feed(PerfectBooth(), noted)
    feed.keep(Transport(LINE, 60 * S))
    first = list(sent)
    feed.keep(Transport(LINE, 60 * S))
    assert sent == first != []
    feed.clear()
    feed.keep(Transport(LINE, 60 * S))
    assert sent == first * 2


def test_breath_and_bells_are_not_words() -> None:
    booth = PerfectBooth()
    Feed(booth, samples).keep(Transport(LINE, LINE.length - 40 * S))
    spoken = {cue.content for cue in LINE.cues if cue.track == "voice"}
    assert set(booth.clips) <= spoken
