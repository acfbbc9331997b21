import pytest

from voiceguide.check.deeds import deeds


def done(text: str, before: str = "") -> list[str]:
    return [deed.meaning for deed in deeds(text, ("press",), ("spine", "ribs"), before)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Press on the spine.", ["spine"]),
        ("Press beside the spine.", []),
        ("Press on the muscle along the spine.", []),
        ("Press the muscle, and then the ribs.", ["ribs"]),
        ("The spine can be pressed.", ["spine"]),
        ("Press the rib muscles.", []),
        ("Press on the spine and the ribs.", ["spine", "ribs"]),
        ("Find the spine, and press on it.", ["spine"]),
        ("When your thumbs meet the spine, lift them.", []),
        ("The spine is skipped, press the muscle.", []),
        ("Let your own spine grow long, and press.", []),
        ("On the spine, press slowly.", ["spine"]),
        ("Now the spine: press slowly.", ["spine"]),
        ("Now the spine: press beside it.", []),
        ("Press not the muscle but the spine.", ["spine"]),
        ("Press not the spine but the muscle.", []),
        ("Press anywhere but the spine.", []),
        ("The spine is worked slowly.", ["spine"]),
        ("Press on the spine of the book.", []),
        ("Pressing on the spine hurts.", []),
        ("It does not matter if you press the spine.", ["spine"]),
        ("Should you press on the spine, lift your hands.", []),
        ("Keep your thumbs from pressing on the spine.", []),
    ],
)
def test_who_touches_what(text, parts):
    assert done(text) == parts


def test_it_is_the_last_place_that_was_named():
    assert done("Press on it.", "Feel for the spine.") == ["spine"]
    assert done("Press on it.", "Feel for the muscle beside the spine.") == []
