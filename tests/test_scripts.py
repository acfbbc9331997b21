"""The bundled routines: they hold together, they say what a careful guide says, and they fit the minutes they promise."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from voiceguide import library
from voiceguide.audio import RATE, frames, seconds
from voiceguide.errors import CannotFit
from voiceguide.plan.schedule import begin, finish, place
from voiceguide.plan.timeline import Chapter, Cue, Timeline
from voiceguide.script.includes import expand
from voiceguide.script.model import Beat, Bell, Breathe, CheckIn, Hold, Length, Node, Pause, Say, Script, Section, Sides
from voiceguide.script.parser import parse
from voiceguide.script.unfold import unfold
from voiceguide.session import open_session

BUNDLE = library.bundled("scripts")
PARTNER = ("first-back-massage", "setup-and-agreement")
LED_BY_BREATH = ("first-back-massage", "foam-roller-upper-back", "breathe")
ROUTINES = tuple(sorted({*PARTNER, *LED_BY_BREATH}))

US = re.compile(r"\b(we|we're|we'll|we've|us|our|ours|let's)\b", re.IGNORECASE)
CLAIMS = re.compile(
    r"toxin|detox|lactic|adhesion|scar tissue|circulation|\bcures?\b|\bheals?\b|guarantee|\bflush|breaks? up|"
    r"as hard as|push through|no pain|just relax|you must",
    re.IGNORECASE,
)
SIDE = re.compile(r"(\w+) (left|right)\b", re.IGNORECASE)


@cache
def routine(name: str) -> Script:
    path = BUNDLE / f"{name}.md"
    return expand(parse(path.read_bytes(), str(path)), library.include)


def promised(name: str) -> Length:
    minutes = routine(name).front.minutes
    assert minutes is not None
    return minutes


def every_shape(name: str) -> Iterator[tuple[Section, ...]]:
    """The routine as it unfolds at its least, ideal and most, for every position it offers."""
    front, minutes = routine(name).front, promised(name)
    for position in front.position or ("",):
        values: Mapping[str, str] = {"position": position} if position else {}
        for length in (minutes.least, minutes.ideal, minutes.most):
            yield unfold(routine(name), values, seconds(length) / 60)


def flat(body: Sequence[Node]) -> Iterator[Node]:
    """Every step in the order it is heard."""
    for node in body:
        if isinstance(node, Section):
            yield from flat(node.body)
        elif isinstance(node, Sides):
            for number, each in enumerate(node.passes):
                yield from node.changes[number - 1 : number] if number else ()
                yield from flat(each)
        else:
            yield node


def lines(step: Node) -> tuple[Say, ...]:
    """What a step makes the voice say."""
    if isinstance(step, Say):
        return (step,)
    if isinstance(step, CheckIn):
        return (step.question,)
    if isinstance(step, Hold):
        reminders = step.reminders.lines if step.reminders else ()
        return (*reminders, *(anchor.say for anchor in step.anchors), *([step.halfway] if step.halfway else []))
    return ()


def spoken(sections: Sequence[Section]) -> list[str]:
    return [say.text for step in flat(sections) for say in lines(step)]


def takes_time(step: Node) -> bool:
    """Whether there are two seconds or more without words at this step."""
    return step.frames >= 2 * RATE if isinstance(step, Pause) else not isinstance(step, Say | Beat)


def tagged(section: Section, name: str) -> str:
    return dict(section.attributes.tags).get(name, "")


def highest_pressure(section: Section) -> int:
    return max(map(int, re.findall(r"\d+", tagged(section, "pressure"))), default=0)


def test_the_bundle_is_complete() -> None:
    assert {path.stem for path in BUNDLE.glob("*.md")} == set(ROUTINES)


@pytest.mark.parametrize("name", ROUTINES)
class TestWords:
    def test_it_says_who_it_is_for_and_when_to_leave_it(self, name: str) -> None:
        front = routine(name).front
        assert front.summary
        assert front.audience is not None
        assert front.cautions
        assert front.needs
        assert front.license == "Apache-2.0"
        assert promised(name).least < promised(name).ideal < promised(name).most

    def test_sentences_are_short(self, name: str) -> None:
        long = {text for sections in every_shape(name) for text in spoken(sections) if len(text.split()) > 18}
        assert not long

    def test_after_three_sentences_there_is_room(self, name: str) -> None:
        for sections in every_shape(name):
            for section in sections:
                run = 0
                for step in flat(section.body):
                    run = run + 1 if isinstance(step, Say) else 0 if takes_time(step) else run
                    assert run <= 3, f"{section.title}: too much at once"

    def test_nobody_is_taken_along_unasked(self, name: str) -> None:
        assert not [text for sections in every_shape(name) for text in spoken(sections) if US.search(text)]

    def test_nothing_is_promised_that_nobody_can_keep(self, name: str) -> None:
        assert not CLAIMS.findall((BUNDLE / f"{name}.md").read_text())

    def test_every_blank_is_filled(self, name: str) -> None:
        assert not [text for sections in every_shape(name) for text in spoken(sections) if "{" in text or "[" in text]

    def test_it_says_when_to_stop_or_ease_off(self, name: str) -> None:
        words = " ".join(spoken(next(every_shape(name)))).lower()
        assert re.search(r"stops? .*(pain|numbness)|light-headed, breathe as you like", words)

    def test_no_breath_is_held(self, name: str) -> None:
        for sections in every_shape(name):
            for step in flat(sections):
                pattern = step.pattern if isinstance(step, Breathe) else step.breathe if isinstance(step, Hold) else None
                assert pattern is None or (pattern.hold_in == 0 and pattern.hold_out <= RATE)

    def test_pressure_stays_under_the_edge(self, name: str) -> None:
        for sections in every_shape(name):
            assert all(highest_pressure(section) <= 6 for section in sections)

    def test_one_spot_is_held_at_most_ninety_seconds(self, name: str) -> None:
        for sections in every_shape(name):
            for section in sections:
                if tagged(section, "technique") == "hold":
                    assert all(step.length.most <= 90 * RATE for step in flat(section.body) if isinstance(step, Hold))


@pytest.mark.parametrize("name", LED_BY_BREATH)
def test_there_is_a_breath_to_follow_and_a_bell_at_the_end(name: str) -> None:
    for sections in every_shape(name):
        every = list(flat(sections))
        assert any(isinstance(step, Breathe) or (isinstance(step, Hold) and step.breathe) for step in every)
        assert isinstance(every[-1], Bell)


@pytest.mark.parametrize("name", PARTNER)
class TestPartner:
    def test_a_side_is_always_theirs(self, name: str) -> None:
        found = [m for sections in every_shape(name) for text in spoken(sections) for m in SIDE.findall(text)]
        assert {before.lower() for before, _ in found} <= {"their"}

    def test_number_and_stop_word_come_before_the_first_touch(self, name: str) -> None:
        for sections in every_shape(name):
            touch = next((n for n, section in enumerate(sections) if highest_pressure(section)), len(sections))
            before = " ".join(spoken(sections[:touch]))
            assert "number, from one to ten" in before
            assert "Seven is the edge" in before
            assert "stop word" in before
            assert "change your mind" in before
            assert "Which places are welcome" in before
            assert "allergy" in before


class TestMassage:
    def test_the_stop_word_can_be_another(self) -> None:
        sections = unfold(routine("first-back-massage"), {"word": "mango"}, 12)
        assert any("mango" in text for text in spoken(sections))

    def test_bones_and_kidneys_are_named_and_left_alone(self) -> None:
        words = " ".join(spoken(unfold(routine("first-back-massage"), {}, 30)))
        assert "never on it" in words
        assert "two fingers away from the spine" in words
        assert "no thumbs" in words

    def test_it_sits_up_slowly(self) -> None:
        for sections in every_shape("first-back-massage"):
            assert "sit up slowly" in " ".join(spoken(sections))

    def test_strokes_go_with_the_breath(self) -> None:
        strokes = next(s for s in next(every_shape("first-back-massage")) if s.title == "Long strokes")
        hold = next(step for step in flat(strokes.body) if isinstance(step, Hold))
        assert hold.breathe is not None
        assert hold.beat is not None
        assert hold.breathe.period * hold.beat == 60 * RATE


class TestRoller:
    def test_every_set_has_the_slow_beat(self) -> None:
        for sections in every_shape("foam-roller-upper-back"):
            for section in sections:
                if tagged(section, "technique") == "roller":
                    beats = [step.beat for step in flat(section.body) if isinstance(step, Hold)]
                    assert beats == [15.0]

    def test_it_stays_off_the_low_back_and_the_neck(self) -> None:
        words = " ".join(spoken(next(every_shape("foam-roller-upper-back"))))
        assert "never the low back or the neck" in words
        assert "Nothing rolls now" in words


@cache
def outlined(name: str, length: int) -> Timeline:
    """The routine's timeline as the default voice is expected to speak it; nothing is voiced."""
    with open_session(BUNDLE / f"{name}.md", length=length) as session:
        opening, lengths = session.opening, session.stage.estimated
        timeline = begin(opening.budget, opening.bed)
        for number in range(len(opening.budget.bookings)):
            timeline = place(opening.budget, timeline, number, lengths)
        return finish(opening.budget, timeline, lengths)


