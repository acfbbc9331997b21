import pytest
from hypothesis import given
from hypothesis import strategies as st

from voiceguide.plan.span import Span, fixed, share, total


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    def one() -> Span:
        least = draw(st.integers(0, 10_000_000))
        ideal = least + draw(st.integers(0, 5_000_000))
        most = ideal + draw(st.integers(0, 5_000_000))
        return Span(least, ideal, most, draw(st.sampled_from([0.0, 0.5, 1.0, 3.0, 17.0])))

    return [one() for _ in range(draw(st.integers(1, 8)))]


@given(spans(), st.floats(0, 1))
def test_shares_sum_to_the_frame_inside_their_bounds(each: list[Span], where: float) -> None:
    whole = total(each)
    asked = whole.least + int((whole.most - whole.least) * where)
    given_ = share(asked, each)
    assert sum(given_) == asked
    assert all(span.least <= length <= span.most for span, length in zip(each, given_, strict=True))


@given(spans())
def test_each_gets_its_ideal_when_the_ideals_sum_up(each: list[Span]) -> None:
    assert share(total(each).ideal, each) == tuple(span.ideal for span in each)


def test_spare_time_goes_by_weight() -> None:
    light, heavy = Span(0, 0, 1000, 1), Span(0, 0, 1000, 3)
    assert share(400, [light, heavy]) == (100, 300)


def test_a_full_span_passes_the_rest_on() -> None:
    assert share(1000, [Span(0, 0, 100, 50), Span(0, 0, 2000), fixed(300)]) == (100, 600, 300)


def test_a_span_of_no_weight_stretches_last() -> None:
    assert share(1500, [Span(0, 0, 1000, 0), Span(0, 0, 1000)]) == (500, 1000)


@pytest.mark.parametrize("asked", [99, 301])
def test_what_lies_outside_the_bounds_is_refused(asked: int) -> None:
    with pytest.raises(ValueError, match="100 to 300"):
        share(asked, [Span(100, 200, 300)])
