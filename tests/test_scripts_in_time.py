"""The bundled routines in time: to the frame, clean and well guided at every length, in every position and variant."""

from itertools import pairwise
from pathlib import Path

import pytest
import routines_kit as kit

from voiceguide.audio import RATE
from voiceguide.plan.timeline import Timeline
from voiceguide.session import open_session

ALL = (*kit.ROUTINES, *kit.INCLUDES)
DOCS = Path(__file__).parent.parent / "docs"
HANDS_ON = tuple(name for name in kit.ROUTINES if kit.script(name).front.audience != "rest")


def check_fit(timeline: Timeline, length: int) -> None:
    """Exactly as long as asked, no two lines at once, nothing left unsaid, a quiet end."""
    every = [cue for cue in timeline.cues if cue.track == "voice"]
    assert timeline.length == timeline.planned == length
    assert max(found.end for found in timeline.chapters) == length
    assert all(one.end <= other.start for one, other in pairwise(every))
    assert every[-1].end <= length - 8 * RATE
    assert not timeline.notes


@pytest.mark.parametrize("name", ALL)
class TestInTime:
    @pytest.mark.slow
    def test_at_every_length_it_fits_and_nothing_is_wrong_with_it(self, name: str) -> None:
        plans = list(kit.every_plan(name))
        for length, plan in plans:
            check_fit(plan.timeline, length)
            found = kit.figures(plan, length)
            assert 100 <= found.rate <= 145
            assert found.silence <= 90
            assert found.sides <= 2
            assert 20 <= found.words <= 40 or name not in HANDS_ON
        assert kit.problems(name, [plan for _, plan in plans]) == ()

    @pytest.mark.slow
    def test_its_figures_stand_in_the_table(self, name: str) -> None:
        """After a routine has changed, `make guidance` writes them anew."""
        assert kit.row(name) in (DOCS / "routines.md").read_text(encoding="utf-8")

    @pytest.mark.slow
    def test_there_is_room_to_spare_at_both_ends(self, name: str) -> None:
        for length in (kit.promised(name).least - 8 * RATE, kit.promised(name).most + 8 * RATE):
            assert kit.planned(name, length).timeline.length == length


VARIANTS = [
    (name, variable.name, choice)
    for name in kit.ROUTINES
    for variable in kit.script(name).front.variables
    for choice in variable.choices
    if choice != variable.default
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "variable", "choice"), VARIANTS)
def test_every_variant_fits_and_is_as_careful(name: str, variable: str, choice: str) -> None:
    minutes = kit.promised(name)
    lengths = (minutes.least, minutes.ideal, minutes.most)
    plans = [kit.planned(name, length, values=((variable, choice),)) for length in lengths]
    for length, plan in zip(lengths, plans, strict=True):
        check_fit(plan.timeline, length)
    assert kit.problems(name, plans) == ()


@pytest.fixture(scope="module")
def spoken_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.mark.slow
@pytest.mark.parametrize("name", ALL)
def test_it_fits_when_it_is_really_spoken(name: str, spoken_before: Path) -> None:
    """At both ends, right beside them, and at the ideal; the estimates are held to every length."""
    chosen, lengths = {"voice": "tone", "cache_dir": str(spoken_before)}, kit.lengths_of(name)
    for length in {*lengths[:2], kit.promised(name).ideal, *lengths[-2:]}:
        with open_session(kit.BUNDLE / f"{name}.md", length=length, overrides=chosen) as session:
            check_fit(session.plan(), length)
