from voiceguide import plugins
from voiceguide.audio import RATE
from voiceguide.cli import whole
from voiceguide.preview import Preview
from voiceguide.session import open_session

TINY = "---\ntitle: Tiny\nminutes: 0.4\nsoundscape: off\n---\n\nRest your hands.\n"


class Whole:
    """A sink that keeps how much it was given, and that it was closed."""

    taken: list[int | str]

    def __init__(self):
        Whole.taken = []

    def write(self, block):
        self.taken.append(len(block))

    def close(self):
        self.taken.append("closed")


def given(monkeypatch):
    load = plugins.load
    monkeypatch.setattr(plugins, "load", lambda group, name: Whole if group == "sinks" else load(group, name))


def test_a_session_and_its_preview_are_handed_over_to_the_last_frame(tmp_path, monkeypatch, capsys):
    given(monkeypatch)
    (tmp_path / "tiny.md").write_text(TINY)
    with open_session(tmp_path / "tiny.md", overrides={"voice": "tone"}) as session:
        for heard in (session, Preview(session)):
            whole.play(heard, plain=True)
            *blocks, last = Whole.taken
            assert (sum(blocks), last) == (24 * RATE, "closed")
            assert f"{heard.title}; Ctrl-C ends it" in capsys.readouterr().err