def voice(timeline: Timeline) -> list[Cue]:
    return [cue for cue in timeline.cues if cue.track == "voice"]


def chapter(timeline: Timeline, title: str) -> Chapter:
    return next(found for found in timeline.chapters if found.title == title)


def lengths_of(name: str) -> list[int]:
    """Least, ideal, most and ten odd lengths between."""
    wish = promised(name)
    step = (wish.most - wish.least) // 11
    return sorted({wish.least, wish.ideal, wish.most, *(wish.least + n * step + 7 * n for n in range(1, 11))})


def check_fit(timeline: Timeline, length: int) -> None:
    """Exactly as long as asked, no two lines at once, nothing left unsaid, a quiet end."""
    every = voice(timeline)
    assert timeline.length == timeline.planned == length
    assert max(found.end for found in timeline.chapters) == length
    assert all(one.end <= other.start for one, other in pairwise(every))
    assert every[-1].end <= length - 8 * RATE
    assert not timeline.notes


@pytest.mark.parametrize(("name", "length"), [(name, length) for name in ROUTINES for length in lengths_of(name)])
class TestInTime:
    def test_it_fits_to_the_frame_and_leaves_a_quiet_end(self, name: str, length: int) -> None:
        check_fit(outlined(name, length), length)

    def test_the_voice_is_neither_chatty_nor_gone(self, name: str, length: int) -> None:
        every = voice(outlined(name, length))
        words = sum(len(cue.text.split()) for cue in every)
        assert 9 <= words / (seconds(length) / 60) <= (60 if name == "setup-and-agreement" else 48)
        ends = [0, *(cue.end for cue in every)]
        starts = [*(cue.start for cue in every), length]
        assert max(start - end for end, start in zip(ends, starts, strict=True)) <= 95 * RATE


