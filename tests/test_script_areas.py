"""Parts of the body left out."""

import pytest

from voiceguide.errors import UsageError
from voiceguide.script.areas import areas, avoiding
from voiceguide.script.model import Script, Section
from voiceguide.script.parser import parse

BODY = """# Arrive

Hello.

# Shoulders {area shoulders}

Squeeze.

# Down {keep, area low back and sides}

Lean.

# Two more

Now two more places.

## Blade {area shoulder-blade}

Circle.

## Neck {area neck}

Rest.
"""


def script(body: str = BODY) -> Script:
    return parse(f"---\ntitle: Back\n---\n{body}", "a.md")


def headings(nodes: tuple[object, ...]) -> list[str]:
    return [title for node in nodes if isinstance(node, Section) for title in (node.title, *headings(node.body))]


def test_the_areas_of_a_routine() -> None:
    known = ("shoulders", "low back and sides", "low back", "sides", "shoulder blade", "neck")
    assert areas(script().sections) == known


@pytest.mark.parametrize(
    ("avoided", "left_out"),
    [
        (["shoulders"], ("Shoulders",)),
        (["Low-Back"], ("Down",)),
        (["shoulder  blade"], ("Blade",)),
        (["neck", "shoulder blade"], ("Two more",)),
        (["low back and sides", "neck"], ("Down", "Neck")),
        ([], ()),
    ],
)
def test_sections_steps_and_kept_ones_go(avoided: list[str], left_out: tuple[str, ...]) -> None:
    there, titles = avoiding(script(), avoided)
    assert titles == left_out
    gone = {*left_out, *(("Blade", "Neck") if "Two more" in left_out else ())}
    assert headings(there.sections) == [title for title in headings(script().sections) if title not in gone]


def test_nothing_avoided_changes_nothing() -> None:
    assert avoiding(script(), [])[0] == script()


@pytest.mark.parametrize(
    ("body", "avoided", "words"),
    [
        (BODY, "shoulder", "Back: there is no area 'shoulder'; did you mean 'shoulders'?"),
        (BODY, "feet", "its areas are shoulders, low back and sides, low back, sides, shoulder blade, neck"),
        ("# A\n\nHi.", "neck", "its headings name none"),
        ("# A {area neck}\n\nHi.", "neck", "nothing of Back is left without neck"),
    ],
)
def test_what_cannot_be_avoided_says_what_can(body: str, avoided: str, words: str) -> None:
    with pytest.raises(UsageError) as told:
        avoiding(script(body), [avoided])
    assert words in str(told.value)
