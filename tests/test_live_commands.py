"""The values that go into the transport and out of it, and the page that names them."""

import pickle
from pathlib import Path
from typing import get_args

import pytest
from live_kit import whole

from voiceguide.live import commands
from voiceguide.live.commands import Command, CueBegan, Fact, GoTo, Longer, Lost, Planned, Seek
from voiceguide.live.state import STATES

PAGE = (Path(__file__).parent.parent / "docs" / "live.md").read_text(encoding="utf-8").splitlines()


def words(kind: type) -> str:
    return " ".join((kind.__doc__ or "").split())


def rows(header: str) -> list[str]:
    """The rows of the table under this header."""
    first = PAGE.index(header) + 2
    return PAGE[first : next(n for n in range(first, len(PAGE)) if not PAGE[n].startswith("|"))]


def test_every_command_is_documented_as_it_is() -> None:
    assert rows("| command | what it does |") == [f"| `{kind.__name__}` | {words(kind)} |" for kind in get_args(Command)]


def test_every_state_is_documented_with_its_reason() -> None:
    told = [tuple(cell.strip(" `") for cell in row.split("|")[1:3]) for row in rows("| state | reason | what ends it |")]
    assert told == [(state, why or "") for why, state in STATES.items()] + [("stopping", ""), ("finished", "")]
    assert {state for state, _ in told} == set(get_args(commands.State))


@pytest.mark.parametrize(
    "value", [GoTo(2), Longer(), Lost("device", "it is gone"), Seek(5), Planned(whole()), CueBegan(whole().cues[0])]
)
def test_values_travel_between_processes_unchanged(value: Command | Fact | CueBegan) -> None:
    assert pickle.loads(pickle.dumps(value)) == value
