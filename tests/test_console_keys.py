from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from screen_kit import at, timeline

from voiceguide.console.keys import KEYS, MEANINGS, Elbow, Key, meaning, typed
from voiceguide.live import commands
from voiceguide.live.commands import Ask, Command, GoTo, Level, Longer, Mix, Next, Say, Stop, Toggle
from voiceguide.mix.presets import PRESETS

DOCUMENT = Path(__file__).parents[1] / "docs" / "keys-and-screen.md"
HERE = at(timeline(), 0)
ARROWS = {"up": b"A", "down": b"B", "right": b"C", "left": b"D"}


@pytest.mark.parametrize("name", MEANINGS)
def test_every_key_of_the_table_asks_for_something(name: str) -> None:
    assert isinstance(meaning(name, HERE), Command)


def test_no_key_stands_in_two_rows() -> None:
    names = [name for key in KEYS for name in key.names]
    assert len(names) == len(set(names)) == len(MEANINGS)


def test_keys_that_belong_together_go_in_opposite_ways() -> None:
    assert meaning("up", HERE) == Level("voice", 2.0)
    assert meaning("-", HERE) == Level("bed", -2.0)
    assert meaning("]", HERE) == Level("signals", 2.0)
    assert meaning("<", HERE) == Ask("softer")
    assert meaning("1", HERE) == GoTo(0)
    assert meaning("9", HERE) == GoTo(8)


def test_neighbours_on_the_keyboard_and_caps_lock_are_forgiven() -> None:
    assert meaning("=", HERE) == meaning("+", HERE)
    assert meaning(",", HERE) == meaning("<", HERE)
    assert meaning("L", HERE) == Longer()


def test_an_unknown_key_does_nothing() -> None:
    assert meaning("unknown", HERE) is None
    assert meaning("z", HERE) is None


def test_guidance_and_mixes_go_round() -> None:
    said = [meaning("g", at(HERE.timeline, 0, guidance=now)) for now in ("full", "some", "sparse")]
    assert said == [Say("some"), Say("sparse"), Say("full")]
    mixes = [meaning("m", at(HERE.timeline, 0, mix=name)) for name in PRESETS]
    assert mixes == [Mix(name) for name in (*tuple(PRESETS)[1:], next(iter(PRESETS)))]


@pytest.mark.parametrize(("name", "final"), ARROWS.items())
@pytest.mark.parametrize("mode", [b"[", b"O"])
def test_an_arrow_is_one_key_however_it_is_cut(name: str, final: bytes, mode: bytes) -> None:
    whole = b"\x1b" + mode + final
    assert typed(whole + b"a", ended=False) == ((name, "a"), b"")
    for cut in (1, 2):
        names, rest = typed(b"n" + whole[:cut], ended=False)
        assert (names, rest) == (("n",), whole[:cut])
        assert typed(rest + whole[cut:], ended=False) == ((name,), b"")


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        (b" \r\n", ("space", "enter", "enter")),
        (b"\x1b[1;5C", ("unknown",)),
        (b"\x1b[15~q", ("unknown", "q")),
        (b"\x1b[[A", ("unknown",)),
        (b"\x1bq", ("unknown",)),
        (b"\x1b\x1b[C", ("unknown", "right")),
        (b"\x1b[12\x07n", ("unknown", "unknown", "n")),
        ("ü".encode(), ("unknown", "unknown")),
    ],
)
def test_what_is_no_key_of_ours_is_parsed_whole(sent: bytes, names: tuple[str, ...]) -> None:
    assert typed(sent, ended=False) == (names, b"")


def test_escape_alone_is_an_unknown_key_once_nothing_follows() -> None:
    assert typed(b"\x1b", ended=False) == ((), b"\x1b")
    assert typed(b"\x1b", ended=True) == (("unknown",), b"")


@given(st.binary(max_size=300))
def test_any_bytes_are_keys_and_little_waits(sent: bytes) -> None:
    names, rest = typed(sent, ended=False)
    assert len(rest) <= 70
    assert len(names) <= len(sent)
    assert typed(sent, ended=True)[1] == b""
    assert all(name == "unknown" or name in (*ARROWS, "space", "enter") or name.isprintable() for name in names)


@given(st.lists(st.binary(min_size=1, max_size=8), max_size=20))
def test_it_makes_no_difference_how_bytes_arrive(pieces: list[bytes]) -> None:
    names: tuple[str, ...] = ()
    rest = b""
    for piece in pieces:
        more, rest = typed(rest + piece, ended=False)
        names += more
    assert (names, rest) == typed(b"".join(pieces), ended=False)


def pressed(*presses: tuple[float, str]) -> list[Command | None]:
    elbow, said = Elbow(), []
    for now, names in presses:
        elbow, command = elbow.pressed(tuple(names), now)
        said.append(command)
    return said


def test_an_elbow_counts_once_held_or_twice() -> None:
    assert pressed((0, "a"), (0.4, "b"), (5, "\\")) == [Toggle(), None, Toggle()]
    held = [(0.03 * repeat, "j") for repeat in range(200)]
    assert pressed(*held) == [Toggle()] + [None] * 199


def test_only_a_lone_q_stops() -> None:
    assert pressed((0, "q")) == [Stop()]
    assert pressed((0, "qwe")) == [Toggle()]
    assert pressed((0, "w"), (0.5, "q")) == [Toggle(), None]


def test_no_key_is_no_press() -> None:
    assert pressed((0, ""), (0.1, "x")) == [None, Toggle()]


def test_every_command_that_needs_no_pointing_has_a_key() -> None:
    asked = {type(meaning(name, HERE)) for name in MEANINGS}
    assert {Next, Toggle, Stop} <= asked
    assert set(Command.__args__) - asked == {commands.Play, commands.Pause, commands.Seek}


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.words)
def test_a_key_is_documented_as_the_table_has_it(key: Key) -> None:
    names = [f"`{name}`" for name in key.names]
    row = f"| {', '.join(names) if len(names) < 4 else f'{names[0]} to {names[-1]}'} | {key.words} |"
    assert row in DOCUMENT.read_text(encoding="utf-8").splitlines()
