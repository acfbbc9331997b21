"""The bundled routines: they hold together, they say what a careful guide says, and they fit the minutes they promise."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import routines_kit as kit

from voiceguide.audio import RATE, seconds
from voiceguide.script.model import Beat, Bell, Breathe, CheckIn, Hold, Node, Pause, Say, Section, Sides
from voiceguide.script.unfold import unfold

ALL = (*kit.ROUTINES, *kit.INCLUDES)
PARTNER = tuple(name for name in ALL if kit.script(name).front.audience == "partner")

US = re.compile(r"\b(we|we're|we'll|we've|us|our|ours|let's)\b", re.IGNORECASE)
CLAIMS = re.compile(
    r"toxin|detox|lactic|adhesion|scar tissue|circulation|\bcures?\b|\bheals?\b|guarantee|\bflush|breaks? up|"
    r"as hard as|push through|no pain|just relax|you must",
    re.IGNORECASE,
)
SIDE = re.compile(r"(\w+) (left|right)\b", re.IGNORECASE)
STOP = re.compile(r"stop .*(pain|tingl)|breathe as you like|doctor")

SAID = {
    "first-back-massage": ["never on it", "two fingers away from the spine", "no thumbs", "sit up slowly", "never past seven"],
    "ten-minute-shoulders": ["Nothing pushes", "never in the armpit", "clear of the neck", "Clothes stay on"],
    "unhurried-full-back": ["never on its ridge", "clear of the spine, and above the lowest ribs", "no thumbs"],
    "find-and-ease-a-knot": ["never sharp", "spreads or tingles", "five breaths", "Bone is not a knot"],
    "slow-and-firm": ["blood thinners", "no thumbs", "Five is the most here", "There is no force here"],
    "mindful-touch": ["Imagine a warm light", "Each sensation may come", "nothing has to come of it"],
    "oil-ritual": ["3 drops of lavender", "never undiluted", "inner elbow", "any allergy", "Smell it from a distance"],
    "swap-turns": ["for just as long", "change places", "the second of you gives now"],
    "gentle-side-lying": ["Pillows at head, knees, belly and back", "Ask first", "Two or three is plenty", "turn over, slowly"],
    "foam-roller-upper-back": ["never the low back or the neck", "Nothing rolls now", "Knees bent", "Stay on the ribs"],
    "massage-ball-on-the-wall": ["never in it", "Bone feels hard", "clear of the neck", "its sock"],
    "desk-reset": ["only as far as is easy", "ask a clinician first", "The head simply comes along"],
    "breathe": ["The tone rises as you breathe in"],
    "after-massage-rest": ["Last of all, the back", "Imagine warm sand", "sit up slowly"],
    "setup-and-agreement": ["an allergy to oil", "change your mind", "telephone silent", "talk, or quiet"],
    "short-answers": ["nothing is promised", "once a week", "A ball on a wall", "trapezius"],
}


def every_shape(name: str) -> Iterator[tuple[Section, ...]]:
    """The routine as it unfolds at its least, ideal and most, for every position it offers."""
    minutes = kit.promised(name)
    for position in kit.positions_of(name):
        values: Mapping[str, str] = {"position": position} if position else {}
        for length in (minutes.least, minutes.ideal, minutes.most):
            yield unfold(kit.script(name), values, seconds(length) / 60)


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


def every_section(body: Sequence[Node]) -> Iterator[Section]:
    for node in body:
        if isinstance(node, Section):
            yield node
            yield from every_section(node.body)
        elif isinstance(node, Sides):
            yield from every_section([inner for each in node.passes for inner in each])


def takes_time(step: Node) -> bool:
    """Whether there are two seconds or more without words at this step."""
    return step.frames >= 2 * RATE if isinstance(step, Pause) else not isinstance(step, Say | Beat)


def tagged(section: Section, name: str) -> str:
    return dict(section.attributes.tags).get(name, "")


def highest_pressure(section: Section) -> int:
    return max(map(int, re.findall(r"\d+", tagged(section, "pressure"))), default=0)


def test_the_bundle_is_fourteen_routines_and_what_they_include() -> None:
    assert len(kit.ROUTINES) == 14
    assert set(kit.INCLUDES) == {"setup-and-agreement", "short-answers"}


@pytest.mark.parametrize("name", ALL)
class TestWords:
    def test_it_says_who_it_is_for_and_when_to_leave_it(self, name: str) -> None:
        front = kit.script(name).front
        assert front.summary
        assert front.audience is not None
        assert front.cautions
        assert front.needs
        assert front.license == "Apache-2.0"
        assert front.reviewed
        assert kit.promised(name).least < kit.promised(name).ideal < kit.promised(name).most

    def test_it_says_what_its_work_asks_for(self, name: str) -> None:
        words = " ".join(" ".join(spoken(sections)) for sections in every_shape(name)).lower()
        assert [phrase for phrase in SAID[name] if phrase.lower() not in words] == []

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
        assert not CLAIMS.findall((kit.BUNDLE / f"{name}.md").read_text())

    def test_every_blank_is_filled(self, name: str) -> None:
        assert not [text for sections in every_shape(name) for text in spoken(sections) if "{" in text or "[" in text]

    def test_it_says_when_to_stop_or_ease_off(self, name: str) -> None:
        assert STOP.search(" ".join(spoken(next(every_shape(name)))).lower())

    def test_no_breath_is_held(self, name: str) -> None:
        for sections in every_shape(name):
            for step in flat(sections):
                pattern = step.pattern if isinstance(step, Breathe) else step.breathe if isinstance(step, Hold) else None
                assert pattern is None or (pattern.hold_in == 0 and pattern.hold_out <= RATE)

    def test_pressure_stays_under_the_edge(self, name: str) -> None:
        for sections in every_shape(name):
            assert all(highest_pressure(section) <= 6 for section in every_section(sections))

    def test_one_spot_is_held_at_most_ninety_seconds(self, name: str) -> None:
        for sections in every_shape(name):
            for section in sections:
                if tagged(section, "technique") == "hold":
                    assert all(step.length.most <= 90 * RATE for step in flat(section.body) if isinstance(step, Hold))

    def test_work_says_where_and_with_what(self, name: str) -> None:
        """What the printed card shows, and what can be avoided."""
        for sections in every_shape(name):
            for section in sections:
                if highest_pressure(section):
                    assert tagged(section, "area"), section.title
                    assert tagged(section, "technique") or any(
                        tagged(step, "technique") for step in every_section(section.body)
                    )


@pytest.mark.parametrize("name", ALL)
def test_the_page_about_routines_says_its_minutes_and_its_blanks(name: str) -> None:
    page = (Path(__file__).parent.parent / "docs" / "routines.md").read_text(encoding="utf-8")
    wish = kit.promised(name)
    minutes = ", ".join(f"{seconds(length) / 60:g}" for length in (wish.least, wish.ideal, wish.most))
    assert f"| [{name}](../scripts/{name}.md) | {minutes} |" in page
    blanks = page.split("## To make one your own")[1].split("## How they guide")[0]
    assert [one.name for one in kit.script(name).front.variables if f"`{one.name}`" not in blanks] == []


@pytest.mark.parametrize("name", kit.ROUTINES)
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
            for asked in ("number, from one to ten", "even is the edge", "stop word", "places are welcome"):
                assert asked in before

    def test_those_who_are_new_to_it_are_asked_everything(self, name: str) -> None:
        words = " ".join(spoken(unfold(kit.script(name), {"experience": "first"}, 12)))
        for asked in ("change your mind", "allergy", "Are you warm", "talk, or quiet", "Ask a clinician first"):
            assert asked in words

    def test_the_stop_word_can_be_another(self, name: str) -> None:
        assert any("mango" in text for text in spoken(unfold(kit.script(name), {"word": "mango"}, 12)))


class TestRoutines:
    def test_strokes_go_with_the_breath(self) -> None:
        for name, title in (("first-back-massage", "Long strokes"), ("mindful-touch", "Strokes on the breath")):
            strokes = next(section for section in next(every_shape(name)) if section.title == title)
            hold = next(step for step in flat(strokes.body) if isinstance(step, Hold) and step.breathe)
            assert hold.breathe is not None
            assert hold.beat is not None
            assert hold.breathe.period * hold.beat == 60 * RATE

    def test_every_set_with_the_roller_has_the_slow_beat(self) -> None:
        for sections in every_shape("foam-roller-upper-back"):
            for section in sections:
                if tagged(section, "technique") == "roller":
                    assert [step.beat for step in flat(section.body) if isinstance(step, Hold)] == [15.0]

    def test_oil_is_mixed_only_where_there_is_oil_and_a_scent(self) -> None:
        for values in ({"oil": "none"}, {"scent": "none"}):
            words = " ".join(spoken(unfold(kit.script("oil-ritual"), values, 20)))
            assert "drops of" not in words
            assert "undiluted" not in words

    def test_who_falls_asleep_is_not_called_back(self) -> None:
        words = " ".join(spoken(unfold(kit.script("after-massage-rest"), {"ending": "sleep"}, 10)))
        assert "sit up" not in words
        assert "drift" in words

    def test_a_rest_asks_nothing(self) -> None:
        assert not [text for sections in every_shape("after-massage-rest") for text in spoken(sections) if "?" in text]

    def test_an_answer_is_shorter_than_a_minute(self) -> None:
        for length in kit.lengths_of("short-answers"):
            answers = kit.planned("short-answers", length).timeline.chapters[:3]
            assert all(answer.end - answer.start <= 60 * RATE for answer in answers)

    @pytest.mark.slow
    def test_both_turns_are_equally_long(self) -> None:
        for _, plan in kit.every_plan("swap-turns"):
            first, second = (
                sum(c.end - c.start for c in plan.timeline.chapters if c.level == 1 and turn in c.title)
                for turn in (", first turn", ", second turn")
            )
            assert abs(first - second) < 0.01 * first

    def test_one_side_alone_is_named(self) -> None:
        words = " ".join(spoken(unfold(kit.script("find-and-ease-a-knot"), {"focus": "left"}, 18)))
        assert "their left side" in words
        assert "right" not in words