@pytest.mark.parametrize("length", lengths_of("first-back-massage"))
class TestMassageInTime:
    def test_it_asks_soon_and_asks_again(self, length: int) -> None:
        timeline = outlined("first-back-massage", length)
        touch = chapter(timeline, "First touch").start
        asked = [cue.start for cue in timeline.cues if cue.kind == "question" and cue.start > touch]
        assert asked[0] - touch <= 5 * 60 * RATE
        assert len(asked) >= 2

    def test_it_warms_up_first_and_closes_gently(self, length: int) -> None:
        timeline = outlined("first-back-massage", length)
        assert chapter(timeline, "Shoulders").start - chapter(timeline, "First touch").start >= 90 * RATE
        assert chapter(timeline, "Still hands").end - chapter(timeline, "Closing strokes").start >= 45 * RATE

    def test_the_head_may_turn_before_the_neck_tires(self, length: int) -> None:
        timeline = outlined("first-back-massage", length)
        turns = [cue.start for cue in voice(timeline) if "turn your head" in cue.text]
        lying = [chapter(timeline, "Breathe together").start, *turns, chapter(timeline, "Sit up slowly").start]
        assert max(later - earlier for earlier, later in pairwise(lying)) <= 9 * 60 * RATE


def test_a_length_that_cannot_be_is_refused_with_what_can() -> None:
    with pytest.raises(CannotFit) as refusal:
        open_session(BUNDLE / "first-back-massage.md", length=frames(5 * 60))
    assert refusal.value.shortest < promised("first-back-massage").least
    assert refusal.value.longest > promised("first-back-massage").most


@pytest.mark.parametrize("name", ROUTINES)
def test_there_is_room_to_spare_at_both_ends(name: str) -> None:
    least, most = promised(name).least, promised(name).most
    for length in (least - 8 * RATE, most + 8 * RATE):
        assert outlined(name, length).length == length


@pytest.fixture(scope="module")
def spoken_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.slow
@pytest.mark.parametrize("name", ROUTINES)
def test_it_fits_when_it_is_really_spoken(name: str, spoken_before: Path) -> None:
    chosen = {"voice": "tone", "cache_dir": str(spoken_before)}
    for length in lengths_of(name):
        with open_session(BUNDLE / f"{name}.md", length=length, overrides=chosen) as session:
            check_fit(session.plan(), length)
