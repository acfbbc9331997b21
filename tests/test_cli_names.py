import click
import pytest

from voiceguide.cli import names


def offered(completing: names.Completing, typed: str) -> list[tuple[str, str]]:
    command = click.Command("any")
    return [(item.type, item.value) for item in completing(click.Context(command), click.Argument(["any"]), typed)]


@pytest.mark.parametrize(
    ("completing", "typed", "name"),
    [
        (names.routines, "first", "first-back-massage"),
        (names.voices, "he", "heart"),
        (names.soundscapes, "oc", "ocean"),
        (names.mixes, "l", "lush"),
    ],
)
def test_what_is_there_completes(completing, typed, name):
    assert offered(completing, typed) == [("plain", name)]


def test_where_no_name_fits_a_file_may():
    assert offered(names.soundscapes, "./my") == [("file", "./my")]


def test_no_name_has_a_colon():
    assert not any(":" in name for _, name in offered(names.voices, ""))
